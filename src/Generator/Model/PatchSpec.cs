namespace Layers.PatchGen.Generator.Model;

/// <summary>All that the emitters need of one annotated record.</summary>
/// <remarks>
/// The types of this folder are plain data: immutable, compared by value, free of Roslyn's types and of C# text. Names are unescaped.
/// Equal specs give equal source, and are not emitted again. A test checks the whole folder.
/// </remarks>
internal sealed record PatchSpec(
    string Name,
    string DisplayName, // For people and hint names: 'Shop.TodoPatch', containing types joined by dots.
    string? Namespace, // Null for the global one.
    ImmutableEquatableArray<ContainingTypeSpec> ContainingTypes, // From the outside in.
    PatchKind Kind,
    bool IsSealed,
    bool NeedsAutoLayout, // A struct with fields of the user's: the compiler would warn of their order beside the generated one.
    bool WritesConverter, // The user's half names no converter of System.Text.Json.
    bool RequireAny,
    ImmutableEquatableArray<MemberSpec> Members, // In the order of declaration, but that the open one comes last.
    ImmutableEquatableArray<FenceSpec> Fences,
    DocumentSpec? Document,
    EndpointSpec? Endpoint,
    UpdateSpec? Update, // Null where the project does not use Entity Framework Core.
    HiddenNames Hidden,
    PatchExtent Extent);

/// <summary>How much is written for a record whose declaration may have an error.</summary>
internal enum PatchExtent
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>The properties and their presence: as much as keeps code that uses them free of errors.</summary>
    Presence,

    /// <summary>The properties alone: more would bring errors of its own.</summary>
    Properties,
}

/// <summary>A type that contains a patch.</summary>
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

/// <summary>The names of the generated types and members that users do not call, none of which is a name of the user's.</summary>
internal sealed record HiddenNames(
    string State, string StateField, string Words, string Table, string Codecs, string Lists, string Names, string FindName, string Fences);

/// <summary>A reserved member, and those below it when it is not reserved itself.</summary>
internal sealed record FenceSpec(string Name, string? Until, bool IsReserved, ImmutableEquatableArray<FenceSpec> Children);
