using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.CodeFixes;

/// <summary>Small changes of declarations that keep the layout and the comments around them.</summary>
internal static class SyntaxEdits
{
    public static bool Has(this MemberDeclarationSyntax member, SyntaxKind modifier) => member.Modifiers.Any(modifier);

    /// <summary>Adds <c>partial</c> as the last modifier, where it has to stand.</summary>
    public static T WithPartial<T>(this T member)
        where T : MemberDeclarationSyntax
    {
        if (member.Has(SyntaxKind.PartialKeyword))
        {
            return member;
        }

        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (member.Modifiers.Count > 0)
        {
            return (T)member.WithModifiers(member.Modifiers.Add(partial));
        }

        SyntaxToken first = member.AttributeLists.Count > 0
            ? member.AttributeLists.Last().GetLastToken().GetNextToken()
            : member.GetFirstToken();
        return (T)member.ReplaceToken(first, first.WithLeadingTrivia()).WithModifiers([partial.WithLeadingTrivia(first.LeadingTrivia)]);
    }

    /// <summary>Removes a modifier; its leading trivia and its comments move to the next token.</summary>
    public static T Without<T>(this T member, SyntaxKind modifier)
        where T : MemberDeclarationSyntax
    {
        SyntaxToken token = member.Modifiers.FirstOrDefault(m => m.IsKind(modifier));
        if (token == default)
        {
            return member;
        }

        SyntaxToken next = token.GetNextToken();
        T moved = member.ReplaceToken(next, next.WithLeadingTrivia(token.LeadingTrivia.AddRange(token.TrailingTrivia.Comments())));
        return (T)moved.WithModifiers(moved.Modifiers.Remove(moved.Modifiers.First(m => m.IsKind(modifier))));
    }

    /// <summary>
    /// Puts an attribute before a member: on a line of its own, unless the member shares its line with what is before it.
    /// </summary>
    public static T WithAttribute<T>(this T member, string attribute)
        where T : MemberDeclarationSyntax
    {
        SyntaxTriviaList leading = member.GetLeadingTrivia();
        SyntaxToken previous = member.GetFirstToken().GetPreviousToken();
        bool beginsLine = previous == default
            || previous.TrailingTrivia.Concat(leading).Any(static t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        SyntaxTriviaList indentation = [.. leading.Reverse().TakeWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia))];
        AttributeListSyntax list = SyntaxFactory.ParseCompilationUnit($"[{attribute}] class _;").Members[0].AttributeLists[0]
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(beginsLine ? NewLine(member) : SyntaxFactory.Space);
        T bare = member.WithLeadingTrivia(beginsLine ? indentation : []);
        return (T)bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
    }

    /// <summary>Removes an attribute, and its brackets with the last of them.</summary>
    public static T Without<T>(this T declaration, AttributeSyntax attribute)
        where T : SyntaxNode
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
        {
            return declaration.WithoutItem(attribute);
        }

        // The leading trivia of the brackets moves to the next token; a comment between them stays.
        SyntaxToken next = list.GetLastToken().GetNextToken();
        SyntaxTriviaList before = list.GetLeadingTrivia(), comments = list.GetTrailingTrivia().Comments();
        SyntaxTriviaList leading = comments.Count > 0 ? [.. before, .. comments, .. next.LeadingTrivia]
            : next.LeadingTrivia.All(static t => t.IsKind(SyntaxKind.WhitespaceTrivia))
            ? before
            : [.. before.Reverse().SkipWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse(), .. next.LeadingTrivia];
        var mark = new SyntaxAnnotation();
        T moved = declaration.ReplaceSyntax(
            [list], (_, node) =>
                node.WithAdditionalAnnotations(mark), [next], (_, token) =>
                    token.WithLeadingTrivia(leading), [], static (_, trivia) => trivia);
        return moved.RemoveNode(moved.GetAnnotatedNodes(mark).Single(), SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    /// <summary>Removes an item of a list with its comma; comments beside the comma stay.</summary>
    public static T WithoutItem<T>(this T root, SyntaxNode item)
        where T : SyntaxNode
    {
        SyntaxToken[] beside = [item.GetFirstToken().GetPreviousToken(), item.GetLastToken().GetNextToken()];
        bool hasComments = beside
            .Where(static t => t.IsKind(SyntaxKind.CommaToken)).SelectMany(static t => t.GetAllTrivia()).Any(IsComment);
        return root.RemoveNode(item, hasComments ? SyntaxRemoveOptions.KeepExteriorTrivia : SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    /// <summary>The trivia from the first comment on; none without a comment.</summary>
    public static SyntaxTriviaList Comments(this SyntaxTriviaList trivia) => [.. trivia.SkipWhile(static t => !IsComment(t))];

    public static bool IsComment(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;

    /// <summary>The end of a line, as the file that holds the node has it.</summary>
    public static SyntaxTrivia NewLine(SyntaxNode node)
    {
        SyntaxTrivia first = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(static t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        return first == default ? SyntaxFactory.LineFeed : SyntaxFactory.EndOfLine(first.ToString());
    }
}
