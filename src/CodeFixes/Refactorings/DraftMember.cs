using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Layers.PatchGen.CodeFixes.Refactorings;

/// <summary>A member that a patch could have.</summary>
/// <param name="Name">The name of the property, and of the document's.</param>
/// <param name="Declaration">The property in full names, without attributes.</param>
/// <param name="Attributes">What the document says of its name in JSON and of its limits, in full names, without brackets.</param>
internal sealed record DraftMember(string Name, string Declaration, ImmutableArray<string> Attributes)
{
    private static readonly string[] Kept = [KnownTypes.Key, KnownTypes.ChangedAt, KnownTypes.NotInResponse];

    /// <summary>
    /// The properties of a document that can be set from a type or assembly, its id and what it keeps for itself left out.
    /// </summary>
    public static IEnumerable<DraftMember> Of(ITypeSymbol document, ISymbol within, Compilation compilation) =>
        document.AllProperties()
            .GroupBy(static p => p.Name)
            .Select(static group => group.First())
            .Where(p => p.SetMethod is { } setter && (!setter.IsInitOnly || document.IsRecord || document.IsValueType)
                && compilation.IsSymbolAccessibleWithin(setter, within)
                && p.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
                && !Kept.Any(p.Has) && !p.IsIgnored())
            .Select(p => Of(p, compilation));

    private static DraftMember Of(IPropertySymbol property, Compilation compilation)
    {
        bool isOpen = property.Has(KnownTypes.JsonExtensionData);
        ITypeSymbol type = !isOpen && PatchParser.IsMap(property.Type)
            ? WithRemovableKeys((INamedTypeSymbol)property.Type, compilation)
            : property.Type.WithoutNullable();
        string code = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolExtensions.WithNullability);
        if (PatchOf(type, compilation.Assembly.GlobalNamespace) is { } patch)
        {
            code = patch.ToDisplayString(SymbolExtensions.WithNullability);
        }

        string nullable = property.Type.IsNullable() && !isOpen ? "?" : "";
        string name = SyntaxFacts.GetKeywordKind(property.Name) == SyntaxKind.None ? property.Name : "@" + property.Name;
        return new DraftMember(
            property.Name,
            $"{SyntaxFacts.GetText(property.DeclaredAccessibility)} partial {code}{nullable} {name} {{ get; init; }}",
            [.. property.GetAttributes().Where(IsOfBody).Select(Write)]);
    }

    // The values of a dictionary may be null, which removes their key; those that are patched are patches.
    private static INamedTypeSymbol WithRemovableKeys(INamedTypeSymbol map, Compilation compilation)
    {
        ITypeSymbol value = map.TypeArguments[1];
        value = PatchOf(value.WithoutNullable(), compilation.Assembly.GlobalNamespace) ?? value;
        if (value.IsValueType && !value.IsNullable())
        {
            value = compilation.GetSpecialType(SpecialType.System_Nullable_T).Construct(value);
        }

        return map.OriginalDefinition.Construct(
            [map.TypeArguments[0], value],
            [NullableAnnotation.NotAnnotated, NullableAnnotation.Annotated]);
    }

    // What decides about the body is the same for the patch; that a value is required is not.
    private static bool IsOfBody(AttributeData attribute) =>
        attribute.Is(KnownTypes.JsonPropertyName) || attribute.Is(KnownTypes.JsonExtensionData)
        || (attribute.AttributeClass is { } type && PatchParser.IsValidation(type)
            && !attribute.Is(KnownTypes.Annotations + "RequiredAttribute"));

    private static string Write(AttributeData attribute)
    {
        string name = attribute.AttributeClass!.ToDisplayString(SymbolExtensions.WithNullability);
        IEnumerable<string> arguments = attribute.ConstructorArguments.SelectMany(Write)
            .Concat(attribute.NamedArguments.Select(static a => $"{a.Key} = {string.Join("", Write(a.Value))}"));
        string list = string.Join(", ", arguments);
        int suffix = attribute.AttributeClass.Name.Length - attribute.AttributeClass.ShortName().Length;
        return name.Substring(0, name.Length - suffix) + (list.Length == 0 ? "" : $"({list})");
    }

    // The arrays of these attributes are all "params".
    private static IEnumerable<string> Write(TypedConstant value) =>
        value.Kind == TypedConstantKind.Array && !value.IsNull ? value.Values.SelectMany(Write) : [value.ToCSharpString()];

    private static INamedTypeSymbol? PatchOf(ITypeSymbol document, INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .Select(member => member is INamedTypeSymbol type
                && type.PatchAttribute()?.AttributeClass is { TypeArguments: [var patched] } && patched.Is(document)
                    ? type
                    : PatchOf(document, member))
            .Where(static patch => patch is not null)
            .OrderBy(patch => patch!.Name == document.Name + "Patch" ? 0 : 1)
            .FirstOrDefault();
}
