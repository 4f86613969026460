namespace Layers.PatchGen.Generator.Model;

/// <summary>One member of a patch.</summary>
internal sealed record MemberSpec
{
    /// <summary>The property's name, unescaped.</summary>
    public required string Name { get; init; }

    /// <summary>The member's name in JSON; of the open member, a name for messages.</summary>
    public required string JsonName { get; init; }

    /// <summary>The property's type as declared.</summary>
    public required TypeSpec Type { get; init; }

    /// <summary>The property's modifiers; both halves must have the same.</summary>
    public required MemberModifiers Modifiers { get; init; }

    /// <summary>The accessor that reads; null where its absence was reported.</summary>
    public required AccessorSpec? Getter { get; init; }

    /// <summary>The accessor that writes; null where its absence was reported.</summary>
    public required AccessorSpec? Setter { get; init; }

    /// <summary><c>Has…</c> is written: the name is free.</summary>
    public required bool HasPresenceProperty { get; init; }

    /// <summary><c>TryGet…</c> is written: the value is a struct, and the name is free.</summary>
    public required bool HasTryGet { get; init; }

    public required bool IsSelector { get; init; }

    /// <summary>What the member's fence waits for; null when it is open.</summary>
    public required string? FencedUntil { get; init; }

    /// <summary>How its values are read; null where that cannot be done and was reported.</summary>
    public required CodecSpec? Codec { get; init; }

    public required ImmutableEquatableArray<CheckSpec> Checks { get; init; }

    /// <summary>The property of the document; null where there is no document, and for selectors.</summary>
    public required TargetSpec? Target { get; init; }
}

/// <summary>An accessor of a property.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Accessibility">A modifier of its own; none where it has the property's.</param>
internal sealed record AccessorSpec(AccessorKind Kind, MemberModifiers Accessibility);

internal enum AccessorKind
{
    Get,
    Init,
    Set,
}

/// <summary>The modifiers that a partial property can have, in the order in which they are written.</summary>
[Flags]
internal enum MemberModifiers
{
    None = 0,
    Public = 1,
    Protected = 2,
    Internal = 4,
    Private = 8,
    New = 16,
    Sealed = 32,
    Override = 64,
    Virtual = 128,
    Required = 256,
    Readonly = 512,
    Unsafe = 1024,
}
