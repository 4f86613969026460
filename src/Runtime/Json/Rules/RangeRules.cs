using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

/// <summary>The range of a number or a time: <c>[Range]</c>. A limit that is the type's own is not mentioned.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
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
            RangeLimits.AddOutOfRange(ref problems, min, max);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Range(min, max);
}

/// <summary>
/// A range without one of its limits, or both: <c>MinimumIsExclusive</c> and <c>MaximumIsExclusive</c> of <c>[Range]</c>.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="min">The lower limit.</param>
/// <param name="max">The upper limit.</param>
/// <param name="isMinExclusive">Only values above the lower limit are allowed.</param>
/// <param name="isMaxExclusive">Only values below the upper limit are allowed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ExclusiveRangeRule<T>(T min, T max, bool isMinExclusive, bool isMaxExclusive) : IMemberRule<T>
    where T : struct, IComparable<T>, IFormattable
{
    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value)
    {
        int low = value.CompareTo(min), high = value.CompareTo(max);
        if (low < 0 || high > 0 || (low == 0 && isMinExclusive) || (high == 0 && isMaxExclusive))
        {
            RangeLimits.AddOutOfRange(ref problems, min, max, isMinExclusive, isMaxExclusive);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Range(min, max, isMinExclusive, isMaxExclusive);
}

/// <summary>What is reported of a range.</summary>
internal static class RangeLimits
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddOutOfRange(
        ref PatchProblemCollector problems, object min, object max, bool isMinExclusive = false, bool isMaxExclusive = false)
    {
        bool isTypesOwnMinimum =
            min is sbyte.MinValue or byte.MinValue or short.MinValue or ushort.MinValue or int.MinValue or uint.MinValue
            or long.MinValue or ulong.MinValue or float.MinValue or float.NegativeInfinity or double.MinValue or double.NegativeInfinity
            or decimal.MinValue;
        bool isTypesOwnMaximum =
            max is sbyte.MaxValue or byte.MaxValue or short.MaxValue or ushort.MaxValue or int.MaxValue or uint.MaxValue
            or long.MaxValue or ulong.MaxValue or float.MaxValue or float.PositiveInfinity or double.MaxValue or double.PositiveInfinity
            or decimal.MaxValue;
        string? from = isTypesOwnMinimum && !isMinExclusive ? null : ProblemTexts.Value(min);
        string? to = isTypesOwnMaximum && !isMaxExclusive ? null : ProblemTexts.Value(max);
        problems.Add(
            ProblemKind.OutOfRange, null, new Limits(from, to) { IsMinExclusive = isMinExclusive, IsMaxExclusive = isMaxExclusive });
    }
}
