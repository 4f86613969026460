using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Warns of patches that a <c>JsonSerializerContext</c> writes without their converter: every absent member would be sent as null, and clear what it should leave alone. System.Text.Json's generator
/// does not see the generated half of a patch, which has the converter; reflection does, so that calls without a context are right as they are.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SerializationAnalyzer : DiagnosticAnalyzer
{
    // A generic type may hold itself with ever larger arguments.
    private const int MaxTypes = 10_000;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.NoConverter];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static compilation =>
        {
            if (compilation.Compilation.GetTypeByMetadataName(KnownTypes.Patch) is not null)
            {
                compilation.RegisterSymbolAction(AnalyzeContext, SymbolKind.NamedType);
            }
        });
    }

    private static void AnalyzeContext(SymbolAnalysisContext context)
    {
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        bool includesFields = context.Symbol.Attribute(KnownTypes.JsonSourceGenerationOptions)?.Argument("IncludeFields") is true;
        foreach (AttributeData attribute in context.Symbol.GetAttributes())
        {
            if (attribute.Is(KnownTypes.JsonSerializable) && attribute.ConstructorArguments is [{ Value: ITypeSymbol root }])
            {
                foreach (ITypeSymbol patch in UnconvertedPatches(root, includesFields, seen, context.Compilation, context.CancellationToken))
                {
                    context.ReportDiagnostic(Report(patch, attribute.LocationOr(context.Symbol)));
                }
            }
        }
    }

    /// <summary>The patches that are written where a value of a type is, by what the source generator of System.Text.Json sees.</summary>
    private static IEnumerable<ITypeSymbol> UnconvertedPatches(
        ITypeSymbol root, bool includesFields, HashSet<ITypeSymbol> seen, Compilation compilation, CancellationToken cancellationToken)
    {
        var next = new Stack<ITypeSymbol>([root]);
        while (next.Count > 0 && seen.Count < MaxTypes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ITypeSymbol type = next.Pop();
            if (!seen.Add(type) || type.GetAttributes().Any(a => a.NamesConverter() && IsSeenBySerializer(a, compilation)))
            {
                continue;
            }

            if (type.PatchAttribute() is not null)
            {
                yield return type;
                continue;
            }

            foreach (ITypeSymbol part in Parts(type, includesFields, compilation))
            {
                next.Push(part);
            }
        }
    }

    // A type of another assembly can hold a patch of this one only by its arguments: List<P>, P?, Response<P>. Patches of other assemblies have both halves.
    private static ImmutableArray<ITypeSymbol> Parts(ITypeSymbol type, bool includesFields, Compilation compilation) => type switch
    {
        IArrayTypeSymbol array => [array.ElementType],
        INamedTypeSymbol named when !SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, compilation.Assembly) => named.TypeArguments,
        INamedTypeSymbol named =>
        [
            .. Members(named, includesFields),
            .. named.AllInterfaces.Where(static i => i.Name is "IEnumerable" or "IAsyncEnumerable").SelectMany(static i => i.TypeArguments),
            .. named.GetAttributes().Where(static a => a.Is(KnownTypes.JsonDerivedType)).Select(static a => a.ConstructorArguments.FirstOrDefault().Value).OfType<ITypeSymbol>(),
        ],
        _ => [],
    };

    private static IEnumerable<ITypeSymbol> Members(INamedTypeSymbol type, bool includesFields)
    {
        foreach (ISymbol member in (type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Prepend(type) : type.BaseTypes()).SelectMany(static t => t.GetMembers()))
        {
            if (member is { IsStatic: false } && !member.IsIgnored() && !member.GetAttributes().Any(static a => a.NamesConverter()) && (member.DeclaredAccessibility == Accessibility.Public || member.Has(KnownTypes.JsonInclude)))
            {
                switch (member)
                {
                    case IPropertySymbol { IsIndexer: false } property:
                        yield return property.Type;
                        break;
                    case IFieldSymbol field when includesFields || field.Has(KnownTypes.JsonInclude):
                        yield return field.Type;
                        break;
                }
            }
        }
    }

    // An analyzer sees the generated half too; a generator does not see what another generates in the same compilation.
    private static bool IsSeenBySerializer(AttributeData converter, Compilation compilation) =>
        converter.ApplicationSyntaxReference?.SyntaxTree is not { } tree || !tree.FilePath.Contains(typeof(PatchGenerator).FullName!) || !compilation.ContainsSyntaxTree(tree);

    // The fix goes to the record, wherever it is declared.
    private static Diagnostic Report(ITypeSymbol patch, Location location) =>
        Diagnostic.Create(DiagnosticDescriptors.NoConverter, location, patch.DeclaringSyntaxReferences.Take(1).Select(static r => Location.Create(r.SyntaxTree, r.Span)), patch.Name);
}
