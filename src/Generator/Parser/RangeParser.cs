using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Check = (Layers.PatchGen.Generator.Model.CheckSpec? Spec, string? Reason);

namespace Layers.PatchGen.Generator.Parser;

/// <summary>Ranges of numbers and times. A limit beyond the type limits nothing; a range that no value is in is an error.</summary>
internal static class RangeParser
{
    // A double beyond it does not convert to decimal.
    private const double LargestDecimal = 7.9e28;

    // What double.Epsilon means to a decimal.
    private const decimal SmallestDecimal = 0.0000000000000000000000000001m;

    public static Check Parse(AttributeData attribute, ITypeSymbol type, TypeSpec spec)
    {
        object?[] limits = [.. attribute.Arguments().Where(static a => a is not ITypeSymbol)];
        (object? min, object? max) = limits is [var first, var second] ? (first, second) : (null, null);
        if (type.IsNamed("System.TimeSpan"))
        {
            return (null, $"write [IsoDuration(\"{Duration(min) ?? "PT30S"}\", \"{Duration(max) ?? "PT1H"}\")] instead");
        }

        if (type.ToPlainType() is not { } kind || !(IsNumber(kind) || kind is >= PlainType.DateTime and <= PlainType.TimeOnly))
        {
            return (null, "only numbers, dates and times have a range");
        }

        (bool isMinExclusive, bool isMaxExclusive) =
            (attribute.Argument("MinimumIsExclusive") is true, attribute.Argument("MaximumIsExclusive") is true);
        (IComparable? least, IComparable? most) = (Limit(min, kind), Limit(max, kind));
        if (kind is >= PlainType.SByte and <= PlainType.UInt64 && (least, most) is (decimal low, decimal high))
        {
            (decimal Min, decimal Max) own = LimitsOf(kind);
            low = Math.Max(low, own.Min - 1); // One beyond is enough, and does not overflow.
            high = Math.Min(high, own.Max + 1);
            low = Math.Max(isMinExclusive ? Math.Floor(low) + 1 : Math.Ceiling(low), own.Min);
            high = Math.Min(isMaxExclusive ? Math.Ceiling(high) - 1 : Math.Floor(high), own.Max);
            (least, most, isMinExclusive, isMaxExclusive) = (low, high, false, false);
        }

        bool isExclusive = isMinExclusive || isMaxExclusive;
        if (least is null || most is null || least.CompareTo(most) > (isExclusive ? -1 : 0))
        {
            string name = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            return (null, IsNumber(kind)
                ? $"its limits must be numbers, the lower first, and at least one '{name}' between them"
                : $"it needs its type and two limits, the earlier first, such as [Range(typeof({name}), {Sample(kind)})]");
        }

        ConstantSpec from = Constant(least, kind), to = Constant(most, kind);
        return isExclusive
            ? PatchParser.Rule("ExclusiveRange", [spec], from, to, new BooleanConstant(isMinExclusive), new BooleanConstant(isMaxExclusive))
            : PatchParser.Rule("Range", [spec], from, to);
    }

    private static bool IsNumber(PlainType kind) => kind is >= PlainType.SByte and <= PlainType.Decimal;

    // Of times, the ticks in UTC; of whole numbers, a decimal that may be beyond the type.
    private static IComparable? Limit(object? value, PlainType kind) => kind switch
    {
        > PlainType.Decimal => Ticks(value as string ?? "", kind),
        PlainType.Single or PlainType.Double => ConstantParser.Convert(value, PlainType.Double) switch
        {
            null or double.NaN => null,
            double limit when kind == PlainType.Double || double.IsInfinity(limit) => limit,
            double limit => (double)(float)Math.Max(Math.Min(limit, float.MaxValue), float.MinValue),
            _ => null,
        },
        _ => value is double or float or string && ConstantParser.Convert(value, PlainType.Double) is double limit
            ? Exact(limit, value)
            : (decimal?)ConstantParser.Convert(value, PlainType.Decimal),
    };

    private static decimal? Exact(double limit, object value) =>
        double.IsNaN(limit) ? null
        : limit >= LargestDecimal ? decimal.MaxValue
        : limit <= -LargestDecimal ? decimal.MinValue
        : value is string ? (decimal?)ConstantParser.Convert(value, PlainType.Decimal)
        : Math.Truncate(limit) == limit && Math.Abs(limit) < long.MaxValue ? (long)limit // A cast to decimal rounds to 15 digits.
        : limit != 0 && (decimal)limit == 0 ? Math.Sign(limit) * SmallestDecimal
        : (decimal)limit;

    private static long? Ticks(string text, PlainType kind)
    {
        const DateTimeStyles Styles =
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault;
        return !DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out DateTime time) ? null
            : kind == PlainType.DateOnly && time.TimeOfDay != TimeSpan.Zero ? null
            : kind == PlainType.TimeOnly && time.Date != DateTime.MinValue ? null
            : time.Ticks;
    }

    private static string? Duration(object? limit) =>
        TimeSpan.TryParse(limit as string, CultureInfo.InvariantCulture, out TimeSpan duration) && duration >= TimeSpan.Zero
            ? System.Xml.XmlConvert.ToString(duration)
            : null;

    private static ConstantSpec Constant(IComparable limit, PlainType kind) => limit switch
    {
        long ticks => new TimeConstant(kind, ticks),
        double number when kind == PlainType.Single => ConstantParser.Number((float)number, kind),
        _ => ConstantParser.Number(limit, kind),
    };

    private static (decimal Min, decimal Max) LimitsOf(PlainType kind) => kind switch
    {
        PlainType.SByte => (sbyte.MinValue, sbyte.MaxValue),
        PlainType.Byte => (byte.MinValue, byte.MaxValue),
        PlainType.Int16 => (short.MinValue, short.MaxValue),
        PlainType.UInt16 => (ushort.MinValue, ushort.MaxValue),
        PlainType.Int32 => (int.MinValue, int.MaxValue),
        PlainType.UInt32 => (uint.MinValue, uint.MaxValue),
        PlainType.Int64 => (long.MinValue, long.MaxValue),
        _ => (ulong.MinValue, ulong.MaxValue),
    };

    private static string Sample(PlainType kind) => kind switch
    {
        PlainType.DateOnly => "\"2000-01-01\", \"2099-12-31\"",
        PlainType.TimeOnly => "\"08:00\", \"18:00\"",
        _ => "\"2000-01-01T00:00:00Z\", \"2099-12-31T23:59:59Z\"",
    };
}
