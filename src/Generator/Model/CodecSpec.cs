namespace Layers.PatchGen.Generator.Model;

/// <summary>How values of a type are read, written, compared and described. Each derived type is one kind.</summary>
/// <param name="Type">The type of the values; nullable only for <see cref="NullableCodec"/>.</param>
internal abstract record CodecSpec(TypeSpec Type);

/// <summary>A type that needs no more than its name to be read.</summary>
internal sealed record PlainCodec(TypeSpec Type, PlainType Kind) : CodecSpec(Type);

/// <summary>An enum, by its names in JSON.</summary>
internal sealed record EnumCodec(TypeSpec Type, ImmutableEquatableArray<EnumMemberSpec> Members) : CodecSpec(Type);

internal sealed record EnumMemberSpec(string JsonName, string Name);

/// <summary>An enum, by its numbers.</summary>
/// <param name="Type">The enum.</param>
/// <param name="Number">The type of its numbers.</param>
/// <param name="IsFlags">Values can be combined.</param>
/// <param name="Names">Its values by their names in C#, one name for each number.</param>
internal sealed record EnumNumberCodec(TypeSpec Type, TypeSpec Number, bool IsFlags, ImmutableEquatableArray<string> Names)
    : CodecSpec(Type);

/// <summary>A <c>TimeSpan</c>, between two ISO 8601 durations if there are any.</summary>
internal sealed record DurationCodec(TypeSpec Type, string? Minimum, string? Maximum) : CodecSpec(Type);

/// <summary>Any other type, read by a serializer context that lists it.</summary>
internal sealed record ContextCodec(TypeSpec Type, ContextSpec Context) : CodecSpec(Type);

/// <summary>A type read by a converter.</summary>
/// <param name="Type">The type.</param>
/// <param name="Attribute">The <c>[JsonConverter]</c> of a property; null for that of the type.</param>
/// <param name="Context">The context whose options the converter has; null without one.</param>
internal sealed record ConverterCodec(TypeSpec Type, AttributeSpec? Attribute, ContextSpec? Context) : CodecSpec(Type);

/// <summary>A serializer context.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Instance">The static property or field that has the instance.</param>
internal sealed record ContextSpec(TypeSpec Type, string Instance);

internal sealed record ArrayCodec(TypeSpec Type, CodecSpec Item, ArrayKind Kind) : CodecSpec(Type);

/// <summary>A list or a set: an array is read, and the collection made of it.</summary>
internal sealed record CollectionCodec(TypeSpec Type, ArrayCodec Array, CollectionForm Form) : CodecSpec(Type);

/// <summary>A dictionary, merged by key; null removes a key where it is taken.</summary>
/// <param name="Type">The dictionary.</param>
/// <param name="Key">The type of the keys.</param>
/// <param name="Item">How to read a value.</param>
/// <param name="TakesNull">Null may be sent for a key.</param>
/// <param name="Form">How the dictionary is made.</param>
/// <param name="IsList">Documents have a list: <c>[KeyedBy]</c>.</param>
internal sealed record MapCodec(TypeSpec Type, TypeSpec Key, CodecSpec Item, bool TakesNull, DictionaryForm Form, bool IsList = false)
    : CodecSpec(Type);

/// <summary>A nullable struct, within a dictionary.</summary>
internal sealed record NullableCodec(TypeSpec Type, CodecSpec Value) : CodecSpec(Type);

/// <summary>Another patch, merged.</summary>
internal sealed record PatchCodec(TypeSpec Type) : CodecSpec(Type);

/// <summary>The dictionary of an open object's undeclared members.</summary>
internal sealed record OpenCodec(TypeSpec Type) : CodecSpec(Type);

/// <summary>The types of <see cref="PlainCodec"/>; each is a property of the runtime's <c>PatchValues</c>.</summary>
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

/// <summary>What becomes of equal items; named as the codecs of the runtime.</summary>
internal enum ArrayKind
{
    Array,

    /// <summary>The first is kept: <c>[Distinct]</c>.</summary>
    DistinctArray,

    /// <summary>They are an error: the items of a set.</summary>
    UniqueArray,
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

    /// <summary>A <c>HashSet</c>, for an interface.</summary>
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
