using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

/// <summary>
/// Applies one patch to the JSON of a document, without making an object of it. Called by generated code, and by the rows of a patch.
/// </summary>
/// <remarks>
/// <para>
/// Members are expected in the order in which the contract writes them, without white space. They are copied in runs, as long as possible;
/// a value that was sent ends a run only if it differs. Where the document is not as expected, the splicer fails: nothing is known of the
/// change then, and the patch must be applied to the object.
/// </para>
/// <para>Every value is checked for being JSON, so that what is written is.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct DocumentSplicer
{
    /// <summary>The depth that documents may have, themselves included.</summary>
    internal const int MaxDepth = 64;

    private const int None = -2;

    private static readonly PatchReadOptions Limits = new() { MaxDepth = MaxDepth, MaxProblems = 1 };

    private PaddedUtf8 _document;
    private Span<ulong> _changed;
    private DateTimeOffset _now;
    private int _maxOpenMembers;
    private PatchScanner _scanner;
    private Level _level;
    private int _depth;
    private int _at;
    private bool _failed;
    private int _changes;

    private Span<byte> _output;
    private byte[]? _rented;
    private int _written;

    // The run that is not written yet: nothing if the end is None.
    private int _runStart;
    private int _runEnd;

    // The time of the change in the run; 0 if no time is left to be written.
    private DocumentMember? _time;
    private int _timeStart;
    private int _timeEnd;

    /// <summary>Starts with a document. Not a constructor, whose result would be copied: that waits for each of the fields.</summary>
    /// <param name="padded">The document and its padding.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="output">Where the new document is written as long as there is room.</param>
    /// <param name="changed">Receives the members of the patch that changed something; all zero.</param>
    /// <param name="change">What applies to the change as a whole.</param>
    internal void Start(
        ReadOnlySpan<byte> padded, DocumentLayout layout, Span<byte> output, Span<ulong> changed, in DocumentChangeLimits change)
    {
        _document = new PaddedUtf8(padded);
        _scanner = new PatchScanner(padded, 0, Limits);
        _output = output;
        _changed = changed;
        (_now, _maxOpenMembers) = (change.Now, change.MaxOpenMembers);
        _level = new(layout, 0);
        _runEnd = None;
        if (_document[0] != (byte)'{')
        {
            Fail();
            return;
        }

        Extend(0, 1);
        _at = 1;
    }

    /// <summary>Ends the document.</summary>
    /// <param name="after">The new document; null if nothing has changed.</param>
    /// <returns>Whether the document was as expected.</returns>
    internal bool TryFinish(out byte[]? after)
    {
        after = null;
        Leave(_level);
        if (!_failed && _at == _document.End && _changes > 0)
        {
            Flush();
            after = _failed ? null : Written();
        }

        bool isDone = !_failed && _at == _document.End;
        _scanner.Finish(_document.End);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }

        return isDone;
    }

    /// <summary>Enters the object of a nested patch.</summary>
    /// <param name="member">The member.</param>
    /// <param name="isEmpty">Whether the patch changes nothing, and creates no object.</param>
    /// <param name="outer">What to leave to.</param>
    /// <returns>Whether there is an object to apply the patch to.</returns>
    internal bool TryEnter(DocumentMember member, bool isEmpty, out Level outer)
    {
        outer = _level;
        int start = _at + member.Name.Length;
        if (IsAt(member) && _document[start] == (byte)'{')
        {
            Enter(member, start);
            return true;
        }

        // Created objects hold what their initializers say.
        if (isEmpty)
        {
            Keep(member);
        }
        else
        {
            Fail();
        }

        return false;
    }

    /// <summary>Leaves the object that was entered.</summary>
    internal void Leave(Level outer)
    {
        if (_failed || _document[_at] != (byte)'}' || _document[_at - 1] == (byte)',')
        {
            Fail();
            return;
        }

        Extend(_at, _at + 1);
        _level = outer;
        if (_depth-- > 0)
        {
            Next(_at + 1);
        }
        else
        {
            _at++;
        }
    }

    /// <summary>Gives up: the patch must be applied to the object.</summary>
    internal void Fail()
    {
        _failed = true;
        _at = _document.End;
    }

    private void Enter(DocumentMember member, int brace)
    {
        if (++_depth == MaxDepth)
        {
            Fail();
            return;
        }

        _level = new(member.Nested!, brace);
        Extend(_at, brace + 1);
        _at = brace + 1;
    }

    /// <summary>Whether a member that is not there is null in the object; if not, the object is needed.</summary>
    private bool IsAbsentAsNull(DocumentMember member)
    {
        if (member.IsOptional && !member.KnowsAbsence)
        {
            int end = _scanner.Skip(_level.Start);
            if (_scanner.Problems.Count == 0)
            {
                _ = _level.Layout.TryLearnAbsence(member, _document.Between(_level.Start, end));
            }
        }

        if (member.IsOptional && member.IsNullIfAbsent)
        {
            return true;
        }

        Fail();
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SkipValue(int at)
    {
        if (_document[at] == (byte)'"')
        {
            int quote = _document.PlainEnd(at + 1);
            if (_document[quote] == (byte)'"')
            {
                return quote + 1;
            }
        }

        return _scanner.Skip(at);
    }

    /// <summary>Advances to the next name, or to the end of the object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Next(int end)
    {
        byte next = _document[end];
        if (next == (byte)',')
        {
            _at = end + 1;
        }
        else if (next == (byte)'}')
        {
            _at = end;
        }
        else
        {
            Fail(); // Also where the value is no JSON: then this is the end of the document.
        }
    }

    /// <summary>An object that was entered.</summary>
    /// <param name="Layout">Its layout.</param>
    /// <param name="Start">Its opening brace.</param>
    internal readonly record struct Level(DocumentLayout Layout, int Start);
}

/// <summary>What applies to the change of a document as a whole.</summary>
/// <param name="Now">The time of the change.</param>
/// <param name="MaxOpenMembers">How many further members an object may have that the patch adds some to.</param>
internal readonly record struct DocumentChangeLimits(DateTimeOffset Now, int MaxOpenMembers);
