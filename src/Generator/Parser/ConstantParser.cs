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
        _ => Number(constant.Value!, NumberTypeOf(constant.Type!)!.Value),
    };

    public static ConstantSpec Number(int value) => Number(value, NumberType.Int32);

    public static ConstantSpec Number(object value, NumberType type) => value switch
    {
        double d => new RealConstant(d, IsSingle: false),
        float f => new RealConstant(f, IsSingle: true),
        _ => new NumberConstant(type, Digits(value)),
    };

    /// <summary>The value as a number of another type; null when that cannot hold it.</summary>
    public static object? Convert(object? value, NumberType type)
    {
        try
        {
            return value is null ? null : System.Convert.ChangeType(value, (TypeCode)Enum.Parse(typeof(TypeCode), type.ToString()), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            return null;
        }
    }

    public static NumberType? NumberTypeOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte => NumberType.SByte,
        SpecialType.System_Byte => NumberType.Byte,
        SpecialType.System_Int16 => NumberType.Int16,
        SpecialType.System_UInt16 => NumberType.UInt16,
        SpecialType.System_Int32 => NumberType.Int32,
        SpecialType.System_UInt32 => NumberType.UInt32,
        SpecialType.System_Int64 => NumberType.Int64,
        SpecialType.System_UInt64 => NumberType.UInt64,
        SpecialType.System_Single => NumberType.Single,
        SpecialType.System_Double => NumberType.Double,
        SpecialType.System_Decimal => NumberType.Decimal,
        _ => null,
    };

    private static string Digits(object value) => System.Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
