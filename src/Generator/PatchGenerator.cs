using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Layers.PatchGen.Generator.Emitters;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator;

/// <summary>
/// The pipeline and nothing else: attribute, parser, spec, emitter. It is silent; <see cref="Analyzers.PatchAnalyzer"/> speaks, from the
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
        context.RegisterSourceOutput(WithAmbiguity(patches, ambiguous), static (output, patch) => AddSources(output, patch.Spec, patch.IsAmbiguous));
        context.RegisterSourceOutput(WithAmbiguity(patchesOf, ambiguous), static (output, patch) => AddSources(output, patch.Spec, patch.IsAmbiguous));

        // One file for all handlers; made of their names alone, so that only a handler that comes or goes writes it again.
        IncrementalValueProvider<RegistrationSpec?> registration = patchesOf
            .Where(static patch => patch is { Extent: PatchExtent.Full, Endpoint: not null })
            .Select(static (patch, _) => (patch.Endpoint!.AssemblyName, Handler: new HandlerSpec(patch.Namespace, patch.Endpoint.HandlerName)))
            .Collect()
            .Select(static (handlers, _) => Registration(handlers))
            .WithTrackingName(TrackingNames.Registration);
        context.RegisterSourceOutput(registration, static (output, spec) =>
        {
            if (spec is not null)
            {
                output.AddSource(HintNames.Registration, RegistrationEmitter.Emit(spec));
            }
        });
    }

    private static IncrementalValuesProvider<PatchSpec> Patches(IncrementalGeneratorInitializationContext context, string attribute, string trackingName) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (match, cancellationToken) => Parse(match, cancellationToken))
            .Where(static patch => patch is not null)
            .Select(static (patch, _) => patch!)
            .WithTrackingName(trackingName);

    // A type that wrongly has two patch attributes is found by each, and written by the first.
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

    private static IncrementalValuesProvider<(PatchSpec Spec, bool IsAmbiguous)> WithAmbiguity(
        IncrementalValuesProvider<PatchSpec> patches, IncrementalValueProvider<ImmutableEquatableArray<string>> ambiguous) =>
        patches.Combine(ambiguous).Select(static (pair, _) => (pair.Left, pair.Right.Contains(pair.Left.DisplayName)));

    private static void AddSources(SourceProductionContext output, PatchSpec patch, bool isAmbiguous)
    {
        foreach ((string part, string source) in PatchEmitter.Emit(patch))
        {
            output.AddSource(HintNames.Of(patch.DisplayName, part, isAmbiguous), source);
        }
    }

    private static RegistrationSpec? Registration(ImmutableArray<(string AssemblyName, HandlerSpec Handler)> handlers) =>
        handlers.IsEmpty
            ? null
            : new RegistrationSpec(
                handlers[0].AssemblyName,
                handlers.Select(static h => h.Handler).OrderBy(static h => h.Namespace, StringComparer.Ordinal).ThenBy(static h => h.Name, StringComparer.Ordinal).ToEquatable());
}
