using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Finds endpoints that answer the same requests; routing would only say so, by an exception, when the first of them comes.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RouteAnalyzer : DiagnosticAnalyzer
{
    private static readonly Regex Parameter = new(@"\{[^}]*\}", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.SharedRoute];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static compilation =>
        {
            if (compilation.Compilation.GetTypeByMetadataName(KnownTypes.PatchEndpoint) is null)
            {
                return;
            }

            var endpoints = new ConcurrentBag<(INamedTypeSymbol Patch, string Pattern, Location Location)>();
            compilation.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    if (type.PatchAttribute() is not null && type.Attribute(KnownTypes.PatchEndpoint) is { ConstructorArguments: [{ Value: string pattern }] } endpoint)
                    {
                        endpoints.Add((type, pattern, endpoint.LocationOr(type)));
                    }
                },
                SymbolKind.NamedType);
            compilation.RegisterCompilationEndAction(end =>
            {
                // Routing ignores case, slashes around the pattern, and what a parameter is called.
                foreach (var group in endpoints.GroupBy(static e => Parameter.Replace(e.Pattern, "{}").Trim('/').ToUpperInvariant()))
                {
                    var ordered = group.OrderBy(static e => e.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static e => e.Location.SourceSpan.Start).ToArray();
                    foreach ((INamedTypeSymbol patch, string pattern, Location location) in ordered.Skip(1))
                    {
                        end.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.SharedRoute, location, pattern, patch.Name, ordered[0].Patch.Name));
                    }
                }
            });
        });
    }
}
