namespace Layers.PatchGen.Generator.Model;

/// <summary>A constraint of a member's value. The reader, <c>Validate</c> and the schema all use the one rule that is made of it.</summary>
internal abstract record CheckSpec;

/// <summary>A constraint that the runtime knows, by the name of its rule: <c>Length</c> for <c>LengthRule</c>.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="TypeArguments">Of the rule.</param>
/// <param name="Arguments">Of the rule's constructor.</param>
/// <param name="Message">The user's message; null for that of the runtime.</param>
internal sealed record RuleCheck(
    string Rule,
    ImmutableEquatableArray<TypeSpec> TypeArguments,
    ImmutableEquatableArray<ConstantSpec> Arguments,
    MessageSpec? Message = null)
    : CheckSpec;

/// <summary>Any other validation attribute: created once, as it is declared, and called for each value.</summary>
internal sealed record AttributeCheck(
    string Name,
    AttributeSpec Attribute,
    TextSpec? DisplayName = null) : CheckSpec; // Null for the JSON name.

/// <summary>The message of a constraint: a composite format, of the member's name for people and the constraint's arguments.</summary>
internal sealed record MessageSpec(TextSpec Format, TextSpec Name, ImmutableEquatableArray<ConstantSpec> Arguments);

/// <summary>A text of the user's: a constant, or the static property of a resource class.</summary>
/// <param name="Text">The text, or the name of the property.</param>
/// <param name="Resource">The resource class; null for a constant.</param>
internal sealed record TextSpec(string Text, TypeSpec? Resource);
