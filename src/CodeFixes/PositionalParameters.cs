using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.CodeFixes;

/// <summary>
/// Rewrites the parameters of a positional record to partial properties, with their attributes and documentation. Defaults are dropped:
/// absent means unchanged.
/// </summary>
internal static class PositionalParameters
{
    /// <summary>Whether the record declares no members with the names of its parameters.</summary>
    public static bool CanBeProperties(INamedTypeSymbol type, RecordDeclarationSyntax record) =>
        type is { IsGenericType: false, BaseType.SpecialType: SpecialType.System_Object or SpecialType.System_ValueType }
        && !record.ParameterList!.Parameters.SelectMany(p => type.GetMembers(p.Identifier.ValueText))
            .Any(static m => !m.IsImplicitlyDeclared && m.DeclaringSyntaxReferences[0].GetSyntax() is not ParameterSyntax);

    public static RecordDeclarationSyntax ToProperties(RecordDeclarationSyntax record)
    {
        SyntaxTrivia newLine = SyntaxEdits.NewLine(record);
        SyntaxTrivia[] indentation = [.. record.GetLeadingTrivia().Reverse().TakeWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia))];
        SyntaxTrivia[] inner = [.. indentation, SyntaxFactory.Whitespace("    ")];
        IEnumerable<MemberDeclarationSyntax> properties = record.ParameterList!.Parameters.Select(parameter =>
        {
            IEnumerable<SyntaxTrivia> documentation = Documentation(record, parameter) is { } text
                ? [.. inner, SyntaxFactory.Comment($"/// <summary>{text}</summary>"), newLine]
                : [];
            string attributes = string.Concat(parameter.AttributeLists
                .Where(static l => l.Target is null or { Identifier.ValueText: "property" or "param" })
                .Select(static l => $"[{l.Attributes}] "));
            string declaration = $"{attributes}public partial {parameter.Type} {parameter.Identifier} {{ get; init; }}";
            IEnumerable<SyntaxTrivia> before = Before(parameter).SelectMany(c => (SyntaxTrivia[])[.. inner, c, newLine]);
            IEnumerable<SyntaxTrivia> after = After(parameter).SelectMany(static c => (SyntaxTrivia[])[SyntaxFactory.Space, c]);
            return SyntaxFactory.ParseMemberDeclaration(declaration)!
                .WithLeadingTrivia(before.Concat(documentation).Concat(inner))
                .WithTrailingTrivia(after.Append(newLine));
        });

        RecordDeclarationSyntax bare = WithoutParameterDocumentation(record).WithParameterList(null)
            .WithIdentifier(record.Identifier.WithTrailingTrivia(record.ParameterList.GetTrailingTrivia()));
        SyntaxToken before = bare.ConstraintClauses.Count > 0
            ? bare.ConstraintClauses.Last().GetLastToken()
            : bare.BaseList?.GetLastToken() ?? bare.Identifier;
        if (record.SemicolonToken.IsKind(SyntaxKind.SemicolonToken) && record.OpenBraceToken.IsKind(SyntaxKind.None))
        {
            bare = bare.ReplaceToken(before, before.WithTrailingTrivia(newLine));
            SyntaxToken open = SyntaxFactory.Token(SyntaxKind.OpenBraceToken), close = SyntaxFactory.Token(SyntaxKind.CloseBraceToken);
            return bare.WithSemicolonToken(default)
                .WithOpenBraceToken(open.WithLeadingTrivia(indentation).WithTrailingTrivia(newLine))
                .WithCloseBraceToken(close.WithLeadingTrivia(indentation).WithTrailingTrivia(record.SemicolonToken.TrailingTrivia))
                .WithMembers([.. properties]);
        }

        if (record.Members.FirstOrDefault() is { } first && !first.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia))
        {
            int last = record.ParameterList.Parameters.Count - 1;
            properties = properties.Select((p, i) => i == last ? p.WithTrailingTrivia(newLine, newLine) : p);
        }

        // A body on the line of the record gets lines of its own.
        SyntaxList<MemberDeclarationSyntax> members = bare.Members;
        if (!bare.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            bare = bare.WithOpenBraceToken(bare.OpenBraceToken.WithTrailingTrivia(newLine));
            bare = members.Count == 0 ? bare.WithCloseBraceToken(bare.CloseBraceToken.WithLeadingTrivia(indentation)) : bare;
            members = members.Count == 0 ? members : members.Replace(members[0], members[0].WithLeadingTrivia(inner));
        }

        return bare.WithMembers([.. properties, .. members]);
    }

    // A comment belongs to the parameter that it stands before, or, at the end of a line, to the one that it stands after.
    private static IEnumerable<SyntaxTrivia> Before(ParameterSyntax parameter)
    {
        SyntaxToken previous = parameter.GetFirstToken().GetPreviousToken();
        bool endsLine = previous.IsKind(SyntaxKind.CommaToken) && previous.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        return (endsLine ? [] : previous.TrailingTrivia).Concat(parameter.GetLeadingTrivia()).Where(SyntaxEdits.IsComment);
    }

    private static IEnumerable<SyntaxTrivia> After(ParameterSyntax parameter)
    {
        SyntaxToken next = parameter.GetLastToken().GetNextToken();
        bool endsLine = next.IsKind(SyntaxKind.CommaToken) && next.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        return parameter.GetTrailingTrivia().Concat(next.LeadingTrivia).Concat(endsLine ? next.TrailingTrivia : [])
            .Where(SyntaxEdits.IsComment);
    }

    private static string? Documentation(RecordDeclarationSyntax record, ParameterSyntax parameter) =>
        ParameterElements(record).FirstOrDefault(e => e.StartTag.Attributes.OfType<XmlNameAttributeSyntax>()
                .Any(a => a.Identifier.Identifier.ValueText == parameter.Identifier.ValueText)) is { } element
            ? string.Join(" ", element.Content.ToString().Split('\n').Select(static line => line.Trim().TrimStart('/').Trim())).Trim()
            : null;

    private static RecordDeclarationSyntax WithoutParameterDocumentation(RecordDeclarationSyntax record) =>
        record.ReplaceTrivia(
            record.GetLeadingTrivia().Where(static t => t.GetStructure() is DocumentationCommentTriviaSyntax),
            static (trivia, _) => SyntaxFactory.Trivia(WithoutParameters((DocumentationCommentTriviaSyntax)trivia.GetStructure()!)));

    // The text before an element holds the end of the line before it and its own slashes, so that both go together.
    private static DocumentationCommentTriviaSyntax WithoutParameters(DocumentationCommentTriviaSyntax documentation)
    {
        var content = new List<XmlNodeSyntax>();
        foreach (XmlNodeSyntax node in documentation.Content)
        {
            if (IsParameter(node))
            {
                if (content.LastOrDefault() is XmlTextSyntax)
                {
                    content.RemoveAt(content.Count - 1);
                }
            }
            else
            {
                content.Add(node);
            }
        }

        return documentation.WithContent([.. content]);
    }

    private static IEnumerable<XmlElementSyntax> ParameterElements(RecordDeclarationSyntax record) =>
        record.GetLeadingTrivia().Select(static t => t.GetStructure()).OfType<DocumentationCommentTriviaSyntax>()
            .SelectMany(static d => d.Content).Where(IsParameter).Cast<XmlElementSyntax>();

    private static bool IsParameter(XmlNodeSyntax node) => node is XmlElementSyntax { StartTag.Name.LocalName.ValueText: "param" };
}
