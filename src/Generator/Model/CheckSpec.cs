namespace Layers.PatchGen.Generator.Model;

/// <summary>A constraint of a member's value. The reader, <c>Validate</c> and the schema all use the one rule that is made of it.</summary>
internal abstract record CheckSpec;

/// <summary>A constraint that the runtime knows.</summary>
/// <param name="Rule">The name of its rule in the runtime.</param>
/// <param name="TypeArguments">The types that the rule is generic in.</param>
/// <param name="Arguments">The values that the rule is made with.</param>
internal sealed record RuleCheck(string Rule, ImmutableEquatableArray<TypeSpec> TypeArguments, ImmutableEquatableArray<ConstantSpec> Arguments) : CheckSpec;

/// <summary>
/// Any other validation attribute: made once, with the arguments that it has in the declaration, and called for each value.
/// </summary>
/// <param name="Name">The attribute's name as it is written in brackets.</param>
/// <param name="Type">Its type.</param>
/// <param name="Arguments">The arguments of its constructor.</param>
/// <param name="NamedArguments">Its named arguments.</param>
internal sealed record AttributeCheck(
    string Name, TypeSpec Type, ImmutableEquatableArray<ConstantSpec> Arguments, ImmutableEquatableArray<NamedConstant> NamedArguments) : CheckSpec;

/// <summary>A named argument of an attribute.</summary>
/// <param name="Name">The name of the property or field that it sets, unescaped.</param>
/// <param name="Value">Its value.</param>
internal sealed record NamedConstant(string Name, ConstantSpec Value);
