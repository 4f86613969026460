using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>The types that a serializer context reads and writes without a converter, as System.Text.Json's generator sees them.</summary>
internal sealed class SerializedTypes(Compilation compilation, bool includesFields)
{
    // A generic type may contain itself with ever larger arguments.
    private const int MaxTypes = 10_000;

    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>A type and all that it contains, but for what was returned before. The members of a patch are not looked at.</summary>
    public IEnumerable<ITypeSymbol> From(ITypeSymbol root, CancellationToken cancellationToken)
    {
        var next = new Stack<ITypeSymbol>([root]);
        while (next.Count > 0 && _seen.Count < MaxTypes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ITypeSymbol type = next.Pop();
            if (!_seen.Add(type) || type.GetAttributes().Any(a => a.NamesConverter() && IsSeenBySerializer(a)))
            {
                continue;
            }

            yield return type;
            foreach (ITypeSymbol part in type.PatchAttribute() is null ? Parts(type) : [])
            {
                next.Push(part);
            }
        }
    }

    // A type of another assembly can hold a patch of this one only by its arguments: List<P>, P?, Response<P>. The patches of other
    // assemblies have both halves.
    private ImmutableArray<ITypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => [array.ElementType],
        INamedTypeSymbol named when !SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, compilation.Assembly) =>
            named.TypeArguments,
        INamedTypeSymbol named =>
        [
            .. Members(named),
            .. named.AllInterfaces.Where(static i => i.Name is "IEnumerable" or "IAsyncEnumerable").SelectMany(static i => i.TypeArguments),
            .. named.GetAttributes().Where(static a => a.Is(KnownTypes.JsonDerivedType)).Select(static a => a.FirstArgument())
                .OfType<ITypeSymbol>(),
        ],
        _ => [],
    };

    private IEnumerable<ITypeSymbol> Members(INamedTypeSymbol type)
    {
        IEnumerable<ITypeSymbol> declaring = type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Prepend(type) : type.BaseTypes();
        return declaring.SelectMany(static t => t.GetMembers()).Where(IsWritten).Select(TypeOf).OfType<ITypeSymbol>();
    }

    private ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IPropertySymbol { IsIndexer: false } property => property.Type,
        IFieldSymbol field when includesFields || field.Has(KnownTypes.JsonInclude) => field.Type,
        _ => null,
    };

    private static bool IsWritten(ISymbol member) =>
        member is { IsStatic: false } && (member.DeclaredAccessibility == Accessibility.Public || member.Has(KnownTypes.JsonInclude))
        && !member.IsIgnored() && !member.GetAttributes().Any(static a => a.NamesConverter());

    // An analyzer sees the generated half too; a generator does not see what another generates in the same compilation.
    private bool IsSeenBySerializer(AttributeData converter) =>
        converter.ApplicationSyntaxReference?.SyntaxTree is not { } tree
        || !TakenNames.IsGenerated(tree)
        || !compilation.ContainsSyntaxTree(tree);
}
