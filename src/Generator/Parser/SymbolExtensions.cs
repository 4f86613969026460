using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>Questions asked of symbols.</summary>
internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat MetadataFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static readonly SymbolDisplayFormat WithNullability = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat WithoutNullability = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary><c>global::Shop.Todo?</c>, as it is declared.</summary>
    public static string ToCode(this ITypeSymbol type) =>
        Keyword(type.WithoutNullable()) is { } keyword ? type.IsNullable() ? keyword + "?" : keyword : type.ToDisplayString(WithNullability);

    /// <summary><c>global::Shop.Todo</c>, the question mark of a reference type left out.</summary>
    public static string ToBareCode(this ITypeSymbol type) => Keyword(type) ?? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(WithoutNullability);

    // Most members are of these types, and to ask for their names would cost more than all else that is asked of them.
    private static string? Keyword(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => "string",
        SpecialType.System_Boolean => "bool",
        SpecialType.System_SByte => "sbyte",
        SpecialType.System_Byte => "byte",
        SpecialType.System_Int16 => "short",
        SpecialType.System_UInt16 => "ushort",
        SpecialType.System_Int32 => "int",
        SpecialType.System_UInt32 => "uint",
        SpecialType.System_Int64 => "long",
        SpecialType.System_UInt64 => "ulong",
        SpecialType.System_Single => "float",
        SpecialType.System_Double => "double",
        SpecialType.System_Decimal => "decimal",
        _ => null,
    };

    /// <summary><c>Shop.Todo</c>: containing types joined by dots, no type arguments.</summary>
    public static string ToName(this ITypeSymbol type) => type.ToDisplayString(MetadataFormat);

    public static AttributeData? Attribute(this ISymbol symbol, string fullName) => symbol.GetAttributes().FirstOrDefault(a => a.Is(fullName));

    public static bool Has(this ISymbol symbol, string fullName) => symbol.Attribute(fullName) is not null;

    public static bool Is(this AttributeData attribute, string fullName) => attribute.AttributeClass is { } type && type.IsNamed(fullName);

    /// <summary><c>[JsonConverter]</c>, or an attribute of the user's that inherits from it.</summary>
    public static bool NamesConverter(this AttributeData attribute) => attribute.AttributeClass?.Inherits(KnownTypes.JsonConverter) is true;

    /// <summary>The type is the one of that full name; of a generic type, the name stands without its arity.</summary>
    public static bool IsNamed(this ITypeSymbol type, string fullName)
    {
        // Compared from the back, so that the common case of another type costs a comparison of one name.
        int dot = fullName.LastIndexOf('.');
        return string.CompareOrdinal(type.Name, 0, fullName, dot + 1, int.MaxValue) == 0 && type.ToName() == fullName;
    }

    /// <summary>The type is the one of that full name, or inherits from it.</summary>
    public static bool Inherits(this ITypeSymbol type, string fullName)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.IsNamed(fullName))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The property, or the field, is neither written to JSON nor read: <c>[JsonIgnore]</c> without a condition.</summary>
    public static bool IsIgnored(this ISymbol member) => member.Attribute(KnownTypes.JsonIgnore) is { } ignore && ignore.Argument("Condition") is null or 1;

    public static object? Argument(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(pair => pair.Key == name).Value is { Kind: not TypedConstantKind.Error and not TypedConstantKind.Array } constant ? constant.Value : null;

    public static Location LocationOr(this AttributeData attribute, ISymbol symbol) =>
        attribute.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : symbol.Locations.FirstOrDefault() ?? Location.None;

    /// <summary>The patch attribute of a type, if it is a patch.</summary>
    public static AttributeData? PatchAttribute(this ITypeSymbol type) => type.GetAttributes().FirstOrDefault(static a => a.Is(KnownTypes.Patch));

    /// <summary>The properties of a type, its own first, then those it inherits.</summary>
    public static IEnumerable<IPropertySymbol> AllProperties(this ITypeSymbol type)
    {
        foreach (ITypeSymbol current in type.BaseTypes())
        {
            foreach (IPropertySymbol property in current.GetMembers().OfType<IPropertySymbol>())
            {
                if (!property.IsStatic && !property.IsIndexer && property.ExplicitInterfaceImplementations.IsEmpty)
                {
                    yield return property;
                }
            }
        }
    }

    /// <summary>A type and those that it inherits from, without <see cref="object"/>.</summary>
    public static IEnumerable<ITypeSymbol> BaseTypes(this ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>The constructor is the one that <c>new()</c> calls.</summary>
    public static bool IsCalledWithoutArguments(this IMethodSymbol constructor) => constructor.Parameters.All(static p => p.IsOptional || p.IsParams);

    /// <summary>Strips <c>Nullable&lt;T&gt;</c>.</summary>
    public static ITypeSymbol WithoutNullable(this ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    /// <summary>The default of a type, for people.</summary>
    public static string ToDefaultText(this ITypeSymbol type) =>
        type.IsNullable() || type.IsReferenceType ? "null"
        : type.SpecialType == SpecialType.System_Boolean ? "false"
        : type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double ? "0"
        : $"default({type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)})";

    public static bool IsNullable(this ITypeSymbol type) =>
        type.IsValueType ? type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T : type.NullableAnnotation == NullableAnnotation.Annotated;
}
