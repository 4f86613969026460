using System.Globalization;
using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>Constants in C#, written so that they mean the same anywhere.</summary>
internal static class ConstantCode
{
    public static string Of(ConstantSpec constant) => constant switch
    {
        NullConstant nothing => nothing.Type is { } type ? $"default({type})!" : "null",
        BooleanConstant boolean => CSharp.Of(boolean.Value),
        CharConstant letter => CSharp.Of(letter.Value),
        StringConstant text => CSharp.Of(text.Text),
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
    public static Code New(AttributeCheck check)
    {
        Code[] named = [.. check.NamedArguments.Select(static a => (Code)$"{CSharp.Identifier(a.Name)} = {Of(a.Value)}")];
        return named.Length == 0
            ? Code.Call($"static () => new {check.Type}", [.. check.Arguments.Select(static a => (Code)Of(a))])
            : Code.Of($"static () => new {check.Type}({Of(check.Arguments)}) {{ ", named, " }");
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
        var value when real.IsSingle => ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f",
        var value => value.ToString("R", CultureInfo.InvariantCulture) + "d",
    };

    private static string TypeOf(RealConstant real) => real.IsSingle ? "float" : "double";
}
