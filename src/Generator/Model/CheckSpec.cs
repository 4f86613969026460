namespace Layers.PatchGen.Generator.Model;

/// <summary>A constraint of a member's value. The reader, <c>Validate</c> and the schema all use the one rule that is made of it.</summary>
internal abstract record CheckSpec;

/// <summary>A constraint that the runtime knows, by the name of its rule: <c>Length</c> for <c>LengthRule</c>.</summary>
internal sealed record RuleCheck(
    string Rule, ImmutableEquatableArray<TypeSpec> TypeArguments, ImmutableEquatableArray<ConstantSpec> Arguments) : CheckSpec;

/// <summary>Any other validation attribute: created once, as it is declared, and called for each value.</summary>
internal sealed record AttributeCheck(
    string Name,
    TypeSpec Type,
    ImmutableEquatableArray<ConstantSpec> Arguments,
    ImmutableEquatableArray<NamedConstant> NamedArguments) : CheckSpec;

/// <summary>A named argument of an attribute.</summary>
internal sealed record NamedConstant(string Name, ConstantSpec Value);
