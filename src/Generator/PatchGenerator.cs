using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Layers.PatchGen.Generator.Emitters;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator;

/// <summary>
/// The pipeline and nothing else: attribute, parser, spec, emitter. <see cref="Analyzers.PatchAnalyzer"/> reports the diagnostics of the
/// same parser.
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
        IncrementalGeneratorInitializationContext context, string attribute, string trackingName) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (match, cancellationToken) => Parse(match, cancellationToken))
            .Where(static patch => patch is not null)
            .Select(static (patch, _) => patch!)
            .WithTrackingName(trackingName);

    // A type that has two patch attributes is found by each, and written by the first.
    private static PatchSpec? Parse(GeneratorAttributeSyntaxContext match, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)match.TargetSymbol;
        return type.PatchAttribute() is { ApplicationSyntaxReference: { } place } patch && patch.Equals(match.Attributes[0])
            && place.SyntaxTree == match.TargetNode.SyntaxTree && match.TargetNode.Span.Contains(place.Span)
            ? PatchParser.Parse(type, patch, match.SemanticModel.Compilation, cancellationToken).Spec
            : null;
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
