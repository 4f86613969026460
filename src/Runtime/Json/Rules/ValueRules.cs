using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

/// <summary>The number of items of a collection: <c>[Length]</c>, <c>[MinLength]</c>, <c>[MaxLength]</c>.</summary>
/// <typeparam name="TCollection">The type of the collection.</typeparam>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="min">The fewest items allowed; 0 for none.</param>
/// <param name="max">The most items allowed; <see cref="int.MaxValue"/> for any number.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CountRule<TCollection, T>(int min, int max = int.MaxValue) : IMemberRule<TCollection>
    where TCollection : IEnumerable<T>
{
    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TCollection value)
    {
        int count = value.Count();
        if (count < min)
        {
            problems.Add(ProblemKind.TooFewItems, null, null, min, max);
        }
        else if (count > max)
        {
            problems.Add(ProblemKind.TooManyItems, null, null, min, max);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Count(min, max);
}

/// <summary>The range of a number: <c>[Range]</c>. A limit that is the type's own is not mentioned.</summary>
/// <typeparam name="T">The type of the number.</typeparam>
/// <param name="min">The least value allowed.</param>
/// <param name="max">The greatest value allowed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RangeRule<T>(T min, T max) : IMemberRule<T>
    where T : struct, IComparable<T>, IFormattable
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(ref PatchProblemCollector problems, T value)
    {
        // A NaN is less than everything.
        if (!(value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0))
        {
            AddOutOfRange(ref problems, min, max);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Range(min, max);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddOutOfRange(ref PatchProblemCollector problems, object min, object max)
    {
        bool isTypesOwnMinimum =
            min is sbyte.MinValue or byte.MinValue or short.MinValue or ushort.MinValue or int.MinValue or uint.MinValue
            or long.MinValue or ulong.MinValue or float.MinValue or float.NegativeInfinity or double.MinValue or double.NegativeInfinity
            or decimal.MinValue;
        bool isTypesOwnMaximum =
            max is sbyte.MaxValue or byte.MaxValue or short.MaxValue or ushort.MaxValue or int.MaxValue or uint.MaxValue
            or long.MaxValue or ulong.MaxValue or float.MaxValue or float.PositiveInfinity or double.MaxValue or double.PositiveInfinity
            or decimal.MaxValue;
        string? from = isTypesOwnMinimum ? null : ProblemTexts.Value(min), to = isTypesOwnMaximum ? null : ProblemTexts.Value(max);
        problems.Add(ProblemKind.OutOfRange, null, new Limits(from, to));
    }
}

/// <summary>The values that are allowed: <c>[AllowedValues]</c>.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="allowed">The values.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AllowedRule<T>(params T[] allowed) : IMemberRule<T>
{
    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value)
    {
        if (!allowed.AsSpan().Contains(value, EqualityComparer<T>.Default))
        {
            problems.Add(ProblemKind.NotAllowedValue, null, Array.ConvertAll(allowed, static value => ProblemTexts.Value(value!)));
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Allowed<T>(allowed);
}

/// <summary>Several rules, all of which are checked.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="rules">The rules.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RuleList<T>(params IMemberRule<T>[] rules) : IMemberRule<T>
{
    /// <inheritdoc/>
    static bool IMemberRule<T>.ChecksNull => true;

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value)
    {
        foreach (IMemberRule<T> rule in rules)
        {
            rule.Check(ref problems, value);
        }
    }

    /// <inheritdoc/>
    public void CheckNull(ref PatchProblemCollector problems)
    {
        foreach (IMemberRule<T> rule in rules)
        {
            rule.CheckNull(ref problems);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        foreach (IMemberRule<T> rule in rules)
        {
            rule.Describe(schema);
        }
    }
}
