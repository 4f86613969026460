namespace Layers.PatchGen.Generator.Model;

/// <summary>How values of a type are read, written, compared and described. Each derived type is one kind.</summary>
/// <param name="Type">The type of the values; never nullable, but for <see cref="NullableCodec"/>.</param>
internal abstract record CodecSpec(TypeSpec Type);

/// <summary>A type that the runtime knows, read the one way there is for it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Kind">Which of them.</param>
internal sealed record PlainCodec(TypeSpec Type, PlainType Kind) : CodecSpec(Type);

/// <summary>An enum, by its names in JSON.</summary>
/// <param name="Type">The enum.</param>
/// <param name="Members">Its members.</param>
internal sealed record EnumCodec(TypeSpec Type, ImmutableEquatableArray<EnumMemberSpec> Members) : CodecSpec(Type);

/// <summary>A member of an enum.</summary>
/// <param name="JsonName">Its name in JSON.</param>
/// <param name="Name">Its name, unescaped.</param>
internal sealed record EnumMemberSpec(string JsonName, string Name);

/// <summary>A duration.</summary>
/// <param name="Type">The type: <c>TimeSpan</c>.</param>
/// <param name="Minimum">The shortest that is allowed, in ISO 8601; null without a range.</param>
/// <param name="Maximum">The longest, likewise.</param>
internal sealed record DurationCodec(TypeSpec Type, string? Minimum, string? Maximum) : CodecSpec(Type);

/// <summary>Any other type, read by a serializer context.</summary>
/// <param name="Type">The type.</param>
/// <param name="Context">The context that lists it.</param>
internal sealed record ContextCodec(TypeSpec Type, TypeSpec Context) : CodecSpec(Type);

/// <summary>An array.</summary>
/// <param name="Type">The type of the array.</param>
/// <param name="Item">How an item is read.</param>
/// <param name="Duplicates">What becomes of equal items.</param>
internal sealed record ArrayCodec(TypeSpec Type, CodecSpec Item, DuplicateItems Duplicates) : CodecSpec(Type);

/// <summary>A list or a set: an array is read, and the collection made of it.</summary>
/// <param name="Type">The type of the collection.</param>
/// <param name="Array">How the array is read.</param>
/// <param name="Form">How the collection is made.</param>
internal sealed record CollectionCodec(TypeSpec Type, ArrayCodec Array, CollectionForm Form) : CodecSpec(Type);

/// <summary>A dictionary by string, merged by key.</summary>
/// <param name="Type">The type of the dictionary.</param>
/// <param name="Item">How a value is read.</param>
/// <param name="TakesNull">Null may be sent for a key, and removes it.</param>
/// <param name="Form">How the dictionary is made.</param>
internal sealed record MapCodec(TypeSpec Type, CodecSpec Item, bool TakesNull, DictionaryForm Form) : CodecSpec(Type);

/// <summary>A nullable struct, within a dictionary.</summary>
/// <param name="Type">The nullable type.</param>
/// <param name="Value">How a value other than null is read.</param>
internal sealed record NullableCodec(TypeSpec Type, CodecSpec Value) : CodecSpec(Type);

/// <summary>Another patch, merged.</summary>
/// <param name="Type">The patch.</param>
internal sealed record PatchCodec(TypeSpec Type) : CodecSpec(Type);

/// <summary>The members of an open object that are not declared.</summary>
/// <param name="Type">The type of the dictionary that holds them.</param>
internal sealed record OpenCodec(TypeSpec Type) : CodecSpec(Type);

/// <summary>The types that need no more than their name to be read; each is a property of the runtime's <c>PatchValues</c>.</summary>
internal enum PlainType
{
    String,
    Boolean,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,
    Guid,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    Uri,
    Bytes,
    JsonElement,
    JsonNode,
}

/// <summary>What becomes of equal items of an array.</summary>
internal enum DuplicateItems
{
    /// <summary>They are kept.</summary>
    Kept,

    /// <summary>The first is kept: <c>[Distinct]</c>.</summary>
    Collapsed,

    /// <summary>They are an error: the items of a set.</summary>
    Rejected,
}

/// <summary>How a collection is made of an array.</summary>
internal enum CollectionForm
{
    /// <summary>The array is one.</summary>
    Array,

    /// <summary>By a collection expression.</summary>
    Expression,

    /// <summary>By its constructor.</summary>
    Constructor,

    /// <summary>A <c>HashSet</c> stands for the interface.</summary>
    HashSet,
}

/// <summary>How a dictionary is made.</summary>
internal enum DictionaryForm
{
    Dictionary,
    Sorted,
    Immutable,
    ImmutableSorted,
    Frozen,
}
