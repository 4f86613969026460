using System.Globalization;
using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>Constants in C#, written so that they mean the same anywhere.</summary>
internal static class ConstantCode
{
    public static string Of(ConstantSpec constant) => constant switch
    {
        NullConstant nothing => nothing.Type is { } type ? $"default({type})!" : "null",
        BooleanConstant boolean => CSharpLiteral.Of(boolean.Value),
        CharConstant letter => CSharpLiteral.Of(letter.Value),
        StringConstant text => CSharpLiteral.Of(text.Text),
        NumberConstant number => Number(number),
        RealConstant real => Real(real),
        EnumConstant member => $"({member.Type})({member.Digits})",
        TypeConstant type => $"typeof({type.Type})",
        ArrayConstant array => $"new {array.Type} {{ {Of(array.Items)} }}",
        _ => throw new NotSupportedException(constant.ToString()),
    };

    /// <summary>A list of arguments.</summary>
    public static string Of(ImmutableEquatableArray<ConstantSpec> constants) => string.Join(", ", constants.Select(Of));

    /// <summary>The attribute of a constraint, made as it is declared.</summary>
    public static string New(AttributeCheck check)
    {
        string named = string.Join(", ", check.NamedArguments.Select(static a => $"{CSharpLiteral.Identifier(a.Name)} = {Of(a.Value)}"));
        return $"new {check.Type}({Of(check.Arguments)}){(named.Length > 0 ? $" {{ {named} }}" : "")}";
    }

    // Typed by a suffix, or by a cast where there is none.
    private static string Number(NumberConstant number) => number.Type switch
    {
        NumberType.Int32 => number.Digits,
        NumberType.UInt32 => number.Digits + "U",
        NumberType.Int64 => number.Digits + "L",
        NumberType.UInt64 => number.Digits + "UL",
        NumberType.Decimal => number.Digits + "m",
        NumberType.SByte => $"(sbyte)({number.Digits})",
        NumberType.Byte => $"(byte){number.Digits}",
        NumberType.Int16 => $"(short)({number.Digits})",
        _ => $"(ushort){number.Digits}",
    };

    private static string Real(RealConstant real) => real.Value switch
    {
        double.NaN => TypeOf(real) + ".NaN",
        double.PositiveInfinity => TypeOf(real) + ".PositiveInfinity",
        double.NegativeInfinity => TypeOf(real) + ".NegativeInfinity",
        var value => real.IsSingle ? ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f" : value.ToString("R", CultureInfo.InvariantCulture) + "d",
    };

    private static string TypeOf(RealConstant real) => real.IsSingle ? "float" : "double";
}
