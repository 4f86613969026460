using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Emitters;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator;

/// <summary>
/// The pipeline and nothing else: attribute, parser, spec, emitter. <see cref="Analyzers.PatchAnalyzer"/> reports the diagnostics of the
/// same parser, but for those beside which the compiler has errors of its own: then it drops what analyzers report.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class PatchGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<PatchSpec> patches = Patches(context, KnownTypes.Patch, TrackingNames.Patches);
        IncrementalValuesProvider<PatchSpec> patchesOf = Patches(context, KnownTypes.PatchOf, TrackingNames.PatchesOf);

        // A few files for each patch. Equal specs stop here: an edit that leaves a spec equal reaches no emitter.
        IncrementalValueProvider<ImmutableEquatableArray<string>> ambiguous = Names(patches).Combine(Names(patchesOf))
            .Select(static (names, _) => HintNames.Ambiguous(names.Left.Concat(names.Right)));
        AddSources(context, patches, ambiguous);
        AddSources(context, patchesOf, ambiguous);

        // One file for all handlers; made of their names alone, so that only a handler that is added or removed writes it again.
        IncrementalValueProvider<RegistrationSpec?> registration = patchesOf
            .Where(static patch => patch is { Extent: PatchExtent.Full, Endpoint: not null })
            .Select(static (patch, _) => (patch.Namespace, Endpoint: patch.Endpoint!))
            .Select(static (p, _) => new HandlerSpec(p.Endpoint.RegistrationNamespace, p.Namespace, p.Endpoint.HandlerName))
            .Collect()
            .Select(static (handlers, _) => handlers.IsEmpty ? null : new RegistrationSpec(
                handlers.OrderBy(static h => $"{h.Namespace}.{h.Name}", StringComparer.Ordinal).ToEquatable()))
            .WithTrackingName(TrackingNames.Registration);
        context.RegisterSourceOutput(registration, static (output, spec) =>
        {
            if (spec is not null)
            {
                output.AddSource(HintNames.Registration, RegistrationEmitter.Emit(spec));
            }
        });
    }

    private static IncrementalValuesProvider<PatchSpec> Patches(
        IncrementalGeneratorInitializationContext context, string attribute, string trackingName)
    {
        var parsed = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (match, cancellationToken) => Parse(match, cancellationToken));
        context.RegisterSourceOutput(
            parsed.SelectMany(static (result, _) => result.Errors), static (output, error) => output.ReportDiagnostic(error));
        return parsed.Where(static result => result.Patch is not null).Select(static (result, _) => result.Patch!)
            .WithTrackingName(trackingName);
    }

    // A type that has two patch attributes is found by each, and written by the first.
    private static (PatchSpec? Patch, ImmutableEquatableArray<Diagnostic> Errors) Parse(
        GeneratorAttributeSyntaxContext match, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)match.TargetSymbol;
        if (type.PatchAttribute() is not { ApplicationSyntaxReference: { } place } patch || !patch.Equals(match.Attributes[0])
            || place.SyntaxTree != match.TargetNode.SyntaxTree || !match.TargetNode.Span.Contains(place.Span))
        {
            return (null, ImmutableEquatableArray<Diagnostic>.Empty);
        }

        (PatchSpec? spec, IReadOnlyList<Diagnostic> diagnostics) =
            PatchParser.Parse(type, patch, match.SemanticModel.Compilation, cancellationToken);

        // CS9248 for partial properties without a half, CS8050 for an initializer.
        bool lacksHalves = spec is null && type.GetMembers().Any(static m => m is IPropertySymbol { IsPartialDefinition: true });
        IEnumerable<Diagnostic> errors = diagnostics.Where(d => lacksHalves || d.Descriptor.Id == DiagnosticDescriptors.Initializer.Id);
        return (spec, errors.Select(Detached).ToEquatable());
    }

    // Without the syntax tree of its location, which would keep a compilation alive.
    private static Diagnostic Detached(Diagnostic diagnostic)
    {
        FileLinePositionSpan lines = diagnostic.Location.GetLineSpan();
        return Diagnostic.Create(
            diagnostic.Id, diagnostic.Descriptor.Category, diagnostic.GetMessage(CultureInfo.InvariantCulture),
            diagnostic.Severity, diagnostic.DefaultSeverity, isEnabledByDefault: true, diagnostic.WarningLevel,
            diagnostic.Descriptor.Title, helpLink: diagnostic.Descriptor.HelpLinkUri,
            location: Location.Create(lines.Path, diagnostic.Location.SourceSpan, lines.Span));
    }

    private static IncrementalValueProvider<ImmutableArray<string>> Names(IncrementalValuesProvider<PatchSpec> patches) =>
        patches.Select(static (patch, _) => patch.DisplayName).Collect();

    private static void AddSources(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<PatchSpec> patches,
        IncrementalValueProvider<ImmutableEquatableArray<string>> ambiguous)
    {
        var named = patches.Combine(ambiguous)
            .Select(static (pair, _) => (Patch: pair.Left, IsAmbiguous: pair.Right.Contains(pair.Left.DisplayName)));
        context.RegisterSourceOutput(named, static (output, named) =>
        {
            foreach ((string part, string source) in PatchEmitter.Emit(named.Patch))
            {
                output.AddSource(HintNames.Of(named.Patch.DisplayName, part, named.IsAmbiguous), source);
            }
        });
    }
}
