namespace Layers.PatchGen.Generator.Model;

/// <summary>A constant of the user's: an argument of an attribute.</summary>
internal abstract record ConstantSpec;

/// <summary>Null, of a type where one is known.</summary>
internal sealed record NullConstant(TypeSpec? Type) : ConstantSpec;

internal sealed record BooleanConstant(bool Value) : ConstantSpec;

internal sealed record CharConstant(char Value) : ConstantSpec;

/// <param name="Text">The text itself, not escaped.</param>
internal sealed record StringConstant(string Text) : ConstantSpec;

/// <param name="Type">One of the types of numbers.</param>
/// <param name="Digits">The value in the invariant culture.</param>
internal sealed record NumberConstant(PlainType Type, string Digits) : ConstantSpec;

/// <param name="Type">One of the types of dates and times.</param>
/// <param name="Ticks">The value, in UTC, in units of 100 ns.</param>
internal sealed record TimeConstant(PlainType Type, long Ticks) : ConstantSpec;

/// <param name="Type">The enum.</param>
/// <param name="Digits">The numeric value in the invariant culture; no member may have it.</param>
internal sealed record EnumConstant(TypeSpec Type, string Digits) : ConstantSpec;

/// <summary>A <c>typeof</c>.</summary>
internal sealed record TypeConstant(TypeSpec Type) : ConstantSpec;

/// <param name="Type">The type of the array.</param>
/// <param name="Items">Its items.</param>
internal sealed record ArrayConstant(TypeSpec Type, ImmutableEquatableArray<ConstantSpec> Items) : ConstantSpec;

/// <summary>An attribute as it is declared.</summary>
internal sealed record AttributeSpec(
    TypeSpec Type, ImmutableEquatableArray<ConstantSpec> Arguments, ImmutableEquatableArray<NamedConstant> NamedArguments);

/// <summary>A named argument of an attribute.</summary>
internal sealed record NamedConstant(string Name, ConstantSpec Value);
