using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

/// <summary>
/// Collects the problems of a body, compactly. A mutable struct: never copy it.
/// </summary>
/// <remarks>
/// A problem is added without its place. The reader of a member calls <see cref="Enter"/> before and <see cref="Leave"/> after, which puts
/// the member's name in front of the problems found in between. So a body without problems costs nothing.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct PatchProblemCollector
{
    private readonly PatchReadOptions? _limits;
    private ProblemRecord[]? _invalid;
    private ProblemRecord[]? _fenced;
    private ProblemRecord[]? _scoped;
    private int _invalidCount;
    private int _fencedCount;
    private int _scopedCount;
    private int _scopedFound;
    private ProblemKind _failure;
    private int _failureFirst;
    private MalformedReason _failureReason;

    /// <summary>Creates a collector without problems.</summary>
    /// <param name="limits">
    /// The limits. Up to <see cref="PatchReadOptions.MaxProblems"/> problems are kept, and as many fences and missing scopes.
    /// </param>
    internal PatchProblemCollector(PatchReadOptions limits) => _limits = limits;

    /// <summary>The limits that values are validated by.</summary>
    internal readonly PatchReadOptions Limits => _limits ?? PatchReadOptions.Default;

    /// <summary>How many problems have been found, including those not kept.</summary>
    public int Count { get; private set; }

    /// <summary>How many reserved members have been found, including those not kept.</summary>
    internal int FencedCount { get; private set; }

    /// <summary>Whether the body was found not to be JSON, or beyond a limit that ends reading.</summary>
    internal readonly bool HasFailed => _failure != ProblemKind.None;

    /// <summary>Marks the begin of a member.</summary>
    /// <returns>The mark for <see cref="Leave"/>.</returns>
    public readonly int Enter() => Count;

    /// <summary>Ends a member: the problems found since it began are placed in it.</summary>
    /// <param name="entered">The mark from <see cref="Enter"/>.</param>
    /// <param name="name">The member's name.</param>
    /// <returns>Whether there was no problem in it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Leave(int entered, string name)
    {
        if (Count == entered)
        {
            return true;
        }

        Place(entered, name, -1);
        return false;
    }

    /// <summary>Ends an item of an array, as <see cref="Leave"/> ends a member.</summary>
    /// <param name="entered">The mark from <see cref="Enter"/>.</param>
    /// <param name="index">The item's index.</param>
    /// <returns>Whether there was no problem in it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool LeaveIndex(int entered, int index)
    {
        if (Count == entered)
        {
            return true;
        }

        Place(entered, null, index);
        return false;
    }

    /// <summary>
    /// The problems that decide the verdict: one if the body is not JSON; otherwise the fences, if there are any; otherwise the members
    /// that the caller may not write; otherwise the others.
    /// </summary>
    public readonly PatchProblems ToProblems()
    {
        if (HasFailed)
        {
            var failure = new ProblemRecord[1];
            failure[0].Set(_failure, 0, null, null, _failureFirst, (int)_failureReason);
            return new PatchProblems(PatchVerdict.Malformed, failure, 1, 0);
        }

        if (_fenced is not null)
        {
            return new PatchProblems(PatchVerdict.Fenced, _fenced, _fencedCount, FencedCount - _fencedCount);
        }

        if (_scoped is not null)
        {
            return new PatchProblems(PatchVerdict.MissingScope, _scoped, _scopedCount, _scopedFound - _scopedCount);
        }

        return _invalid is not null
            ? new PatchProblems(PatchVerdict.Invalid, _invalid, _invalidCount, Count - _invalidCount)
            : PatchProblems.None;
    }

    /// <summary>Adds a problem.</summary>
    /// <param name="kind">What is wrong.</param>
    /// <param name="name">The member; null if the problem is about the current value.</param>
    /// <param name="detail">What the rule expects.</param>
    /// <param name="first">The first number of the rule.</param>
    /// <param name="second">The second number of the rule.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Add(ProblemKind kind, string? name, object? detail, int first = 0, int second = 0) =>
        Keep(ref _invalid, ref _invalidCount, kind, name, detail, first, second);

    /// <summary>Gives the problems found since a mark a message of the user's.</summary>
    /// <param name="entered">The mark from <see cref="Enter"/>.</param>
    /// <param name="message">The message.</param>
    internal readonly void Explain(int entered, RuleMessage message)
    {
        for (int i = _invalidCount - 1; i >= 0 && _invalid![i].Ordinal >= entered; i--)
        {
            _invalid[i].Declared = message;
        }
    }

    /// <summary>Adds that the patch changes nothing, unless something else is wrong with it.</summary>
    internal void AddEmptyPatch()
    {
        if (Count == 0)
        {
            Add(ProblemKind.EmptyPatch, null, null);
        }
    }

    /// <summary>Checks a name that the client chose.</summary>
    /// <param name="name">The name.</param>
    /// <param name="max">The most code points allowed.</param>
    internal void CheckName(string name, int max)
    {
        if (name.Length == 0)
        {
            Add(ProblemKind.NameTooShort, name, null, 1, max);
        }
        else if (name.Length > max && CodePoints(name) > max)
        {
            Add(ProblemKind.NameTooLong, name, null, 1, max);
        }
    }

    /// <summary>Checks a name that the client chose, and that is to be a key.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isKey">Whether it is the spelling of a key.</param>
    internal void CheckKey<TKey>(string name, bool isKey)
    {
        int entered = Enter();
        CheckName(name, Limits.MaxOpenNameLength);
        if (!isKey && Count == entered)
        {
            Add(ProblemKind.BadKey, name, PatchKey.Expected<TKey>());
        }
    }

    /// <summary>The length of a string in Unicode code points; a lone surrogate counts as one.</summary>
    internal static int CodePoints(string text)
    {
        int pairs = 0;
        for (int i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                pairs++;
            }
        }

        return text.Length - pairs;
    }

    /// <summary>Adds a reserved member. These are kept apart from the other problems.</summary>
    internal void AddFenced(string name, string? until)
    {
        FencedCount++;
        Keep(ref _fenced, ref _fencedCount, ProblemKind.Fenced, name, until, 0, 0);
    }

    /// <summary>Adds a member that the caller may not write. These are kept apart as well.</summary>
    internal void AddMissingScope(string name, string scope)
    {
        _scopedFound++;
        Keep(ref _scoped, ref _scopedCount, ProblemKind.MissingScope, name, scope, 0, 0);
    }

    /// <summary>Ends reading; only the first reason is kept.</summary>
    internal void Fail(ProblemKind kind, int first, MalformedReason reason)
    {
        // Counted each time, so that nothing read after the end appears accepted.
        Count++;
        if (!HasFailed)
        {
            _failure = kind;
            _failureFirst = first;
            _failureReason = reason;
        }
    }

    private void Keep(ref ProblemRecord[]? kept, ref int count, ProblemKind kind, string? name, object? detail, int first, int second)
    {
        int ordinal = Count++;
        int max = Limits.MaxProblems;
        if (count == max)
        {
            return;
        }

        if (kept is null)
        {
            kept = new ProblemRecord[Math.Min(2, max)];
        }
        else if (count == kept.Length)
        {
            Array.Resize(ref kept, Math.Min(2 * count, max));
        }

        kept[count++].Set(kind, ordinal, name, detail, first, second);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Place(int entered, string? name, int index)
    {
        if (HasFailed)
        {
            return; // Problems found before it are not reported.
        }

        Place(_invalid.AsSpan(0, _invalidCount), entered, name, index);
        Place(_fenced.AsSpan(0, _fencedCount), entered, name, index);
        Place(_scoped.AsSpan(0, _scopedCount), entered, name, index);
    }

    private static void Place(Span<ProblemRecord> records, int entered, string? name, int index)
    {
        for (int i = records.Length - 1; i >= 0 && records[i].Ordinal >= entered; i--)
        {
            if (name is not null)
            {
                records[i].Prepend(name);
            }
            else
            {
                records[i].Prepend(index);
            }
        }
    }
}
