using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>Helpers for symbols and attributes.</summary>
internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat MetadataFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>A type as it is written in generated code, which has no usings.</summary>
    public static readonly SymbolDisplayFormat WithNullability = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    // By their names in the namespace System.
    private static readonly Dictionary<string, PlainType> SystemTypes =
        Enumerable.Range(0, (int)PlainType.Bytes).ToDictionary(static i => ((PlainType)i).ToString(), static i => (PlainType)i);

    // By PlainType. Most members have one of these types, and ToDisplayString is slow.
    private static readonly string[] Keywords =
        ["string", "bool", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal"];

    /// <summary>The type as it is declared.</summary>
    public static TypeSpec ToSpec(this ITypeSymbol type)
    {
        ITypeSymbol bare = type.WithoutNullable();
        string name = bare.ToPlainType() is { } plain and <= PlainType.Decimal
            ? Keywords[(int)plain]
            : bare.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(WithNullability);
        return new TypeSpec(name, type.IsValueType, type.IsNullable());
    }

    /// <summary>The type without its question mark.</summary>
    public static TypeSpec ToBareSpec(this ITypeSymbol type) => type.ToSpec().Bare;

    public static PlainType? ToPlainType(this ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => PlainType.Bytes,
        { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } =>
            SystemTypes.TryGetValue(type.Name, out PlainType plain) ? plain : null,
        _ when type.IsNamed("System.Text.Json.JsonElement") => PlainType.JsonElement,
        _ when type.IsNamed("System.Text.Json.Nodes.JsonNode") => PlainType.JsonNode,
        _ => null,
    };

    /// <summary>The type as one of numbers; null for any other.</summary>
    public static PlainType? ToNumberType(this ITypeSymbol type) =>
        type.ToPlainType() is { } plain and >= PlainType.SByte and <= PlainType.Decimal ? plain : null;

    /// <summary><c>Shop.Todo</c>: containing types joined by dots, no type arguments.</summary>
    public static string ToName(this INamespaceOrTypeSymbol symbol) => symbol.ToDisplayString(MetadataFormat);

    public static AttributeData? Attribute(this ISymbol symbol, string fullName)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.Is(fullName))
            {
                return attribute;
            }
        }

        return null;
    }

    public static bool Has(this ISymbol symbol, string fullName) => symbol.Attribute(fullName) is not null;

    public static bool Is(this AttributeData attribute, string fullName) => attribute.AttributeClass is { } type && type.IsNamed(fullName);

    /// <summary><c>[JsonConverter]</c>, or an attribute of the user's that inherits from it.</summary>
    public static bool NamesConverter(this AttributeData attribute) => attribute.AttributeClass?.Inherits(KnownTypes.JsonConverter) is true;

    /// <summary>The attribute's name as it is written in brackets.</summary>
    public static string ShortName(this INamedTypeSymbol attribute) =>
        attribute.Name.EndsWith("Attribute", StringComparison.Ordinal)
            ? attribute.Name.Substring(0, attribute.Name.Length - "Attribute".Length)
            : attribute.Name;

    /// <summary>The types are the same, the nullability of references aside.</summary>
    public static bool Is(this ITypeSymbol type, ITypeSymbol? other) => SymbolEqualityComparer.Default.Equals(type, other);

    /// <summary>The type is the one of that full name; of a generic type, the name has no arity.</summary>
    public static bool IsNamed(this ITypeSymbol type, string fullName) => EndsIn(type, fullName, fullName.Length);

    // Compared from the back, without a string for the name: most types differ in their own name already.
    private static bool EndsIn(INamespaceOrTypeSymbol symbol, string fullName, int end)
    {
        int start = end - symbol.Name.Length;
        if (start < 0 || string.CompareOrdinal(symbol.Name, 0, fullName, start, symbol.Name.Length) != 0)
        {
            return false;
        }

        INamespaceOrTypeSymbol? container = symbol.ContainingType ?? (INamespaceOrTypeSymbol?)symbol.ContainingNamespace;
        return container is null or INamespaceSymbol { IsGlobalNamespace: true } ? start == 0
            : start > 0 && fullName[start - 1] == '.' && EndsIn(container, fullName, start - 1);
    }

    /// <summary>The type is the one of that full name, or inherits from it.</summary>
    public static bool Inherits(this ITypeSymbol type, string fullName) => type.BaseTypes().Any(t => t.IsNamed(fullName));

    /// <summary>The property, or the field, is neither written to JSON nor read: <c>[JsonIgnore]</c> without a condition.</summary>
    public static bool IsIgnored(this ISymbol member) =>
        member.Attribute(KnownTypes.JsonIgnore) is { } ignore && ignore.Argument("Condition") is null or 1;

    /// <summary>The value of a named argument; null for an array.</summary>
    public static object? Argument(this AttributeData attribute, string name)
    {
        TypedConstant constant = attribute.NamedArguments.FirstOrDefault(pair => pair.Key == name).Value;
        return constant.Kind is TypedConstantKind.Error or TypedConstantKind.Array ? null : constant.Value;
    }

    /// <summary>The arguments of the constructor; null for an array, and for null.</summary>
    public static object?[] Arguments(this AttributeData attribute) =>
        [.. attribute.ConstructorArguments.Select(static a => a.Kind == TypedConstantKind.Array ? null : a.Value)];

    public static object? FirstArgument(this AttributeData attribute) => attribute.Arguments().FirstOrDefault();

    /// <summary>The items of an array, or the one constant.</summary>
    public static ImmutableArray<TypedConstant> Items(this TypedConstant constant) =>
        constant.Kind != TypedConstantKind.Array ? [constant] : constant.IsNull ? [] : constant.Values;

    public static Location LocationOr(this AttributeData attribute, ISymbol symbol) =>
        attribute.ApplicationSyntaxReference is { } reference
            ? Location.Create(reference.SyntaxTree, reference.Span)
            : symbol.Locations.FirstOrDefault() ?? Location.None;

    /// <summary>The patch attribute of a type, if it is a patch.</summary>
    public static AttributeData? PatchAttribute(this ITypeSymbol type) => type.Attribute(KnownTypes.Patch);

    /// <summary>The properties of a type, its own first, then those it inherits.</summary>
    public static IEnumerable<IPropertySymbol> AllProperties(this ITypeSymbol type) =>
        type.BaseTypes().SelectMany(static t => t.GetMembers()).OfType<IPropertySymbol>()
            .Where(static p => !p.IsStatic && !p.IsIndexer && p.ExplicitInterfaceImplementations.IsEmpty);

    /// <summary>A type and those that it inherits from, without <see cref="object"/>.</summary>
    public static IEnumerable<ITypeSymbol> BaseTypes(this ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>The named types that a type is written with: itself, those that contain it, its arguments, the items of an array.</summary>
    public static IEnumerable<INamedTypeSymbol> Parts(this ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.Parts(),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Parts).Concat(named.ContainingType?.Parts() ?? []).Prepend(named),
        _ => [],
    };

    /// <summary>The constructor is the one that <c>new()</c> calls.</summary>
    public static bool IsCalledWithoutArguments(this IMethodSymbol constructor) =>
        constructor.Parameters.All(static p => p.IsOptional || p.IsParams);

    /// <summary>Strips <c>Nullable&lt;T&gt;</c>.</summary>
    public static ITypeSymbol WithoutNullable(this ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    /// <summary>The default of a type, for people.</summary>
    public static string ToDefaultText(this ITypeSymbol type) =>
        type.IsNullable() || type.IsReferenceType ? "null"
        : type.SpecialType == SpecialType.System_Boolean ? "false"
        : type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double ? "0"
        : $"default({type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)})";

    public static bool IsNullable(this ITypeSymbol type) =>
        type.IsValueType
            ? type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            : type.NullableAnnotation == NullableAnnotation.Annotated;
}
