using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Values that hold others: arrays, lists, sets and dictionaries.</content>
internal sealed partial class PatchParser
{
    private static DuplicateItems ItemDuplicates(IPropertySymbol property) => property.Has(KnownTypes.Distinct) ? DuplicateItems.Collapsed : DuplicateItems.Kept;

    /// <summary>An array; null when the type is none, or its items cannot be read.</summary>
    private ArrayCodec? ParseArray(IPropertySymbol property, ITypeSymbol type, DuplicateItems duplicates) =>
        type is IArrayTypeSymbol { Rank: 1, ElementType: { SpecialType: not SpecialType.System_Byte } item } // Bytes are a string in JSON.
        && ParseItem(property, item) is { } codec
            ? new ArrayCodec(Bare(type), codec, duplicates)
            : null;

    private CodecSpec? ParseItem(IPropertySymbol property, ITypeSymbol type) =>
        type.IsNullable() ? null
        : ParseArray(property, type, DuplicateItems.Kept) ?? ParseScalar(property, type) ?? (CodecSpec?)ParseThroughContext(type);

    /// <summary>A list or a set: an array is read, and the collection made of it.</summary>
    private CollectionCodec? ParseCollection(IPropertySymbol property, ITypeSymbol type)
    {
        (CollectionForm Form, bool IsSet)? collection = type is not INamedTypeSymbol { TypeArguments.Length: 1 } ? null : type.ToName() switch
        {
            "System.Collections.Generic.IEnumerable" or "System.Collections.Generic.IReadOnlyList" or "System.Collections.Generic.IReadOnlyCollection" => (CollectionForm.Array, false),
            "System.Collections.Generic.List" or "System.Collections.Generic.IList" or "System.Collections.Generic.ICollection"
                or "System.Collections.Immutable.ImmutableArray" or "System.Collections.Immutable.ImmutableList" or "System.Collections.Immutable.IImmutableList" => (CollectionForm.Expression, false),
            "System.Collections.Generic.HashSet" or "System.Collections.Generic.SortedSet" => (CollectionForm.Constructor, true),
            "System.Collections.Generic.ISet" or "System.Collections.Generic.IReadOnlySet" => (CollectionForm.HashSet, true),
            "System.Collections.Immutable.ImmutableHashSet" or "System.Collections.Immutable.ImmutableSortedSet" or "System.Collections.Immutable.IImmutableSet" => (CollectionForm.Expression, true),
            _ => null,
        };
        if (collection is not { } known || ParseItem(property, ((INamedTypeSymbol)type).TypeArguments[0]) is not { } item)
        {
            return null;
        }

        var array = new TypeSpec(item.Type + "[]", IsValueType: false, IsNullable: false);
        return new CollectionCodec(Bare(type), new ArrayCodec(array, item, known.IsSet ? DuplicateItems.Rejected : ItemDuplicates(property)), known.Form);
    }

    /// <summary>A dictionary by string: merged by key, and null removes one where its values may be null.</summary>
    private MapCodec? ParseMap(IPropertySymbol property, ITypeSymbol map)
    {
        if (map is not INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, var type] })
        {
            return null;
        }

        ITypeSymbol bare = type.WithoutNullable();
        CodecSpec? item = bare.PatchAttribute() is not null ? new PatchCodec(Bare(bare))
            : ParseArray(property, bare, DuplicateItems.Kept) ?? ParseCollection(property, bare) ?? ParseScalar(property, bare) ?? (CodecSpec?)ParseThroughContext(bare);
        if (item is null || DictionaryFormOf(map) is not { } form)
        {
            return null;
        }

        item = SymbolEqualityComparer.Default.Equals(bare, type) ? item : new NullableCodec(type.ToSpec(), item);
        return new MapCodec(Bare(map), item, type.IsNullable(), form);
    }

    private static DictionaryForm? DictionaryFormOf(ITypeSymbol type) => type.ToName() switch
    {
        "System.Collections.Generic.Dictionary" or "System.Collections.Generic.IDictionary" or "System.Collections.Generic.IReadOnlyDictionary" => DictionaryForm.Dictionary,
        "System.Collections.Generic.SortedDictionary" => DictionaryForm.Sorted,
        "System.Collections.Immutable.ImmutableDictionary" or "System.Collections.Immutable.IImmutableDictionary" => DictionaryForm.Immutable,
        "System.Collections.Immutable.ImmutableSortedDictionary" => DictionaryForm.ImmutableSorted,
        "System.Collections.Frozen.FrozenDictionary" => DictionaryForm.Frozen,
        _ => null,
    };

    /// <summary>A dictionary by string, that a member can be.</summary>
    internal static bool IsMap(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, _] } && DictionaryFormOf(type) is not null;

    /// <summary>The document's dictionary that a member is merged into, or what is wrong with it.</summary>
    private (MapTargetSpec? Target, string? Reason) ParseMapTarget(IPropertySymbol property, IPropertySymbol target)
    {
        if (!IsMap(target.Type) || DictionaryFormOf(target.Type) is not { } form)
        {
            return (null, $"'{target.Name}' must be a dictionary by string too");
        }

        ITypeSymbol sent = ((INamedTypeSymbol)property.Type).TypeArguments[1], kept = ((INamedTypeSymbol)target.Type).TypeArguments[1];
        (ITypeSymbol from, bool isNullableStruct) = (sent.WithoutNullable(), sent.IsValueType && sent.IsNullable());
        if (from.PatchAttribute() is not null)
        {
            string? reason = NestedMismatch(from, kept, $"a value of '{target.Name}'");
            return (new MapTargetSpec(isNullableStruct ? MapMerge.NullablePatches : MapMerge.Patches, form), reason);
        }

        return SymbolEqualityComparer.Default.Equals(sent, kept) ? (new MapTargetSpec(MapMerge.Values, form), null)
            : isNullableStruct && SymbolEqualityComparer.Default.Equals(from, kept) ? (new MapTargetSpec(MapMerge.NullableValues, form), null)
            : (null, $"its values are '{sent.ToDisplayString()}', and those of '{target.Name}' are '{kept.ToDisplayString()}'");
    }

    /// <summary>What members that are not declared can be kept in.</summary>
    private static bool IsOpenMap(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, var value] }
        && type.ToName() is "System.Collections.Generic.IDictionary" or "System.Collections.Generic.IReadOnlyDictionary" or "System.Collections.Generic.Dictionary"
        && value.IsNamed("System.Text.Json.JsonElement");
}
