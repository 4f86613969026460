namespace Layers.PatchGen.Generator.Model;

/// <summary>The document that a patch is applied to.</summary>
/// <param name="Namespace">Its namespace; null for the global one, and for a type without a name of its own.</param>
/// <param name="Name">Its name within the namespace: <c>Todo</c>, <c>Outer.Todo</c>; without a namespace, <c>global::Todo</c>.</param>
/// <param name="DisplayName">Its name for people: <c>Todo</c>.</param>
/// <param name="Update">How it is changed.</param>
/// <param name="ChangedAt">The property that takes the time of a change; null without one.</param>
/// <param name="WithCode">The first property that runs code of the user's when it is read or set; null without one.</param>
/// <param name="Exposure">The most that a method of the patch may be that has it in its signature.</param>
internal sealed record DocumentSpec(
    string? Namespace,
    string Name,
    string DisplayName,
    DocumentUpdate Update,
    ChangedAtSpec? ChangedAt,
    string? WithCode,
    DocumentExposure Exposure);

/// <summary>How accessible a document is where its patch is.</summary>
internal enum DocumentExposure
{
    Public,
    Internal,
    Private,
}

internal enum DocumentUpdate
{
    /// <summary>A record or a struct: copied by a <c>with</c> expression.</summary>
    With,

    /// <summary>A class with setters: changed in place.</summary>
    InPlace,
}

/// <summary>The property that takes the time of a change: a <c>DateTimeOffset</c>, or a <c>DateTime</c> without an offset.</summary>
internal sealed record ChangedAtSpec(string Name, bool HasOffset);

/// <summary>The document's property that a member is applied to.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Conversion">To its type; null where it has that of the member, nullability aside, and where the value is merged.</param>
/// <param name="Map">Of a dictionary, how it is merged; else null.</param>
/// <param name="List">Of a list that is patched by key, how its items are found and created; else null.</param>
/// <param name="MustExist">Its value, a nested document, is never null, and generated code cannot create one.</param>
/// <param name="HasListsBelow">A nested patch, or one in a dictionary, patches a list by key, at any depth.</param>
internal sealed record TargetSpec(
    string Name, ConversionSpec? Conversion, MapTargetSpec? Map, ListTargetSpec? List, bool MustExist, bool HasListsBelow);

/// <summary>The conversion of a member's value to the type of the document's property.</summary>
/// <param name="Type">The type of the document's property.</param>
/// <param name="IsOperator">It is an operator of the user's, which is not called for null or for an absent member.</param>
/// <param name="IsReversible">Values of the document convert back, if need be by a cast.</param>
internal sealed record ConversionSpec(TypeSpec Type, bool IsOperator, bool IsReversible);

/// <summary>How a value of the document's dictionary is merged, and how the merged dictionary is made.</summary>
internal sealed record MapTargetSpec(MapMerge Merge, DictionaryForm Form);

/// <summary>A list of the document that is patched by key.</summary>
/// <param name="Item">The type of the items.</param>
/// <param name="Key">The property of an item that has its key.</param>
/// <param name="AllowCreate">A key that no item has creates one.</param>
/// <param name="Update">How the list is changed.</param>
/// <param name="IsMade">A <c>List</c> does not convert to the property's type; it is made by a collection expression.</param>
internal sealed record ListTargetSpec(TypeSpec Item, string Key, bool AllowCreate, ListUpdate Update, bool IsMade);

internal enum ListUpdate
{
    /// <summary>The property is set to another list.</summary>
    Replace,

    /// <summary>The list itself is changed; the property is set only where there is none, or it is read-only.</summary>
    InPlace,

    /// <summary>The list itself is changed; the property cannot be set.</summary>
    InPlaceOnly,
}

/// <summary>How a value of a dictionary is merged; named as the methods of the runtime.</summary>
internal enum MapMerge
{
    /// <summary>The value replaces the old one; both have one type.</summary>
    Map,

    /// <summary>Likewise; the patch's are nullable structs, so that null can remove one.</summary>
    NullableMap,

    /// <summary>The value is a patch of the old one.</summary>
    PatchMap,

    /// <summary>Likewise; the patches are nullable structs.</summary>
    NullablePatchMap,
}
