using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.CodeFixes;

/// <summary>
/// Makes a property a member of the patch: partial, with plain get and init accessors, without <c>required</c> and without an initializer.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MemberCodeFix)), Shared]
public sealed class MemberCodeFix : PatchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.PropertyNotPartial.Id, DiagnosticDescriptors.PropertyShape.Id, DiagnosticDescriptors.Initializer.Id];

    private protected override Task<Edit?> FindAsync(
        Document document,
        SyntaxNode node,
        Diagnostic diagnostic,
        CancellationToken cancellationToken)
    {
        // A body would be lost, and these modifiers keep a property from having two halves.
        if (node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { AccessorList: { } accessors } property
            || accessors.Accessors.Any(static a => a.Body is not null || a.ExpressionBody is not null)
            || property.Has(SyntaxKind.AbstractKeyword) || property.Has(SyntaxKind.ExternKeyword))
        {
            return Task.FromResult<Edit?>(null);
        }

        (string Title, string Key)? fix =
            !property.Has(SyntaxKind.PartialKeyword) ? ($"Declare '{property.Identifier.ValueText}' partial", "MakePartial")
            : property.Initializer is not null ? ("Remove the initializer", "RemoveInitializer")
            : property.Has(SyntaxKind.RequiredKeyword) ? ("Remove 'required'", "RemoveRequired")
            : !accessors.Accessors.Any(SyntaxKind.GetAccessorDeclaration) || accessors.Accessors.Count < 2
                ? ("Add the missing accessor", "AddAccessor")
            : accessors.Accessors.Any(static a => a.IsKind(SyntaxKind.GetAccessorDeclaration) && a.Modifiers.Count > 0)
                ? ("Remove the accessor's modifier", "RemoveAccessorModifier")
            : null;
        return Task.FromResult(fix is { } found ? Edit.Of(found.Title, found.Key, property, AsMember) : null);
    }

    /// <summary>The property as a member of a patch.</summary>
    internal static PropertyDeclarationSyntax AsMember(PropertyDeclarationSyntax property)
    {
        AccessorListSyntax accessors = property.AccessorList!;
        bool wasPartial = property.Has(SyntaxKind.PartialKeyword);
        AccessorDeclarationSyntax get = Accessor(accessors, SyntaxKind.GetAccessorDeclaration) is { } getter
            ? getter.WithModifiers([]).WithLeadingTrivia(
                getter.GetLeadingTrivia().AddRange(getter.Modifiers.SelectMany(static m => m.TrailingTrivia.Comments())))
            : NewAccessor(SyntaxKind.GetAccessorDeclaration);
        AccessorDeclarationSyntax init =
            (Accessor(accessors, SyntaxKind.InitAccessorDeclaration), Accessor(accessors, SyntaxKind.SetAccessorDeclaration)) switch
        {
            ({ } initializer, _) => initializer,
            (_, { } setter) when wasPartial => setter,
            (_, { } setter) =>
                SyntaxFactory.AccessorDeclaration(
                    SyntaxKind.InitAccessorDeclaration,
                    setter.AttributeLists,
                    setter.Modifiers,
                    Keyword(SyntaxKind.InitKeyword, setter.Keyword),
                    null,
                    null,
                    setter.SemicolonToken),
            _ => NewAccessor(SyntaxKind.InitAccessorDeclaration),
        };

        // The end of the line stood after the initializer's semicolon.
        AccessorListSyntax plain = accessors.WithAccessors([get, init]);
        if (property.Initializer is not null)
        {
            plain = plain.WithTrailingTrivia(
                accessors.GetTrailingTrivia().Comments().AddRange(property.SemicolonToken.TrailingTrivia));
        }

        return property.WithAccessorList(plain).WithInitializer(null).WithSemicolonToken(default).Without(SyntaxKind.RequiredKeyword)
            .WithPartial();
    }

    private static AccessorDeclarationSyntax? Accessor(AccessorListSyntax accessors, SyntaxKind kind) =>
        accessors.Accessors.FirstOrDefault(a => a.IsKind(kind));

    private static AccessorDeclarationSyntax NewAccessor(SyntaxKind kind) =>
        SyntaxFactory.AccessorDeclaration(kind).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            .WithTrailingTrivia(SyntaxFactory.Space);

    private static SyntaxToken Keyword(SyntaxKind kind, SyntaxToken instead) =>
        SyntaxFactory.Token(instead.LeadingTrivia, kind, instead.TrailingTrivia);
}
