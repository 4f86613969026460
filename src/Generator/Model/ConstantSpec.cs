namespace Layers.PatchGen.Generator.Model;

/// <summary>A constant of the user's: an argument of an attribute. Each derived type is one kind.</summary>
internal abstract record ConstantSpec;

/// <summary>Null.</summary>
/// <param name="Type">The type that it is null of; null where nothing tells.</param>
internal sealed record NullConstant(TypeSpec? Type) : ConstantSpec;

internal sealed record BooleanConstant(bool Value) : ConstantSpec;

internal sealed record CharConstant(char Value) : ConstantSpec;

/// <param name="Text">The text itself, not escaped.</param>
internal sealed record StringConstant(string Text) : ConstantSpec;

/// <summary>An integer or a decimal.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Digits">Its value, as the invariant culture writes it.</param>
internal sealed record NumberConstant(NumberType Type, string Digits) : ConstantSpec;

/// <summary>A floating-point number.</summary>
/// <param name="Value">Its value.</param>
/// <param name="IsSingle">It is a <c>float</c>, not a <c>double</c>.</param>
internal sealed record RealConstant(double Value, bool IsSingle) : ConstantSpec;

/// <summary>A member of an enum, or a combination of some.</summary>
/// <param name="Type">The enum.</param>
/// <param name="Digits">Its numeric value, as the invariant culture writes it.</param>
internal sealed record EnumConstant(TypeSpec Type, string Digits) : ConstantSpec;

/// <summary>A <c>typeof</c>.</summary>
internal sealed record TypeConstant(TypeSpec Type) : ConstantSpec;

/// <param name="Type">The type of the array.</param>
/// <param name="Items">Its items.</param>
internal sealed record ArrayConstant(TypeSpec Type, ImmutableEquatableArray<ConstantSpec> Items) : ConstantSpec;

internal enum NumberType
{
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,
}
