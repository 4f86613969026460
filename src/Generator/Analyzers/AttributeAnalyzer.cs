using System.Collections.Immutable;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Warns of attributes that stand where nothing asks for them: a fence that closes nothing, a name that is not the member's.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AttributeAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] OfPatches = [KnownTypes.Fence, KnownTypes.PatchEndpoint];
    private static readonly string[] OfMembers = [KnownTypes.Selector, KnownTypes.PatchTo, KnownTypes.FencedUntil, KnownTypes.Distinct, KnownTypes.IsoDuration];
    private static readonly string[] OfDocuments = [KnownTypes.Key, KnownTypes.ChangedAt, KnownTypes.NotInResponse];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.UselessAttribute];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static compilation =>
        {
            if (compilation.Compilation.GetTypeByMetadataName(KnownTypes.Patch) is not null)
            {
                compilation.RegisterSymbolAction(static symbol => Report(symbol, UselessOnType), SymbolKind.NamedType);
                compilation.RegisterSymbolAction(static symbol => Report(symbol, UselessOnProperty), SymbolKind.Property);
            }
        });
    }

    private static void Report(SymbolAnalysisContext context, Func<ISymbol, AttributeData, string?> reasonOf)
    {
        foreach (AttributeData attribute in context.Symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && reasonOf(context.Symbol, attribute) is { } reason)
            {
                string name = type.Name.EndsWith("Attribute", StringComparison.Ordinal) ? type.Name.Substring(0, type.Name.Length - "Attribute".Length) : type.Name;
                context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.UselessAttribute, attribute.LocationOr(context.Symbol), name, context.Symbol.Name, reason));
            }
        }
    }

    private static string? UselessOnType(ISymbol symbol, AttributeData attribute) =>
        OfPatches.Any(attribute.Is) && ((ITypeSymbol)symbol).PatchAttribute() is null ? "it is not a patch; declare it [Patch<TDocument>]" : null;

    private static string? UselessOnProperty(ISymbol symbol, AttributeData attribute)
    {
        var property = (IPropertySymbol)symbol;
        if (property.ContainingType.PatchAttribute() is not { } patch)
        {
            if (attribute.Is(KnownTypes.NotInResponse) && property.ContainingType.GetAttributes().Any(static a => a.NamesConverter()))
            {
                return $"'{property.ContainingType.Name}' is written by a converter of its own, which decides what is written";
            }

            return OfMembers.Any(attribute.Is) ? $"'{property.ContainingType.Name}' is not a patch; declare it [Patch<TDocument>]" : null;
        }

        if (!property.IsPartialDefinition)
        {
            // A property that could be a member is spoken of by PG0002.
            bool mayBeMember = property is { SetMethod: not null, IsStatic: false } && !property.Has(KnownTypes.JsonIgnore);
            return !mayBeMember && OfMembers.Any(attribute.Is) ? "it is not a member of the patch; members are partial properties" : null;
        }

        return attribute switch
        {
            _ when attribute.Is(KnownTypes.PatchTo) && patch.AttributeClass is not { TypeArguments.Length: 1 } => $"'{property.ContainingType.Name}' patches no document",
            _ when attribute.Is(KnownTypes.PatchTo) && property.Has(KnownTypes.Selector) => "a selector is matched by its own name and never applied",
            _ when attribute.Is(KnownTypes.IsoDuration) && !HoldsTimeSpan(property.Type) => "only a TimeSpan has this range",
            _ when OfDocuments.Any(attribute.Is) => "it belongs on the property of the document",
            _ when attribute.Is(KnownTypes.JsonIgnore) => "a member is always read and written; remove 'partial' to keep the property out of the patch",
            _ when attribute.Is(KnownTypes.JsonRequired) => "every member of a patch may be absent",
            _ when attribute.Is(KnownTypes.JsonConverter) || attribute.Is(KnownTypes.JsonNumberHandling) => "the reader of a patch asks no converter; the member's type decides how it is read",
            _ when attribute.Is(KnownTypes.DataMember) || attribute.Is(KnownTypes.NewtonsoftProperty) => "a member is named by [JsonPropertyName]",
            _ => null,
        };
    }

    private static bool HoldsTimeSpan(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => HoldsTimeSpan(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: > 0 } generic => generic.TypeArguments.Any(HoldsTimeSpan),
        _ => type.IsNamed("System.TimeSpan"),
    };
}
