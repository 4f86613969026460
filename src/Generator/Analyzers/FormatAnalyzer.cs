using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Finds what does not work with all formats of a body: arrays whose items have members that responses do not show, and endpoints that
/// read <c>PatchBody.Patch</c> where formats are enabled that need the document.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FormatAnalyzer()
    : PatchGenAnalyzer(KnownTypes.PatchEndpoint, DiagnosticDescriptors.HiddenItems, DiagnosticDescriptors.PatchWithoutDocument)
{
    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context)
    {
        context.RegisterSymbolAction(CheckItems, SymbolKind.NamedType);
        var reads = new ConcurrentBag<Location>();
        var enabled = new ConcurrentBag<bool>();
        context.RegisterOperationAction(
            operation =>
            {
                var reference = (IPropertyReferenceOperation)operation.Operation;
                INamedTypeSymbol type = reference.Property.ContainingType;
                if (reference.Property.Name == "Patch" && type.IsNamed(KnownTypes.PatchBody))
                {
                    reads.Add(reference.Syntax.GetLocation());
                }
                else if (reference.Property.Name == "Formats" && type.IsNamed(KnownTypes.PatchGenOptions) && IsEnabled(reference))
                {
                    enabled.Add(true);
                }
            },
            OperationKind.PropertyReference);
        context.RegisterCompilationEndAction(end =>
        {
            foreach (Location read in enabled.IsEmpty ? [] : reads.ToArray())
            {
                end.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.PatchWithoutDocument, read));
            }
        });
    }

    // What is set may not be a constant, such as a setting.
    private static bool IsEnabled(IPropertyReferenceOperation reference) =>
        reference.IsAssigned() && reference.Parent is IAssignmentOperation { Value.ConstantValue: var value } && value.Value is not 0;

    private static void CheckItems(SymbolAnalysisContext context)
    {
        var patch = (INamedTypeSymbol)context.Symbol;
        if (patch.Attribute(KnownTypes.PatchEndpoint) is { } endpoint
            && ((PatchFormats)(endpoint.Argument("Formats") as int? ?? 0)).HasFlag(PatchFormats.JsonPatch))
        {
            foreach ((ISymbol member, ISymbol hidden) in HiddenItems(patch, []))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    DiagnosticDescriptors.HiddenItems,
                    member.Locations[0],
                    member.Name,
                    $"{hidden.ContainingType.Name}.{hidden.Name}"));
            }
        }
    }

    // The members of a patch, and of the patches in it, that are arrays of such items.
    private static IEnumerable<(ISymbol Member, ISymbol Hidden)> HiddenItems(INamedTypeSymbol patch, HashSet<ITypeSymbol> above) =>
        !above.Add(patch) ? [] : patch.GetMembers().OfType<IPropertySymbol>().Where(static member => !member.IsStatic)
            .SelectMany(member => member.Type.WithoutNullable() switch
            {
                INamedTypeSymbol nested when nested.PatchAttribute() is not null => HiddenItems(nested, above),
                { } type when ItemOf(type) is { } item && Hidden(item, []) is { } hidden => [(member, hidden)],
                _ => [],
            });

    private static ITypeSymbol? ItemOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => null,
        IArrayTypeSymbol array => array.ElementType,
        _ => type.AllInterfaces.Append(type as INamedTypeSymbol)
            .FirstOrDefault(static one => one?.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            ?.TypeArguments[0],
    };

    /// <summary>The first member of a value that responses do not show, at any depth; null if they show all.</summary>
    private static ISymbol? Hidden(ITypeSymbol type, HashSet<ITypeSymbol> above)
    {
        type = type.WithoutNullable();
        if (type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true } || !above.Add(type))
        {
            return null;
        }

        for (ITypeSymbol? one = type; one is not null; one = one.BaseType)
        {
            foreach (IPropertySymbol property in one.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.Has(KnownTypes.NotInResponse))
                {
                    return property;
                }

                if (Hidden(ItemOf(property.Type) ?? property.Type, above) is { } below)
                {
                    return below;
                }
            }
        }

        return null;
    }
}
