using Layers.PatchGen.Generator.Emitter;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Values that hold others: arrays, lists, sets and dictionaries.</content>
internal sealed partial class PatchParser
{
    // Bytes are not an array in JSON, but a string.
    private static bool IsArray(ITypeSymbol type) => type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: not SpecialType.System_Byte };

    private static string ArrayCodec(IPropertySymbol property) => property.Has(KnownTypes.Distinct) ? "DistinctArrayValue" : "ArrayValue";

    private ValueSpec? ParseArray(IPropertySymbol property, ITypeSymbol array, ITypeSymbol type, string codec)
    {
        ValueSpec? item = type.IsNullable() ? null
            : IsArray(type) ? ParseArray(property, type, ((IArrayTypeSymbol)type).ElementType, "ArrayValue")
            : ParseScalar(type, property) ?? ParseThroughContext(type);
        return item is null ? null : new ValueSpec(ValueKind.Items, array.ToBareCode(), $"{Json}{codec}<{item.Type}, {item.CodecType}>", $"new({item.Codec})");
    }

    /// <summary>A list or a set: an array is read, and the collection made of it.</summary>
    private ValueSpec? ParseCollection(IPropertySymbol property, INamedTypeSymbol collection, ITypeSymbol type)
    {
        (string? make, bool isSet) = collection.ToName() switch
        {
            "System.Collections.Generic.IEnumerable" or "System.Collections.Generic.IReadOnlyList" or "System.Collections.Generic.IReadOnlyCollection" => ("items", false),
            "System.Collections.Generic.List" or "System.Collections.Generic.IList" or "System.Collections.Generic.ICollection"
                or "System.Collections.Immutable.ImmutableArray" or "System.Collections.Immutable.ImmutableList" or "System.Collections.Immutable.IImmutableList" => ("[.. items]", false),
            "System.Collections.Generic.HashSet" or "System.Collections.Generic.SortedSet" => ("new(items)", true),
            "System.Collections.Generic.ISet" or "System.Collections.Generic.IReadOnlySet" => ($"new global::System.Collections.Generic.HashSet<{type.ToBareCode()}>(items)", true),
            "System.Collections.Immutable.ImmutableHashSet" or "System.Collections.Immutable.ImmutableSortedSet" or "System.Collections.Immutable.IImmutableSet" => ("[.. items]", true),
            _ => ((string?)null, false),
        };
        if (make is null || ParseArray(property, collection, type, isSet ? "UniqueArrayValue" : ArrayCodec(property)) is not { } array)
        {
            return null;
        }

        return array with
        {
            CodecType = $"{Json}CollectionValue<{collection.ToBareCode()}, {type.ToBareCode()}, {array.CodecType}>",
            Codec = $"new({array.Codec}, static items => {make})",
        };
    }

    /// <summary>A dictionary by string: merged by key, and null removes one where its values may be null.</summary>
    private ValueSpec? ParseMap(IPropertySymbol property, INamedTypeSymbol map, ITypeSymbol type)
    {
        ITypeSymbol bare = type.WithoutNullable();
        ValueSpec? item = bare.PatchAttribute() is not null ? new ValueSpec(ValueKind.Nested, bare.ToBareCode(), $"{Json}PatchValue<{bare.ToBareCode()}>", "default")
            : IsArray(bare) ? ParseArray(property, bare, ((IArrayTypeSymbol)bare).ElementType, "ArrayValue")
            : bare is INamedTypeSymbol { TypeArguments: [var inner] } collection ? ParseCollection(property, collection, inner)
            : ParseScalar(bare, property);
        item ??= ParseThroughContext(bare);
        if (MapFactory(map) is not { } make || item is null)
        {
            return null;
        }

        if (!SymbolEqualityComparer.Default.Equals(bare, type))
        {
            item = item with { Type = item.Type + "?", CodecType = $"{Json}NullableValue<{item.Type}, {item.CodecType}>", Codec = $"new({item.Codec})" };
        }

        string code = map.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToCode(), takesNull = CSharpLiteral.Of(type.IsNullable());
        return new ValueSpec(
            ValueKind.Map,
            code,
            $"{Json}MapValue<{code}, {item.Type}, {item.CodecType}>",
            $"new({item.Codec}, takesNull: {takesNull}, static members => {(make.Length == 0 ? "members" : $"{Json}PatchMaps.{make}(members)")}!)",
            item);
    }

    /// <summary>The method that makes such a dictionary of one of the framework's; empty where that itself is one, and null for what is none.</summary>
    private static string? MapFactory(ITypeSymbol type) => type.ToName() switch
    {
        "System.Collections.Generic.Dictionary" or "System.Collections.Generic.IDictionary" or "System.Collections.Generic.IReadOnlyDictionary" => "",
        "System.Collections.Generic.SortedDictionary" => "Sorted",
        "System.Collections.Immutable.ImmutableDictionary" or "System.Collections.Immutable.IImmutableDictionary" => "Immutable",
        "System.Collections.Immutable.ImmutableSortedDictionary" => "ImmutableSorted",
        "System.Collections.Frozen.FrozenDictionary" => "Frozen",
        _ => null,
    };

    /// <summary>A dictionary by string, that a member can be.</summary>
    internal static bool IsMap(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, _] } && MapFactory(type) is not null;

    /// <summary>The document's dictionary that a member is merged into, or what is wrong with it.</summary>
    private (MapTargetSpec? Target, string? Reason) ParseMapTarget(IPropertySymbol property, IPropertySymbol target, ValueSpec value)
    {
        ITypeSymbol sent = ((INamedTypeSymbol)property.Type).TypeArguments[1];
        if (!IsMap(target.Type) || MapFactory(target.Type) is not { } make)
        {
            return (null, $"'{target.Name}' must be a dictionary by string too");
        }

        ITypeSymbol kept = ((INamedTypeSymbol)target.Type).TypeArguments[1];
        (ITypeSymbol from, bool isNullableStruct) = (sent.WithoutNullable(), sent.IsValueType && sent.IsNullable());
        if (value.Item!.Kind == ValueKind.Nested)
        {
            string? reason = NestedMismatch(from, kept, $"a value of '{target.Name}'");
            return (new MapTargetSpec(isNullableStruct ? "NullablePatches" : "Patches", $"{from.ToBareCode()}, {kept.ToBareCode()}", UsesItem: false, make), reason);
        }

        return SymbolEqualityComparer.Default.Equals(sent, kept) ? (new MapTargetSpec("", $"{value.Item.Type}, {value.Item.CodecType}", UsesItem: true, make), null)
            : isNullableStruct && SymbolEqualityComparer.Default.Equals(from, kept) ? (new MapTargetSpec("Nullable", $"{kept.ToBareCode()}, {value.Item.CodecType}", UsesItem: true, make), null)
            : (null, $"its values are '{sent.ToDisplayString()}', and those of '{target.Name}' are '{kept.ToDisplayString()}'");
    }

    /// <summary>What members that are not modelled can be kept in.</summary>
    private static bool IsOpenMap(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, var value] }
        && type.ToName() is "System.Collections.Generic.IDictionary" or "System.Collections.Generic.IReadOnlyDictionary" or "System.Collections.Generic.Dictionary"
        && value.ToName() == "System.Text.Json.JsonElement";
}
