using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>
/// Reads one annotated record: symbols in, a spec and diagnostics out. The generator takes the spec and the analyzer the diagnostics, so
/// that the two cannot disagree.
/// </summary>
internal sealed partial class PatchParser
{
    private readonly INamedTypeSymbol _type;
    private readonly AttributeData _patch;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly NamingPolicy _naming;
    private readonly ITypeSymbol? _document;
    private readonly List<IPropertySymbol> _documentProperties;

    // What the endpoint declares about an entity; null where the document is none.
    private readonly EntityNames? _entity;

    // What other generators wrote is seen, too: this is the analyzer, which runs after them.
    private readonly bool _seesGenerated;

    // What the user declares; no accessors.
    private readonly List<ISymbol> _members;

    private PatchParser(INamedTypeSymbol type, AttributeData patch, Compilation compilation, CancellationToken cancellationToken)
    {
        _type = type;
        _patch = patch;
        _compilation = compilation;
        _cancellationToken = cancellationToken;
        _naming = (NamingPolicy)(patch.Argument("Naming") as int? ?? 0);
        _document = patch.AttributeClass is { TypeArguments: [{ TypeKind: not TypeKind.Error } document] } ? document : null;
        _documentProperties = _document?.AllProperties().ToList() ?? [];
        _entity = EntityNames.Of(type);
        List<ISymbol> declared = [.. type.GetMembers().Where(static m => !IsImplicit(m))];
        _members = declared.FindAll(static m => !TakenNames.IsGenerated(m));
        _seesGenerated = _members.Count < declared.Count;
    }

    /// <summary>Parses a type that has a patch attribute.</summary>
    /// <returns>The spec, or null when nothing can be generated; and the diagnostics.</returns>
    public static (PatchSpec? Spec, IReadOnlyList<Diagnostic> Diagnostics) Parse(
        INamedTypeSymbol type, AttributeData patch, Compilation compilation, CancellationToken cancellationToken)
    {
        var parser = new PatchParser(type, patch, compilation, cancellationToken);
        return (parser.Parse(), parser._diagnostics);
    }

    private PatchSpec? Parse()
    {
        if (CheckShape() is not { } extent)
        {
            return null;
        }

        var taken = new TakenNames(_members.Select(static m => m.Name).Append(_type.Name));
        CheckDeclarations();
        List<MemberSpec> members = ParseMembers(taken);
        CheckNullability();
        ImmutableEquatableArray<FenceSpec> fences = ParseFences(members);
        DocumentSpec? document = ParseDocument();
        EndpointSpec? endpoint = ParseEndpoint(members, document);
        if (_hasRoomForPropertiesOnly)
        {
            extent = PatchExtent.Properties;
        }
        else if (extent == PatchExtent.Full && _diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error))
        {
            extent = PatchExtent.Presence;
        }

        return new PatchSpec(
            Name: _type.Name,
            DisplayName: _type.ToName(),
            Namespace: _type.ContainingNamespace.IsGlobalNamespace ? null : _type.ContainingNamespace.ToName(),
            ContainingTypes: ContainingTypes().Reverse().Select(static t => new ContainingTypeSpec(KindOf(t), t.Name)).ToEquatable(),
            Kind: !_type.IsValueType ? PatchKind.Class : _type.IsReadOnly ? PatchKind.ReadonlyStruct : PatchKind.Struct,
            IsSealed: _type.IsSealed,
            NeedsAutoLayout: NeedsAutoLayout(),
            WritesConverter: !_type.GetAttributes().Any(static a => a.NamesConverter()),
            RequireAny: _patch.Argument("RequireAny") is true,
            Members: members.ToEquatable(),
            Fences: fences,
            Document: document,
            Endpoint: endpoint,
            Update: ParseUpdate(document),
            Hidden: taken.HiddenNames(),
            Extent: extent);
    }

    private static bool IsImplicit(ISymbol member) => member.IsImplicitlyDeclared || member is IMethodSymbol { AssociatedSymbol: not null };

    private static Location LocationOf(ISymbol symbol) => symbol.Locations.FirstOrDefault(static l => l.IsInSource) ?? Location.None;

    private void Report(DiagnosticDescriptor descriptor, ISymbol symbol, params object[] arguments) =>
        _diagnostics.Add(Diagnostic.Create(descriptor, LocationOf(symbol), arguments));

    private bool Reject(DiagnosticDescriptor descriptor, ISymbol symbol, string? reason, string? name = null) =>
        reason is not null && Reject(descriptor, LocationOf(symbol), reason, name ?? symbol.Name);

    /// <summary>Reports what is wrong with something, if there is a reason.</summary>
    /// <param name="descriptor">The rule.</param>
    /// <param name="location">Where.</param>
    /// <param name="reason">The last argument of the message; null when nothing is wrong.</param>
    /// <param name="name">The first argument of the message.</param>
    /// <param name="owner">The second argument of a message of three.</param>
    /// <param name="fix">What the code fix needs: pairs of <see cref="FixProperties"/> and values.</param>
    /// <returns>Whether something is wrong.</returns>
    private bool Reject(
        DiagnosticDescriptor descriptor,
        Location location,
        string? reason,
        string name,
        string? owner = null,
        (string Key, string Value)[]? fix = null)
    {
        if (reason is not null)
        {
            ImmutableDictionary<string, string?>? properties = fix?.ToImmutableDictionary(static f => f.Key, static f => (string?)f.Value);
            object[] arguments = owner is null ? [name, reason] : [name, owner, reason];
            _diagnostics.Add(Diagnostic.Create(descriptor, location, properties, arguments));
        }

        return reason is not null;
    }
}
