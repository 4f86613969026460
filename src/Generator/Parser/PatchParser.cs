using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>
/// Reads one annotated record: symbols in, a spec and diagnostics out. The only place that sees symbols. The generator takes the spec and
/// the analyzer the
/// diagnostics, so that the two cannot disagree.
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
    private readonly IReadOnlyList<IPropertySymbol> _documentProperties;
    private readonly Dictionary<ITypeSymbol, TypeSpec> _types = new(SymbolEqualityComparer.IncludeNullability);

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
        _members = type.GetMembers()
            .Where(static m => !m.IsImplicitlyDeclared && m is not IMethodSymbol { AssociatedSymbol: not null } && !TakenNames.IsGenerated(m)).ToList();
        _documentProperties = _document?.AllProperties().ToList() ?? [];
    }

    /// <summary>Parses a type that carries a patch attribute.</summary>
    /// <returns>The spec, or null when not even presence can be written; and all there is to say.</returns>
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
        CheckReservedNames();
        CheckRequired();
        List<IPropertySymbol> properties = MemberProperties();
        List<MemberSpec> members = ParseMembers(properties, taken);
        ImmutableEquatableArray<FenceSpec> fences = ParseFences(properties, members);
        DocumentSpec? document = ParseDocument();
        EndpointSpec? endpoint = ParseEndpoint(members);
        _cancellationToken.ThrowIfCancellationRequested();
        if (_hasRoomForPropertiesOnly)
        {
            extent = PatchExtent.Properties;
        }
        else if (_diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error) && extent == PatchExtent.Full)
        {
            extent = PatchExtent.Presence;
        }

        return new PatchSpec
        {
            Name = _type.Name,
            DisplayName = _type.ToName(),
            Type = _type.ToBareSpec(),
            Namespace = _type.ContainingNamespace.IsGlobalNamespace ? null : _type.ContainingNamespace.ToName(),
            ContainingTypes = ContainingTypes().Reverse().Select(static t => new ContainingTypeSpec(KindOf(t), t.Name)).ToEquatable(),
            Kind = !_type.IsValueType ? PatchKind.Class : _type.IsReadOnly ? PatchKind.ReadonlyStruct : PatchKind.Struct,
            IsSealed = _type.IsSealed,
            IsPublic = ContainingTypes().Prepend(_type).All(static t => t.DeclaredAccessibility == Accessibility.Public),
            NeedsAutoLayout = NeedsAutoLayout(),
            WritesConverter = !_type.GetAttributes().Any(static a => a.NamesConverter()),
            WritesReadMethods = !taken.Contains("Read") && !taken.Contains("ReadAsync"),
            RequireAny = _patch.Argument("RequireAny") is true,
            Members = members.ToEquatable(),
            Fences = fences,
            Document = document,
            Endpoint = endpoint,
            Hidden = new HiddenNames(taken.Free("State"), taken.Free("_state"), taken.Free("Words"), taken.Free("Table"), taken.Free("Codecs"), taken.Free("Names"), taken.Free("FindName"), taken.Free("Fences")),
            Extent = extent,
        };
    }

    /// <summary>How much can be written for a type of this shape; null when it has no other half at all.</summary>
    private PatchExtent? CheckShape()
    {
        (string? reason, PatchExtent? extent) = this switch
        {
            { _type.IsRecord: false } => ("it is not a record; declare it 'partial record' or 'partial record struct'", null),
            _ when !IsPartial(_type) => ("it is not partial; declare it 'partial record'", null),
            { _type.IsFileLocal: true } => ("it is local to its file, where generated code cannot see it", null),
            _ when ContainingTypes().FirstOrDefault(static t => !IsPartial(t)) is { } outer => ($"the type '{outer.Name}' that contains it is not partial", null),
            _ when _type.IsGenericType || ContainingTypes().Any(static t => t.IsGenericType) => ("it is generic; declare a patch for each type it stands for", null),
            { _type.IsAbstract: true } => ("it is abstract, and a reader must be able to make one; seal it", PatchExtent.Properties),
            { _type: { IsReferenceType: true, BaseType: { SpecialType: not SpecialType.System_Object } @base } } =>
                ($"it inherits from '{@base.Name}'; repeat the members, a patch is a list of what may be sent", PatchExtent.Properties),
            _ when IsPositional() => ("it has positional parameters, which cannot tell an absent member from a null; declare partial properties instead", PatchExtent.Properties),
            _ when _type.GetAttributes().Where(static a => a.Is(KnownTypes.Patch)).Select(static a => a.AttributeClass!.Arity).Distinct().Count() > 1 => ("it has two patch attributes; remove one", PatchExtent.Presence),
            _ when !CanBeMade() => ("no constructor can be called without arguments, and a reader must be able to make one; declare one without parameters", PatchExtent.Presence),
            _ => ((string?)null, (PatchExtent?)PatchExtent.Full),
        };
        if (reason is not null)
        {
            Report(DiagnosticDescriptors.Shape, _type, _type.Name, reason);
        }

        return extent;
    }

    private bool IsPositional() =>
        _type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(_cancellationToken) is RecordDeclarationSyntax { ParameterList.Parameters.Count: > 0 });

    // A struct is made by a constructor that is generated.
    private bool CanBeMade() => _type.IsValueType || _type.InstanceConstructors.Any(static c => c.IsCalledWithoutArguments());

    private static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(static m => m.Text == "partial"));

    private IEnumerable<INamedTypeSymbol> ContainingTypes()
    {
        for (INamedTypeSymbol? outer = _type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            yield return outer;
        }
    }

    private static ContainingTypeKind KindOf(INamedTypeSymbol type) => (type.IsRecord, type.TypeKind) switch
    {
        (true, TypeKind.Struct) => ContainingTypeKind.RecordStruct,
        (true, _) => ContainingTypeKind.Record,
        (_, TypeKind.Struct) => ContainingTypeKind.Struct,
        (_, TypeKind.Interface) => ContainingTypeKind.Interface,
        _ => ContainingTypeKind.Class,
    };

    // The compiler takes long to make a type's name, and a type has one in several places.
    private TypeSpec Bare(ITypeSymbol type)
    {
        if (!_types.TryGetValue(type, out TypeSpec spec))
        {
            _types.Add(type, spec = type.ToBareSpec());
        }

        return spec;
    }

    private static Location LocationOf(ISymbol symbol) => symbol.Locations.FirstOrDefault(static l => l.IsInSource) ?? Location.None;

    private void Report(DiagnosticDescriptor descriptor, ISymbol symbol, params object[] arguments) =>
        Report(descriptor, LocationOf(symbol), arguments);

    private void Report(DiagnosticDescriptor descriptor, Location location, params object[] arguments) =>
        _diagnostics.Add(Diagnostic.Create(descriptor, location, arguments));

    /// <summary>Reports with what the code fix needs to know: pairs of <see cref="FixProperties"/> and values.</summary>
    private void ReportFixable(DiagnosticDescriptor descriptor, Location location, (string Key, string Value)[] fix, params object[] arguments) =>
        _diagnostics.Add(Diagnostic.Create(descriptor, location, fix.ToImmutableDictionary(static f => f.Key, static f => (string?)f.Value), arguments));
}
