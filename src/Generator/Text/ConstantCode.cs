using System.Linq;

namespace Layers.PatchGen.Generator.Text;

/// <summary>Constants in C#, each of exactly its type.</summary>
internal static class ConstantCode
{
    public static string List(ImmutableEquatableArray<ConstantSpec> constants) => string.Join(", ", constants.Select(Of));

    /// <summary>The attribute, created as it is declared.</summary>
    public static string New(AttributeSpec attribute)
    {
        string named = string.Join(", ", attribute.NamedArguments.Select(static a => $"{CSharp.Identifier(a.Name)} = {Of(a.Value)}"));
        return $"new {attribute.Type.Name}({List(attribute.Arguments)}){(named.Length > 0 ? $" {{ {named} }}" : "")}";
    }

    /// <summary>A delegate that gets the text, each time anew.</summary>
    public static string Get(TextSpec text) =>
        "static () => " + (text.Resource is { } resource ? $"{resource.Name}.{CSharp.Identifier(text.Text)}" : CSharp.Of(text.Text));

    private static string Of(ConstantSpec constant) => constant switch
    {
        BooleanConstant boolean => CSharp.Of(boolean.Value),
        CharConstant letter => CSharp.Of(letter.Value),
        StringConstant text => CSharp.Of(text.Text),
        NumberConstant number => Number(number.Type, number.Digits),
        TimeConstant time => Time(time.Type, new DateTime(time.Ticks)),
        EnumConstant member => $"({member.Type.Name})({member.Digits})",
        TypeConstant type => $"typeof({type.Type.Code})",
        ArrayConstant array => $"new {array.Type.Name} {{ {List(array.Items)} }}",
        NullConstant { Type: { } type } => $"default({type.Code})!",
        _ => "null",
    };

    private static string Time(PlainType type, DateTime time)
    {
        string date = $"{time.Year}, {time.Month}, {time.Day}", clock = $"{time.Hour}, {time.Minute}, {time.Second}";
        string fraction = time.Ticks % TimeSpan.TicksPerSecond is > 0 and var ticks ? $".AddTicks({ticks})" : "";
        return type switch
        {
            PlainType.DateOnly => $"new global::System.DateOnly({date})",
            PlainType.TimeOnly => $"new global::System.TimeOnly({(fraction.Length > 0 ? $"{time.Ticks}L" : clock)})",
            PlainType.DateTime => $"new global::System.DateTime({date}, {clock}, global::System.DateTimeKind.Utc){fraction}",
            _ => $"new global::System.DateTimeOffset({date}, {clock}, global::System.TimeSpan.Zero){fraction}",
        };
    }

    // Typed by a suffix, or by a cast where there is none.
    private static string Number(PlainType type, string digits) => (digits, type) switch
    {
        ("NaN", _) => $"{Real(type)}.NaN",
        ("Infinity", _) => $"{Real(type)}.PositiveInfinity",
        ("-Infinity", _) => $"{Real(type)}.NegativeInfinity",
        (_, PlainType.Single) => digits + "f",
        (_, PlainType.Double) => digits + "d",
        (_, PlainType.Decimal) => digits + "m",
        (_, PlainType.UInt32) => digits + "U",
        (_, PlainType.Int64) => digits + "L",
        (_, PlainType.UInt64) => digits + "UL",
        (_, PlainType.SByte) => $"(sbyte)({digits})",
        (_, PlainType.Byte) => $"(byte){digits}",
        (_, PlainType.Int16) => $"(short)({digits})",
        (_, PlainType.UInt16) => $"(ushort){digits}",
        _ => digits,
    };

    private static string Real(PlainType type) => type == PlainType.Single ? "float" : "double";
}
