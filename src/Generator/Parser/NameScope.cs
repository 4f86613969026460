using System.Collections.Concurrent;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>
/// What the names of types mean, in one compilation, to the files that have the same usings and the same namespace: the compiler is asked once for all of them, since few projects have many
/// such pairs, and many records.
/// </summary>
internal sealed class NameScope
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<(string Usings, INamespaceSymbol Namespace), NameScope>> Scopes = new();

    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<string, ITypeSymbol?> _types = new();
    private readonly ConcurrentDictionary<string, AttributeType?> _attributes = new();
    private readonly ConcurrentDictionary<ITypeSymbol, ITypeSymbol> _nullables = new(SymbolEqualityComparer.Default);

    private NameScope(Compilation compilation) => _compilation = compilation;

    /// <summary>
    /// The scope of a type that is declared in a namespace; null where what names mean cannot be told from the usings at the head of the file: with directives, usings within a namespace, aliases of
    /// assemblies, or types that are local to the file.
    /// </summary>
    public static NameScope? Of(TypeDeclarationSyntax declaration, INamespaceSymbol @namespace, Compilation compilation, CancellationToken cancellationToken)
    {
        var root = (CompilationUnitSyntax)declaration.SyntaxTree.GetRoot(cancellationToken);
        return root is { ContainsDirectives: false, Externs.Count: 0 } && root.Members.All(IsPlain)
            ? Scopes.GetOrCreateValue(compilation).GetOrAdd((root.Usings.ToString(), @namespace), _ => new NameScope(compilation))
            : null;
    }

    private static bool IsPlain(MemberDeclarationSyntax member) => member switch
    {
        BaseNamespaceDeclarationSyntax nested => nested is { Usings.Count: 0, Externs.Count: 0 } && nested.Members.All(IsPlain),
        _ => !member.Modifiers.Any(SyntaxKind.FileKeyword),
    };

    /// <summary>The type that is meant, its own question mark left out; null when there is none, or when the property's own record would have to be asked.</summary>
    public ITypeSymbol? Type(TypeSyntax syntax, SemanticModel model) =>
        syntax is PredefinedTypeSyntax or NameSyntax or ArrayTypeSyntax ? _types.GetOrAdd(syntax.ToString(), _ => Find(syntax, model)) : null;

    /// <summary><c>T?</c> of a struct.</summary>
    public ITypeSymbol Nullable(ITypeSymbol type) => _nullables.GetOrAdd(type, t => _compilation.GetSpecialType(SpecialType.System_Nullable_T).Construct(t));

    /// <summary>The type of an attribute; null when it cannot be told.</summary>
    public AttributeType? Attribute(AttributeSyntax syntax, SemanticModel model) =>
        syntax.Name is IdentifierNameSyntax { Identifier.Text: var name } && name[0] != '@' ? _attributes.GetOrAdd(name, _ => FindAttribute(name, syntax.SpanStart, model)) : null;

    private static ITypeSymbol? Find(TypeSyntax syntax, SemanticModel model) =>
        PatchParser.NamesHiddenType(syntax) || model.GetTypeInfo(syntax).Type is not { TypeKind: not (TypeKind.Error or TypeKind.Dynamic), IsRefLikeType: false } type ? null : type;

    // As the compiler looks: with the ending and without it, and of what there is only attributes count.
    private static AttributeType? FindAttribute(string name, int position, SemanticModel model) =>
        model.LookupNamespacesAndTypes(position, name: name).Concat(model.LookupNamespacesAndTypes(position, name: name + "Attribute"))
            .Where(static symbol => symbol is not INamedTypeSymbol named || (named.Arity == 0 && named.Inherits("System.Attribute")))
            .ToList() is [INamedTypeSymbol type]
            ? new AttributeType(type, type.ToName(), PatchParser.IsValidation(type))
            : null;
}

/// <summary>A type of attributes, and what is asked of it most.</summary>
internal sealed record AttributeType(INamedTypeSymbol Symbol, string FullName, bool IsValidation);
