namespace Layers.PatchGen.Generator.Model;

/// <summary>
/// All that the emitter needs of one annotated record.
/// </summary>
/// <remarks>
/// The types of this folder are plain data: immutable, compared by value, free of Roslyn's types. Equal specs give equal source, and are
/// not emitted again.
/// A member added here takes part in equality; a test holds the folder to this.
/// </remarks>
internal sealed record PatchSpec
{
    /// <summary>The record's name, unescaped.</summary>
    public required string Name { get; init; }

    /// <summary>The name for people and hint names: <c>Shop.TodoPatch</c>, containing types joined by dots.</summary>
    public required string DisplayName { get; init; }

    public required TypeSpec Type { get; init; }

    /// <summary>The namespace, unescaped; null for the global one.</summary>
    public required string? Namespace { get; init; }

    /// <summary>The containing types, from the outside in.</summary>
    public required ImmutableEquatableArray<ContainingTypeSpec> ContainingTypes { get; init; }

    public required PatchKind Kind { get; init; }

    public required bool IsSealed { get; init; }

    /// <summary>The type is declared public, and so is all that contains it.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>It is a struct with fields of the user's, whose order beside the generated one the compiler would ask for.</summary>
    public required bool NeedsAutoLayout { get; init; }

    /// <summary>The user's half names no converter of System.Text.Json, so that the generated half names ours.</summary>
    public required bool WritesConverter { get; init; }

    /// <summary>
    /// The user's half declares neither <c>Read</c> nor <c>ReadAsync</c>, so that the generated half has them. The names are not reserved:
    /// <c>Read</c> is a likely member of a message.
    /// </summary>
    public required bool WritesReadMethods { get; init; }

    public required bool RequireAny { get; init; }

    /// <summary>The members in the order of declaration; the open one, if any, comes last.</summary>
    public required ImmutableEquatableArray<MemberSpec> Members { get; init; }

    public required ImmutableEquatableArray<FenceSpec> Fences { get; init; }

    public required DocumentSpec? Document { get; init; }

    public required EndpointSpec? Endpoint { get; init; }

    /// <summary>Names of generated private members, chosen so that none of the user's is hit.</summary>
    public required HiddenNames Hidden { get; init; }

    /// <summary>How much of it can be written.</summary>
    public required PatchExtent Extent { get; init; }
}

/// <summary>
/// How much is written for a record. When its declaration has an error, as much as keeps the record well-formed, so that the error of the
/// analyzer is the only one seen.
/// </summary>
internal enum PatchExtent
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>The properties and their presence.</summary>
    Presence,

    /// <summary>The properties alone: the declaration has no room for more.</summary>
    Properties,
}

/// <summary>A type that contains a patch.</summary>
/// <param name="Kind">How it is declared.</param>
/// <param name="Name">Its name, unescaped.</param>
internal sealed record ContainingTypeSpec(ContainingTypeKind Kind, string Name);

internal enum ContainingTypeKind
{
    Class,
    Struct,
    Interface,
    Record,
    RecordStruct,
}

internal enum PatchKind
{
    Class,
    Struct,
    ReadonlyStruct,
}

/// <summary>The names of the generated types and members that users do not call.</summary>
internal sealed record HiddenNames(string State, string StateField, string Words, string Table, string Codecs, string Names, string FindName, string Fences);

/// <summary>A reserved member, and those below it when it is not reserved itself.</summary>
internal sealed record FenceSpec(string Name, string? Until, bool IsReserved, ImmutableEquatableArray<FenceSpec> Children);
