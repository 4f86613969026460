namespace Layers.PatchGen.Generator.Model;

/// <summary>One member of a patch.</summary>
internal sealed record MemberSpec(
    string Name,
    string JsonName, // Of the open member, a name for messages.
    TypeSpec Type,
    MemberModifiers Modifiers, // Both halves of a property must have the same.
    AccessorSpec? Getter, // Null where its absence was reported.
    AccessorSpec? Setter, // Likewise.
    bool IsMaybeNull, // Null if absent, even if its type is not nullable; emitted as [MaybeNull].
    bool HasPresenceProperty, // The name is free.
    bool HasTryGet, // The value is a struct, and the name is free.
    bool IsSelector,
    string? FencedUntil,
    string? WriteScope, // The scope that a caller needs to write it.
    CodecSpec? Codec, // Null where the type cannot be read, which was reported.
    ImmutableEquatableArray<CheckSpec> Checks,
    TargetSpec? Target); // Null without a document, and for selectors.

/// <summary>An accessor of a property, with its own modifiers where they are not the property's.</summary>
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
