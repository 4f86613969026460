using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>The names that System.Text.Json gives the members and values of documents.</summary>
internal static class DocumentJson
{
    private const string Serialization = "System.Text.Json.Serialization.";

    /// <summary>The naming policy of a serializer context.</summary>
    public static NamingPolicy NamingOf(INamedTypeSymbol context)
    {
        AttributeData? options = context.Attribute(KnownTypes.JsonSourceGenerationOptions);
        bool isWeb = options?.FirstArgument() is 1;
        return (options?.Argument("PropertyNamingPolicy") as int? ?? 0) switch
        {
            0 when !isWeb => NamingPolicy.AsDeclared,
            0 => NamingPolicy.CamelCase,
            var policy => (NamingPolicy)(policy - 1), // Theirs begin with none, and have the same order.
        };
    }

    /// <summary>The name of a property.</summary>
    public static string NameOf(IPropertySymbol property, NamingPolicy policy) =>
        property.Attribute(KnownTypes.JsonPropertyName)?.FirstArgument() as string ?? Naming.Convert(property.Name, policy);

    /// <summary>How the values of an enum are written by the converter that the property names, or the enum.</summary>
    public static EnumForm FormOf(ITypeSymbol type, IPropertySymbol? property)
    {
        AttributeData? onProperty = property?.GetAttributes().FirstOrDefault(static a => a.NamesConverter());
        return (onProperty ?? type.GetAttributes().FirstOrDefault(static a => a.NamesConverter())) is { } converter
            ? FormOf(converter)
            : EnumForm.Undeclared;
    }

    /// <summary>How the values of an enum are written by a converter.</summary>
    public static EnumForm FormOf(AttributeData converter) => FormOf(converter.FirstArgument() as ITypeSymbol);

    /// <summary>How a serializer context writes the values of an enum, for which nothing else is declared.</summary>
    public static EnumForm FormOf(ITypeSymbol type, INamedTypeSymbol context)
    {
        AttributeData? options = context.Attribute(KnownTypes.JsonSourceGenerationOptions);
        ITypeSymbol? converter = ConvertersOf(context).FirstOrDefault(c =>
            c.BaseTypes().OfType<INamedTypeSymbol>().Any(b => b.TypeArguments is [var argument] && argument.Is(type))
            || c.IsNamed(Serialization + "JsonStringEnumConverter"));
        return converter is not null ? FormOf(converter)
            : options?.Argument("UseStringEnumConverter") is true ? EnumForm.Names
            : EnumForm.Numbers;
    }

    /// <summary>The context names converters, which may read anything.</summary>
    public static bool HasConverters(INamedTypeSymbol context) => ConvertersOf(context).Any();

    private static IEnumerable<ITypeSymbol> ConvertersOf(INamedTypeSymbol context) =>
        context.Attribute(KnownTypes.JsonSourceGenerationOptions)?.NamedArguments.Where(static a => a.Key == "Converters")
            .SelectMany(static a => a.Value.Items()).Select(static item => item.Value).OfType<ITypeSymbol>() ?? [];

    /// <summary>The name of a value that is written by its name.</summary>
    public static string NameOf(IFieldSymbol value) =>
        value.Attribute(KnownTypes.JsonEnumMemberName)?.FirstArgument() as string ?? value.Name;

    private static EnumForm FormOf(ITypeSymbol? converter) =>
        converter?.IsNamed(Serialization + "JsonStringEnumConverter") is true ? EnumForm.Names
        : converter?.IsNamed(Serialization + "JsonNumberEnumConverter") is true ? EnumForm.Numbers
        : EnumForm.Custom;
}

/// <summary>How the values of an enum are written.</summary>
internal enum EnumForm
{
    /// <summary>Nothing is declared.</summary>
    Undeclared,

    /// <summary>By their names, as declared or as named by <c>[JsonStringEnumMemberName]</c>.</summary>
    Names,

    /// <summary>As numbers.</summary>
    Numbers,

    /// <summary>By a converter of the user's.</summary>
    Custom,
}
