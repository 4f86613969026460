using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

/// <summary>Reads one body: the structure of its objects. Called by generated code, and by the readers of values.</summary>
/// <remarks>
/// <para>
/// Positions are passed by value and returned, so that they stay in registers. A negative position is the complement of where an object
/// ended. Nothing throws: problems are kept in <see cref="Problems"/>, and reading continues. If the body turns out not to be JSON, the
/// position returned is its end, where nothing is found, so that every loop ends.
/// </para>
/// <para>
/// A problem is reported without its place; each reader puts its own name in front on the way out, and only when there was a problem.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct PatchScanner
{
    private readonly PaddedUtf8 _body;
    private readonly PatchReadOptions _options;
    private readonly int _maxDepth;
    private readonly int _origin;
    private int _depth;
    private byte[]? _scratch;

    /// <summary>The problems found so far.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "A mutable structure that is called in place; a property would hand out a copy.")]
    public PatchProblemCollector Problems;

    /// <summary>Reads a body that is followed by the padding that <see cref="PaddedUtf8"/> requires.</summary>
    /// <param name="padded">The body and its padding.</param>
    /// <param name="origin">How many bytes were sent before the body (a byte order mark).</param>
    /// <param name="options">The limits.</param>
    internal PatchScanner(ReadOnlySpan<byte> padded, int origin, PatchReadOptions options)
    {
        _body = new PaddedUtf8(padded);
        _options = options;
        _maxDepth = options.MaxDepth;
        _origin = origin;
        Problems = new PatchProblemCollector(options);
    }

    /// <summary>
    /// Returns a writable reference to the state of a patch under construction, so that it is filled in place instead of copied.
    /// </summary>
    /// <param name="state">The state of a patch that has not been published yet.</param>
    public static ref T Fill<T>(ref readonly T state)
        where T : struct => ref PaddedUtf8.Writable(in state);

    /// <summary>Enters an object.</summary>
    /// <param name="at">Where a value starts; white space is allowed. Any other value is a problem and is skipped.</param>
    /// <returns>
    /// The first byte of the first member's name; or, if there is no member, the complement of the position after the value.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstName(int at)
    {
        if (_body.Load2(at) != ('{' | '"' << 8) || _depth == _maxDepth)
        {
            return FirstNameOrNone(at);
        }

        _depth++;
        return at + 2;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FirstNameOrNone(int at)
    {
        PaddedUtf8 body = _body;
        at = body.SkipSpace(at);
        if (body[at] != (byte)'{')
        {
            return ~WrongType(at, ProblemTexts.Object);
        }

        if (_depth == _maxDepth)
        {
            return ~TooDeep();
        }

        _depth++;
        at = body.SkipLikelySpace(at + 1);
        if (body[at] == (byte)'"')
        {
            return at + 1;
        }

        return body[at] == (byte)'}' ? Leave(at) : ~Fail(at, MalformedReason.ExpectedName);
    }

    /// <summary>Advances to the next member of an object.</summary>
    /// <param name="at">The position after a member's value.</param>
    /// <returns>
    /// The first byte of the next member's name; or, if there is none, the complement of the position after the object.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextName(int at)
    {
        int next = _body.Load2(at);
        if (next == (',' | '"' << 8))
        {
            return at + 2;
        }

        return (byte)next == (byte)'}' ? Leave(at) : NextNameInSpace(at);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int NextNameInSpace(int at)
    {
        PaddedUtf8 body = _body;
        at = body.SkipLikelySpace(at);
        if (body[at] == (byte)'}')
        {
            return Leave(at);
        }

        if (body[at] != (byte)',')
        {
            return ~Fail(at, MalformedReason.ExpectedCommaOrBrace);
        }

        at = body.SkipLikelySpace(at + 1);
        return body[at] == (byte)'"' ? at + 1 : ~Fail(at, MalformedReason.ExpectedName);
    }

    /// <summary>Leaves an object or an array at its closing bracket.</summary>
    /// <returns>The complement of the position after it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Leave(int at)
    {
        _depth--;
        return ~(at + 1);
    }

    /// <summary>A byte of the body; 0 beyond its end.</summary>
    /// <param name="at">The position: at most 63 bytes after the end of the body.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly byte ByteAt(int at) => _body[at];

    /// <summary>Eight bytes of the body, in the machine's byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly ulong LoadAt(int at) => _body.Load8(at);

    /// <summary>Whether the text at a position is a member's name with its closing quote, such as <c>vibe"</c>.</summary>
    /// <param name="at">The first byte of a name.</param>
    /// <param name="nameAndQuote">
    /// The name as in JSON without escapes, ideally a literal. Not for names that must be escaped (with a quote, a backslash or a control
    /// character): <see cref="FindName"/> finds those.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool NameIs(int at, ReadOnlySpan<byte> nameAndQuote) => _body.Holds(at, nameAndQuote);

    /// <summary>Advances from a name to its value.</summary>
    /// <param name="at">The position after the name's closing quote.</param>
    /// <returns>The first byte of the value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Colon(int at)
    {
        if (_body[at] == (byte)':' && _body[at + 1] > (byte)' ')
        {
            return at + 1;
        }

        // Fast path for ": ".
        return _body.Load2(at) == (':' | ' ' << 8) && _body[at + 2] > (byte)' ' ? at + 2 : ColonInSpace(at);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ColonInSpace(int at)
    {
        at = _body.SkipSpace(at);
        return _body[at] == (byte)':' ? _body.SkipSpace(at + 1) : Fail(at, MalformedReason.ExpectedColon);
    }

    /// <summary>Ends the body after its value: only white space may follow.</summary>
    internal void Finish(int at)
    {
        if (at != _body.End && (at = _body.SkipSpace(at)) != _body.End)
        {
            Fail(at, MalformedReason.ExpectedEnd);
        }

        if (_scratch is not null)
        {
            ArrayPool<byte>.Shared.Return(_scratch);
            _scratch = null;
        }
    }

    /// <summary>Reports a value of another type than expected, and skips it.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="expected">What it should be, with its article.</param>
    internal int WrongType(int at, string expected)
    {
        Problems.Add(ProblemKind.WrongType, null, expected);
        return Skip(at);
    }

    /// <summary>Reports that the body is not JSON, unless already reported, and ends reading.</summary>
    /// <returns>The end of the body.</returns>
    private int Fail(int at, MalformedReason reason)
    {
        Problems.Fail(ProblemKind.Malformed, _origin + at, at >= _body.End ? MalformedReason.UnexpectedEnd : reason);
        return _body.End;
    }

    private int TooDeep()
    {
        Problems.Fail(ProblemKind.TooDeep, _maxDepth, default);
        return _body.End;
    }
}
