using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Layers.PatchGen.CodeFixes.Refactorings;

/// <summary>
/// Turns the properties of a type that wrap their values, as <c>Optional&lt;T&gt;</c>, into partial properties of a patch.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(OptionalRefactoring)), Shared]
public sealed class OptionalRefactoring : CodeRefactoringProvider
{
    private static readonly string[] Wrappers = ["Optional", "OptionalValue", "Option", "Maybe"];

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        CancellationToken cancellationToken = context.CancellationToken;
        if (await context.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || root.FindToken(context.Span.Start).Parent?.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } property
            || property.Parent is not TypeDeclarationSyntax declaration || Wrapped(property) is null
            || await context.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || model.Compilation.GetTypeByMetadataName(KnownTypes.Patch) is null
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not { } type || !CanBePatch(type))
        {
            return;
        }

        // What is in the type first: each change is given the node as those before left it.
        Edit edit = new(
            "Convert to partial properties of a patch",
            nameof(OptionalRefactoring),
            [
                .. declaration.Members.OfType<PropertyDeclarationSyntax>().Where(static p => Wrapped(p) is not null)
                    .Select(static p => Edit.Change(p, Unwrap)),
                .. declaration.Ancestors().OfType<TypeDeclarationSyntax>().Prepend(declaration)
                    .Select(static t => Edit.Change(t, static outer => outer.WithPartial())),
                .. type.PatchAttribute() is null
                    ? [Edit.Change(declaration, WithPatch)]
                    : (ReadOnlySpan<(SyntaxNode, Func<SyntaxNode, SyntaxNode>)>)[],
                .. declaration is ClassDeclarationSyntax
                    ? [Edit.Change<TypeDeclarationSyntax>(declaration, AsRecord)]
                    : (ReadOnlySpan<(SyntaxNode, Func<SyntaxNode, SyntaxNode>)>)[],
            ]);
        Solution solution = context.Document.Project.Solution;
        context.RegisterRefactoring(CodeAction.Create(edit.Title, token => PatchCodeFix.ApplyAsync(solution, [edit], token), edit.Key));
    }

    private static bool CanBePatch(INamedTypeSymbol type) =>
        type is { IsGenericType: false, IsAbstract: false, IsStatic: false }
            && (type.TypeKind == TypeKind.Class ? type.BaseType?.SpecialType == SpecialType.System_Object : type.IsRecord);

    /// <summary>The type within the wrapper, of a property that has nothing to lose but it.</summary>
    private static TypeSyntax? Wrapped(PropertyDeclarationSyntax property)
    {
        TypeSyntax type = property.Type is NullableTypeSyntax nullable ? nullable.ElementType : property.Type;
        type = type is QualifiedNameSyntax qualified ? qualified.Right : type;
        return type is GenericNameSyntax { TypeArgumentList.Arguments: [var inner] } wrapper
            && Wrappers.Contains(wrapper.Identifier.ValueText)
            && property.AccessorList?.Accessors.All(static a => a.Body is null && a.ExpressionBody is null) is true
            ? inner
            : null;
    }

    private static PropertyDeclarationSyntax Unwrap(PropertyDeclarationSyntax property) =>
        MemberCodeFix.AsMember(property.WithType(Wrapped(property)!.WithTriviaFrom(property.Type)));

    private static TypeDeclarationSyntax WithPatch(TypeDeclarationSyntax type)
    {
        TypeDeclarationSyntax patch = type.WithAttribute("Layers.PatchGen.Patch");
        return patch.ReplaceNode(patch.AttributeLists[0], patch.AttributeLists[0].WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private static RecordDeclarationSyntax AsRecord(TypeDeclarationSyntax type) => SyntaxFactory.RecordDeclaration(
        SyntaxKind.RecordDeclaration,
        type.AttributeLists,
        type.Modifiers,
        SyntaxFactory.Token(type.Keyword.LeadingTrivia, SyntaxKind.RecordKeyword, type.Keyword.TrailingTrivia),
        default,
        type.Identifier,
        type.TypeParameterList,
        type.ParameterList,
        type.BaseList,
        type.ConstraintClauses,
        type.OpenBraceToken,
        type.Members,
        type.CloseBraceToken,
        type.SemicolonToken);
}
