using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>Constants: the arguments of attributes.</summary>
internal static class ConstantParser
{
    public static ConstantSpec Parse(TypedConstant constant) => constant switch
    {
        { IsNull: true } => new NullConstant(constant.Type?.ToBareSpec()),
        { Kind: TypedConstantKind.Array } => new ArrayConstant(constant.Type!.ToBareSpec(), constant.Values.Select(Parse).ToEquatable()),
        { Kind: TypedConstantKind.Type } => new TypeConstant(((ITypeSymbol)constant.Value!).ToSpec()),
        { Kind: TypedConstantKind.Enum } => new EnumConstant(constant.Type!.ToBareSpec(), Digits(constant.Value!)),
        { Value: string text } => new StringConstant(text),
        { Value: bool flag } => new BooleanConstant(flag),
        { Value: char letter } => new CharConstant(letter),
        _ => Number(constant.Value!, constant.Type!.ToNumberType()!.Value),
    };

    public static AttributeSpec Parse(AttributeData attribute) => new(
        attribute.AttributeClass!.ToBareSpec(),
        attribute.ConstructorArguments.Select(Parse).ToEquatable(),
        attribute.NamedArguments.Select(static a => new NamedConstant(a.Key, Parse(a.Value))).ToEquatable());

    public static NumberConstant Number(object value, PlainType type) => new(type, Digits(value));

    /// <summary>The value as a number of another type; null when that cannot hold it.</summary>
    public static object? Convert(object? value, PlainType type)
    {
        try
        {
            var code = (TypeCode)Enum.Parse(typeof(TypeCode), type.ToString());
            return value is null ? null : System.Convert.ChangeType(value, code, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            return null;
        }
    }

    private static string Digits(object value) =>
        ((IFormattable)value).ToString(value is float or double ? "R" : null, CultureInfo.InvariantCulture);
}
