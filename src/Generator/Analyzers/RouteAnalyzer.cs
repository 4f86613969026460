using System.Collections.Concurrent;
using System.Linq;
using System.Text.RegularExpressions;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Finds endpoints that match the same requests; routing itself reports this only with the first request, by an exception.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RouteAnalyzer() : PatchGenAnalyzer(KnownTypes.PatchEndpoint, DiagnosticDescriptors.SharedRoute)
{
    private static readonly Regex Parameter = new(@"\{[^}]*\}", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context)
    {
        var endpoints = new ConcurrentBag<(INamedTypeSymbol Patch, string Pattern, Location Location)>();
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (type.PatchAttribute() is not null && type.Attribute(KnownTypes.PatchEndpoint) is { } endpoint
                    && endpoint.FirstArgument() is string pattern)
                {
                    endpoints.Add((type, pattern, endpoint.LocationOr(type)));
                }
            },
            SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end =>
        {
            // Routing ignores case, slashes around the pattern, and what a parameter is called.
            foreach (var group in endpoints.GroupBy(static e => Parameter.Replace(e.Pattern, "{}").Trim('/').ToUpperInvariant()))
            {
                var ordered = group
                    .OrderBy(static e => e.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                    .ThenBy(static e => e.Location.SourceSpan.Start).ToArray();
                foreach ((INamedTypeSymbol patch, string pattern, Location location) in ordered.Skip(1))
                {
                    end.ReportDiagnostic(Diagnostic.Create(
                        DiagnosticDescriptors.SharedRoute, location, pattern, patch.Name, ordered[0].Patch.Name));
                }
            }
        });
    }
}
