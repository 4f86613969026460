using System.Linq;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Enums: by names or by numbers, as the document writes them.</content>
internal sealed partial class PatchParser
{
    /// <summary>The codec of an enum; null when a body could not state each value.</summary>
    private CodecSpec? ParseEnum(IPropertySymbol property, ITypeSymbol type)
    {
        AttributeData? converter = property.Type.WithoutNullable().Is(type) ? ConverterOf(property) : null;
        EnumForm form = converter is not null ? DocumentJson.FormOf(converter) : DocumentJson.FormOf(type, property: null);
        IFieldSymbol[] fields = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static f => f.HasConstantValue)];
        if (fields.Length == 0)
        {
            _enumReason = $"'{type.Name}' has no members, so that no value would be valid; declare some";
            return null;
        }

        return form == EnumForm.Numbers ? NumbersOf((INamedTypeSymbol)type, fields) : NamesOf(type, fields, form);
    }

    private static EnumNumberCodec NumbersOf(INamedTypeSymbol type, IFieldSymbol[] fields) => new(
        type.ToBareSpec(),
        type.EnumUnderlyingType!.ToBareSpec(),
        type.Has("System.FlagsAttribute"),
        fields.GroupBy(static f => f.ConstantValue).Select(static same => same.First().Name).ToEquatable());

    // Where the document is declared to be written by names, they are its names, whatever the naming of the patch.
    private EnumCodec? NamesOf(ITypeSymbol type, IFieldSymbol[] fields, EnumForm form)
    {
        var names = fields.ToLookup(field => form == EnumForm.Names ? DocumentJson.NameOf(field)
            : field.Attribute(KnownTypes.JsonEnumMemberName)?.FirstArgument() as string
                ?? field.Attribute(KnownTypes.EnumMember)?.Argument("Value") as string
                ?? Naming.Convert(field.Name, _naming));
        if (names.FirstOrDefault(static same => same.Any(f => !f.ConstantValue!.Equals(same.First().ConstantValue))) is { } same)
        {
            _enumReason = $"'{same.First().Name}' and '{same.Last().Name}' of '{type.Name}' are both \"{same.Key}\"; "
                + "rename one with [JsonStringEnumMemberName]";
            return null;
        }

        return new EnumCodec(type.ToBareSpec(), names.Select(static n => new EnumMemberSpec(n.Key, n.First().Name)).ToEquatable());
    }
}
