using System.Collections.Generic;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Lists of the document that are patched by key: <c>[KeyedBy]</c>.</content>
internal sealed partial class PatchParser
{
    /// <summary>A dictionary of patches by key; null, and reported, when the member is another.</summary>
    private MapCodec? ParseKeyedList(IPropertySymbol property, ITypeSymbol type, AttributeData keyedBy)
    {
        ITypeSymbol? key = null, value = null;
        if (type is INamedTypeSymbol { TypeArguments: [var first, var second] } && DictionaryFormOf(type) is DictionaryForm.Dictionary)
        {
            (key, value) = (first, second);
        }

        ITypeSymbol? patch = value?.WithoutNullable();
        string? reason = key is null || patch is null
                ? $"it is a '{DisplayName(type)}'; declare a Dictionary of keys and patches, such as Dictionary<int, LinePatch?>"
            : !IsKey(key) ? $"its keys are '{key.ToDisplayString()}'; use string, a whole number or Guid"
            : patch.PatchAttribute() is null
                ? $"its values, '{DisplayName(patch)}', are not patches; declare a [Patch<TItem>] record for the items of the list"
            : null;
        if (Reject(DiagnosticDescriptors.KeyedList, keyedBy.LocationOr(property), reason, property.Name))
        {
            return null;
        }

        CodecSpec item = new PatchCodec(patch!.ToBareSpec());
        item = patch!.Is(value) ? item : new NullableCodec(value!.ToSpec(), item);
        return new MapCodec(type.ToBareSpec(), key!.ToSpec(), item, value!.IsNullable(), DictionaryForm.Dictionary, IsList: true);
    }

    private static string DisplayName(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString();

    private static bool IsKey(ITypeSymbol type) =>
        !type.IsNullable() && type.ToPlainType() is PlainType.String or PlainType.Guid or (>= PlainType.SByte and <= PlainType.UInt64);

    /// <summary>The document's list that a member patches; null, and reported, when it is none.</summary>
    private ListTargetSpec? ParseListTarget(IPropertySymbol property, IPropertySymbol target)
    {
        AttributeData keyedBy = property.Attribute(KnownTypes.KeyedBy)!;
        var types = (INamedTypeSymbol)property.Type;
        ITypeSymbol list = target.Type.WithoutNullable(), patch = types.TypeArguments[1].WithoutNullable();
        ITypeSymbol? item = IsList(list) ? ItemOf(list) : null;
        string name = keyedBy.FirstArgument() as string ?? "";
        IPropertySymbol? key = item?.AllProperties().FirstOrDefault(p => p.Name == name);
        bool allowCreate = keyedBy.Argument("AllowCreate") is true;
        string? reason = item is null
                ? $"'{target.Name}' is a '{DisplayName(list)}'; declare it as a list, an array or a collection that can be created"
            : NestedMismatch(patch, item, $"an item of '{target.Name}'", exists: true)
                ?? KeyMismatch(patch, item, name, key, types.TypeArguments[0])
                ?? (allowCreate ? CreateReason(item, key!) : null);
        if (Reject(DiagnosticDescriptors.KeyedList, keyedBy.LocationOr(property), reason, property.Name))
        {
            return null;
        }

        bool isInPlace = !IsCopied && Implements(list, SpecialType.System_Collections_Generic_ICollection_T);
        bool isMutable = isInPlace && list is not IArrayTypeSymbol && !list.ToName().StartsWith(Immutable, StringComparison.Ordinal);
        ListUpdate update = isMutable && !IsSettable(target) && !property.Type.IsNullable() ? ListUpdate.InPlaceOnly
            : isInPlace ? ListUpdate.InPlace
            : ListUpdate.Replace;
        bool isMade = CollectionOf(list) is not ({ Form: CollectionForm.Array } or { Form: CollectionForm.Expression })
            || list.ToName().StartsWith(Immutable, StringComparison.Ordinal);
        return new ListTargetSpec(item!.ToBareSpec(), name, allowCreate, update, isMade);
    }

    // Whether generated code can create it from items.
    private bool IsList(ITypeSymbol type) =>
        type is IArrayTypeSymbol { Rank: 1 }
        || CollectionOf(type) is { Form: CollectionForm.Array or CollectionForm.Expression, IsSet: false }
        || (type.TypeKind == TypeKind.Class && Implements(type, SpecialType.System_Collections_Generic_ICollection_T) && CanBeMade(type)
            && type.BaseTypes().SelectMany(static t => t.GetMembers("Add")).OfType<IMethodSymbol>().Any(IsUsable));

    private static bool Implements(ITypeSymbol type, SpecialType contract) =>
        type.AllInterfaces.Append(type).Any(one => one.OriginalDefinition.SpecialType == contract);

    private string? KeyMismatch(ITypeSymbol patch, ITypeSymbol item, string name, IPropertySymbol? key, ITypeSymbol keys) =>
        key is null ? $"'{item.Name}' has no property '{name}'; name the one that has the key of an item"
        : !IsUsable(key.GetMethod ?? key.OverriddenProperty?.GetMethod) ? $"the key '{item.Name}.{name}' cannot be read"
        : !key.Type.Is(keys)
            ? $"the key '{item.Name}.{name}' is a '{key.Type.ToDisplayString()}', and the keys of the dictionary are "
                + $"'{keys.ToDisplayString()}'; use one type"
        : patch.AllProperties().FirstOrDefault(p => TargetName(p) == name && IsMember(p)) is { } member
            ? $"'{patch.Name}.{member.Name}' is the key of an item, which never changes; remove it from '{patch.Name}'"
        : null;

    // Of a patch in another assembly, both halves are one property.
    private static bool IsMember(IPropertySymbol property) =>
        property.IsPartialDefinition
        || (property.DeclaringSyntaxReferences.IsEmpty && !property.IsIgnored() && property.SetMethod is not null);

    private string? CreateReason(ITypeSymbol item, IPropertySymbol key) =>
        !IsUsable(key.SetMethod ?? key.OverriddenProperty?.SetMethod)
            ? $"AllowCreate needs a key that can be set; give '{item.Name}.{key.Name}' an init accessor, or remove AllowCreate"
        : !CanBeMade(item, key.Name)
            ? $"'{item.Name}' cannot be created: give it a parameterless constructor, and no required members but '{key.Name}', or remove "
                + "AllowCreate"
        : null;

    /// <summary>Whether the patch of a member patches a list by key, at any depth.</summary>
    private static bool HasListsBelow(IPropertySymbol property, CodecSpec codec) =>
        codec is PatchCodec or MapCodec && PatchIn(property.Type) is { } patch && HasLists(patch, []);

    private static bool HasLists(ITypeSymbol patch, HashSet<ISymbol> above) =>
        above.Add(patch) && patch.GetMembers().OfType<IPropertySymbol>().Any(member =>
            member.Has(KnownTypes.KeyedBy) || (PatchIn(member.Type) is { } below && HasLists(below, above)));

    // The patch that a member is, or that the values of a dictionary are.
    private static ITypeSymbol? PatchIn(ITypeSymbol type) =>
        (type.WithoutNullable() is INamedTypeSymbol { TypeArguments: [_, var value] } ? value : type).WithoutNullable() is var patch
            && patch.PatchAttribute() is not null
            ? patch
            : null;
}
