using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Values that hold others: arrays, lists, sets and dictionaries.</content>
internal sealed partial class PatchParser
{
    private const string Generic = "System.Collections.Generic.";
    private const string Immutable = "System.Collections.Immutable.";

    private static readonly TypeSpec StringSpec = new("string", IsValueType: false, IsNullable: false);

    private static ArrayKind ArrayKindOf(IPropertySymbol property) =>
        property.Has(KnownTypes.Distinct) ? ArrayKind.DistinctArray : ArrayKind.Array;

    /// <summary>An array; null when the type is none, or its items cannot be read.</summary>
    private ArrayCodec? ParseArray(IPropertySymbol property, ITypeSymbol type, ArrayKind kind) =>
        type is IArrayTypeSymbol { Rank: 1, ElementType: { SpecialType: not SpecialType.System_Byte } item } // Bytes are a string in JSON.
        && !item.IsNullable() && ParseItem(property, item) is { } codec
            ? new ArrayCodec(type.ToBareSpec(), codec, kind)
            : null;

    private CodecSpec? ParseItem(IPropertySymbol property, ITypeSymbol type) =>
        ParseArray(property, type, ArrayKind.Array)
        ?? ParseTypeConverter(type)
        ?? ParseScalar(property, type)
        ?? ParseThroughContext(type);

    /// <summary>A list or a set: an array is read, and the collection made of it.</summary>
    private CollectionCodec? ParseCollection(IPropertySymbol property, ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeArguments: [var itemType] } || CollectionOf(type) is not { } collection
            || itemType.IsNullable() || ParseItem(property, itemType) is not { } item)
        {
            return null;
        }

        var array = new TypeSpec(item.Type.Code + "[]", IsValueType: false, IsNullable: false);
        ArrayKind kind = collection.IsSet ? ArrayKind.UniqueArray : ArrayKindOf(property);
        return new CollectionCodec(type.ToBareSpec(), new ArrayCodec(array, item, kind), collection.Form);
    }

    private static (CollectionForm Form, bool IsSet)? CollectionOf(ITypeSymbol type) => type.ToName() switch
    {
        Generic + "IEnumerable" or Generic + "IReadOnlyList" or Generic + "IReadOnlyCollection" => (CollectionForm.Array, false),
        Generic + "List" or Generic + "IList" or Generic + "ICollection" => (CollectionForm.Expression, false),
        Immutable + "ImmutableArray" or Immutable + "ImmutableList" or Immutable + "IImmutableList" => (CollectionForm.Expression, false),
        Generic + "HashSet" or Generic + "SortedSet" => (CollectionForm.Constructor, true),
        Generic + "ISet" or Generic + "IReadOnlySet" => (CollectionForm.HashSet, true),
        Immutable + "ImmutableHashSet" or Immutable + "ImmutableSortedSet" or Immutable + "IImmutableSet" =>
            (CollectionForm.Expression, true),
        _ => null,
    };

    /// <summary>A dictionary by string: merged by key, and null removes one where its values may be null.</summary>
    private MapCodec? ParseMap(IPropertySymbol property, ITypeSymbol map)
    {
        if (map is not INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, var type] })
        {
            return null;
        }

        ITypeSymbol bare = type.WithoutNullable();
        CodecSpec? item = bare.PatchAttribute() is not null ? new PatchCodec(bare.ToBareSpec())
            : ParseTypeConverter(bare) ?? ParseCollection(property, bare) ?? ParseItem(property, bare);
        if (item is null || DictionaryFormOf(map) is not { } form)
        {
            return null;
        }

        item = bare.Is(type) ? item : new NullableCodec(type.ToSpec(), item);
        return new MapCodec(map.ToBareSpec(), StringSpec, item, type.IsNullable(), form);
    }

    private static DictionaryForm? DictionaryFormOf(ITypeSymbol type) => type.ToName() switch
    {
        Generic + "Dictionary" or Generic + "IDictionary" or Generic + "IReadOnlyDictionary" => DictionaryForm.Dictionary,
        Generic + "SortedDictionary" => DictionaryForm.Sorted,
        Immutable + "ImmutableDictionary" or Immutable + "IImmutableDictionary" => DictionaryForm.Immutable,
        Immutable + "ImmutableSortedDictionary" => DictionaryForm.ImmutableSorted,
        "System.Collections.Frozen.FrozenDictionary" => DictionaryForm.Frozen,
        _ => null,
    };

    /// <summary>A dictionary by string, that a member can be.</summary>
    internal static bool IsMap(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, _] } && DictionaryFormOf(type) is not null;

    /// <summary>The document's dictionary that a member is merged into, or what is wrong with it.</summary>
    private (MapTargetSpec? Target, string? Reason) ParseMapTarget(IPropertySymbol property, IPropertySymbol target)
    {
        if (!IsMap(target.Type) || DictionaryFormOf(target.Type) is not { } form)
        {
            return (null, $"'{target.Name}' must be a dictionary by string too");
        }

        ITypeSymbol sent = ((INamedTypeSymbol)property.Type).TypeArguments[1], kept = ((INamedTypeSymbol)target.Type).TypeArguments[1];
        ITypeSymbol from = sent.WithoutNullable();
        bool isNullableStruct = sent.IsValueType && sent.IsNullable();
        if (from.PatchAttribute() is not null)
        {
            string? reason = NestedMismatch(from, kept, $"a value of '{target.Name}'", exists: false);
            return (new MapTargetSpec(isNullableStruct ? MapMerge.NullablePatchMap : MapMerge.PatchMap, form), reason);
        }

        return sent.Is(kept) ? (new MapTargetSpec(MapMerge.Map, form), null)
            : isNullableStruct && from.Is(kept) ? (new MapTargetSpec(MapMerge.NullableMap, form), null)
            : (null, $"its values are '{sent.ToDisplayString()}', and those of '{target.Name}' are '{kept.ToDisplayString()}'");
    }

    /// <summary>What members that are not declared can be kept in.</summary>
    private static bool IsOpenMap(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, var value] }
        && type.ToName() is Generic + "IDictionary" or Generic + "IReadOnlyDictionary" or Generic + "Dictionary"
        && value.IsNamed("System.Text.Json.JsonElement");
}
