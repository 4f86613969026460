namespace Layers.PatchGen.Generator.Model;

/// <summary>One member of a patch.</summary>
internal sealed record MemberSpec
{
    /// <summary>The property's name, unescaped.</summary>
    public required string Name { get; init; }

    /// <summary>The member's name in JSON; of the open member, a name for messages.</summary>
    public required string JsonName { get; init; }

    /// <summary>The property's type as declared, with its nullability: <c>global::Shop.Gender?</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The property's modifiers without <c>partial</c>: <c>public</c>, <c>internal virtual</c>.</summary>
    public required string Modifiers { get; init; }

    /// <summary>The reading accessor: <c>get</c>; where an error was reported, with a modifier of its own, or empty.</summary>
    public required string Getter { get; init; }

    /// <summary>The writing accessor with its own modifier, if any: <c>init</c>, <c>set</c>, <c>internal init</c>; empty where its absence was reported.</summary>
    public required string Setter { get; init; }

    /// <summary>The type is a struct or an enum (or a nullable one).</summary>
    public required bool IsValueType { get; init; }

    /// <summary>Null may be sent.</summary>
    public required bool IsNullable { get; init; }

    /// <summary><c>Has…</c> is written: the name is free.</summary>
    public required bool HasPresenceProperty { get; init; }

    /// <summary><c>TryGet…</c> is written: the value is a struct, and the name is free.</summary>
    public required bool HasTryGet { get; init; }

    public required bool IsSelector { get; init; }

    /// <summary>What the member's fence waits for; null when it is open.</summary>
    public required string? FencedUntil { get; init; }

    public required ValueSpec Value { get; init; }

    public required ImmutableEquatableArray<CheckSpec> Checks { get; init; }

    /// <summary>The property of the document; null where there is no document, and for selectors.</summary>
    public required TargetSpec? Target { get; init; }
}

/// <summary>How a member's value is read, compared and written.</summary>
/// <param name="Kind">What sort of value.</param>
/// <param name="Type">Its type without nullability.</param>
/// <param name="CodecType">The type of its codec; empty for nested patches and open objects.</param>
/// <param name="Codec">The expression that makes the codec; empty likewise.</param>
/// <param name="Item">Of a map, its values; else null.</param>
internal sealed record ValueSpec(ValueKind Kind, string Type, string CodecType = "", string Codec = "", ValueSpec? Item = null);

internal enum ValueKind
{
    /// <summary>One JSON value, compared by the type's own equality.</summary>
    Scalar,

    /// <summary>An array, compared item by item.</summary>
    Items,

    /// <summary>Another patch, merged.</summary>
    Nested,

    /// <summary>A dictionary, merged by key.</summary>
    Map,

    /// <summary>The members that are not modelled, of an object that is open.</summary>
    Open,

    /// <summary>A type that cannot be read; an error has been reported.</summary>
    Unsupported,
}

/// <summary>A constraint of a member's value.</summary>
/// <param name="Method">The method of the problem collector that checks it.</param>
/// <param name="Arguments">Its arguments after the member's name and value; with a rule, those of the schema alone.</param>
/// <param name="Comment">The constraint in words.</param>
/// <param name="Rule">What is made once and kept beside the codecs, and is the argument of the check then; null without one.</param>
internal sealed record CheckSpec(string Method, string Arguments, string Comment, RuleSpec? Rule = null);

/// <summary>What a constraint is checked by.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Value">The expression that makes it.</param>
internal sealed record RuleSpec(string Type, string Value);
