using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

/// <summary>Reads one body: the structure of its objects. Called by generated code, and by the readers of values.</summary>
/// <remarks>
/// <para>
/// Positions are passed by value and returned, so that they stay in registers. A negative position is the complement of where an object ended. Nothing here throws:
/// what is wrong is kept in <see cref="Problems"/>, and reading goes on. When the body turns out not to be JSON, the position returned is its end, where nothing is
/// found any more, so that every loop ends there by itself.
/// </para>
/// <para>A problem is reported without its place; each reader puts its own name in front on the way out, and only when there was a problem.</para>
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

    /// <summary>What was wrong so far.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "A mutable structure that is called in place; a property would hand out a copy.")]
    public PatchProblemCollector Problems;

    /// <summary>Reads a body that is followed by the padding that <see cref="PaddedUtf8"/> asks for.</summary>
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

    /// <summary>What a structure holds that is being read: it is filled where it will stand, since a copy of so many references costs as much as reading some of them.</summary>
    /// <param name="state">A part of what the reader gives back, which nobody has seen yet.</param>
    public static ref T Fill<T>(ref readonly T state)
        where T : struct => ref PaddedUtf8.Writable(in state);

    /// <summary>Enters an object.</summary>
    /// <param name="at">Where a value starts, white space allowed. A value that is no object is a problem, and skipped.</param>
    /// <returns>The first byte of the first member's name; or, when there is no member, the complement of the position after the value.</returns>
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

    /// <summary>Goes on to the next member of an object.</summary>
    /// <param name="at">The position after a member's value.</param>
    /// <returns>The first byte of the next member's name; or, when there is none, the complement of the position after the object.</returns>
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

    /// <summary>A byte of the body; 0 where it has ended.</summary>
    /// <param name="at">The position: at most 63 bytes after the end of the body.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly byte ByteAt(int at) => _body[at];

    /// <summary>Eight bytes of the body, in the order that they are loaded in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly ulong LoadAt(int at) => _body.Load8(at);

    /// <summary>Whether the text at a position is a member's name with its closing quote, such as <c>vibe"</c>.</summary>
    /// <param name="at">The first byte of a name.</param>
    /// <param name="nameAndQuote">
    /// The name as it stands in JSON without escapes, best a literal. A name that has to be escaped (one with a quote, a backslash or a control character) must not
    /// be asked for here: <see cref="FindName"/> finds it.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool NameIs(int at, ReadOnlySpan<byte> nameAndQuote) => _body.Holds(at, nameAndQuote);

    /// <summary>Goes from a name to its value.</summary>
    /// <param name="at">The position after the name's closing quote.</param>
    /// <returns>The first byte of the value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Colon(int at)
    {
        if (_body[at] == (byte)':' && _body[at + 1] > (byte)' ')
        {
            return at + 1;
        }

        // As people print it.
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

    /// <summary>Reports that the body is not JSON, unless that is known, and ends reading.</summary>
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
