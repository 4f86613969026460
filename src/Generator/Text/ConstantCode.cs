using System.Linq;

namespace Layers.PatchGen.Generator.Text;

/// <summary>Constants in C#, each of exactly its type.</summary>
internal static class ConstantCode
{
    public static string List(ImmutableEquatableArray<ConstantSpec> constants) => string.Join(", ", constants.Select(Of));

    /// <summary>A delegate that creates the attribute as it is declared.</summary>
    public static string New(AttributeCheck check)
    {
        string named = string.Join(", ", check.NamedArguments.Select(static a => $"{CSharp.Identifier(a.Name)} = {Of(a.Value)}"));
        return $"static () => new {check.Type.Name}({List(check.Arguments)}){(named.Length > 0 ? $" {{ {named} }}" : "")}";
    }

    private static string Of(ConstantSpec constant) => constant switch
    {
        BooleanConstant boolean => CSharp.Of(boolean.Value),
        CharConstant letter => CSharp.Of(letter.Value),
        StringConstant text => CSharp.Of(text.Text),
        NumberConstant number => Number(number.Type, number.Digits),
        EnumConstant member => $"({member.Type.Name})({member.Digits})",
        TypeConstant type => $"typeof({type.Type.Code})",
        ArrayConstant array => $"new {array.Type.Name} {{ {List(array.Items)} }}",
        NullConstant { Type: { } type } => $"default({type.Code})!",
        _ => "null",
    };

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
