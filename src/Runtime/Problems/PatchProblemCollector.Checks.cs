using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Layers.PatchGen.Json;

namespace Layers.PatchGen;

// Rules about values. A value that is null is within every rule.
public partial struct PatchProblemCollector
{
    /// <summary>Checks the length of a string, in Unicode code points.</summary>
    /// <param name="name">The member.</param>
    /// <param name="value">The string; a lone surrogate in it counts as one.</param>
    /// <param name="min">The fewest code points allowed; 0 for none.</param>
    /// <param name="max">The most code points allowed; <see cref="int.MaxValue"/> for any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CheckLength(string name, string? value, int min, int max)
    {
        // A code point is one or two UTF-16 units: mostly, that decides without counting.
        if (value is not null && (value.Length > max || (value.Length + 1) / 2 < min))
        {
            CountLength(name, value, min, max);
        }
    }

    /// <summary>Checks the number of items of a collection.</summary>
    /// <param name="name">The member.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="min">The fewest items allowed; 0 for none.</param>
    /// <param name="max">The most items allowed; <see cref="int.MaxValue"/> for any number.</param>
    public void CheckCount(string name, int count, int min, int max)
    {
        if (count < min)
        {
            Add(ProblemKind.TooFewItems, name, null, min, max);
        }
        else if (count > max)
        {
            Add(ProblemKind.TooManyItems, name, null, min, max);
        }
    }

    /// <inheritdoc cref="CheckCount(string, int, int, int)"/>
    public void CheckCount<T>(string name, IEnumerable<T>? items, int min, int max)
    {
        if (items is not null)
        {
            CheckCount(name, items.Count(), min, max);
        }
    }

    /// <summary>Checks that a value is within a range. A limit that is its type's own is no limit, and is not spoken of.</summary>
    /// <param name="name">The member.</param>
    /// <param name="value">The value.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    public void CheckRange<T>(string name, T? value, T min, T max)
        where T : IComparable<T>
    {
        // A NaN is less than everything.
        if (value is not null && !(value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0))
        {
            AddOutOfRange(min, max, name);
        }
    }

    /// <inheritdoc cref="CheckRange{T}(string, T, T, T)"/>
    public void CheckRange<T>(string name, T? value, T min, T max)
        where T : struct, IComparable<T>
    {
        if (value is { } present)
        {
            CheckRange(name, present, min, max);
        }
    }

    /// <summary>Checks that a string matches a pattern.</summary>
    /// <param name="name">The member.</param>
    /// <param name="value">The string.</param>
    /// <param name="pattern">The pattern, anchored at both ends where the whole string must match. A string for which it runs out of time does not match.</param>
    public void CheckPattern(string name, string? value, Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (value is not null && !IsMatch(pattern, value))
        {
            Add(ProblemKind.BadPattern, name, pattern.ToString());
        }
    }

    /// <summary>Checks a value by an attribute that is not compiled.</summary>
    /// <param name="name">The member.</param>
    /// <param name="value">The value; null is shown to the attribute too.</param>
    /// <param name="rule">The attribute.</param>
    public void CheckRule(string name, object? value, PatchRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Check(name, value) is { } message)
        {
            Add(ProblemKind.FailedRule, name, new RuleFailure(rule.Name, message));
        }
    }

    /// <summary>Checks that a value is one of those allowed.</summary>
    /// <param name="name">The member.</param>
    /// <param name="value">The value.</param>
    /// <param name="allowed">The values allowed.</param>
    public void CheckAllowed<T>(string name, T? value, ReadOnlySpan<T> allowed)
    {
        if (value is not null && !allowed.Contains(value, EqualityComparer<T>.Default))
        {
            AddNotAllowed(allowed, name);
        }
    }

    /// <inheritdoc cref="CheckAllowed{T}(string, T, ReadOnlySpan{T})"/>
    public void CheckAllowed<T>(string name, T? value, ReadOnlySpan<T> allowed)
        where T : struct
    {
        if (value is { } present)
        {
            CheckAllowed(name, present, allowed);
        }
    }

    /// <summary>Checks the name of a member that the sender chose.</summary>
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CountLength(string name, string value, int min, int max)
    {
        int count = CodePoints(value);
        if (count < min)
        {
            Add(ProblemKind.TextTooShort, name, null, min, max);
        }
        else if (count > max)
        {
            Add(ProblemKind.TextTooLong, name, null, min, max);
        }
    }

    private static bool IsMatch(Regex pattern, string value)
    {
        try
        {
            return pattern.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

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

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void AddOutOfRange<T>(T min, T max, string? name = null)
        where T : IComparable<T>
    {
        object low = min;
        object high = max;
        bool open = low is sbyte.MinValue or byte.MinValue or short.MinValue or ushort.MinValue or int.MinValue or uint.MinValue or long.MinValue or ulong.MinValue
            or float.MinValue or float.NegativeInfinity or double.MinValue or double.NegativeInfinity or decimal.MinValue;
        bool unbounded = high is sbyte.MaxValue or byte.MaxValue or short.MaxValue or ushort.MaxValue or int.MaxValue or uint.MaxValue or long.MaxValue or ulong.MaxValue
            or float.MaxValue or float.PositiveInfinity or double.MaxValue or double.PositiveInfinity or decimal.MaxValue;
        Add(ProblemKind.OutOfRange, name, new Limits(open ? null : ProblemTexts.Value(low), unbounded ? null : ProblemTexts.Value(high)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void AddNotAllowed<T>(ReadOnlySpan<T> allowed, string? name = null)
    {
        var texts = new string[allowed.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = ProblemTexts.Value(allowed[i]!);
        }

        Add(ProblemKind.NotAllowedValue, name, texts);
    }
}
