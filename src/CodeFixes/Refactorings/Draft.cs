using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Layers.PatchGen.CodeFixes.Refactorings;

/// <summary>A patch record as it could be written.</summary>
/// <remarks>
/// The generator's parser decides which members are valid: members that it reports are left out, until it reports nothing.
/// </remarks>
internal sealed class Draft
{
    private readonly SemanticModel _model;
    private readonly SourceText _text;
    private readonly TextSpan _replaced;
    private readonly string _before;
    private readonly string _after;
    private readonly string _indentation;
    private readonly string _newLine;
    private List<DraftMember> _members;

    private Draft(
        SemanticModel model,
        TypeDeclarationSyntax declaration,
        TextSpan replaced,
        string before,
        string after,
        IEnumerable<DraftMember> members)
    {
        _model = model;
        _text = model.SyntaxTree.GetText();
        _replaced = replaced;
        (_indentation, _newLine) = LayoutOf(declaration);
        _before = before;
        _after = after;
        _members = [.. members];
    }

    /// <summary>The patch record of a document, after it; null where none can stand.</summary>
    public static Draft? OfRecord(INamedTypeSymbol type, TypeDeclarationSyntax declaration, SemanticModel model)
    {
        string name = type.Name + "Patch";
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || type.IsStatic || type.IsGenericType || type.IsFileLocal
            || declaration.Ancestors().OfType<TypeDeclarationSyntax>()
                .Any(static t => t.TypeParameterList is not null || !t.Has(SyntaxKind.PartialKeyword))
            || ((INamespaceOrTypeSymbol?)type.ContainingType ?? type.ContainingNamespace).GetMembers(name).Length > 0)
        {
            return null;
        }

        (string indentation, string newLine) = LayoutOf(declaration);
        string accessibility = type.DeclaredAccessibility is Accessibility.Public
            ? "public "
            : type.ContainingType is null ? "" : SyntaxFacts.GetText(type.DeclaredAccessibility) + " ";
        string header =
            $"{indentation}[global::Layers.PatchGen.Patch<{type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}>]{newLine}"
            + $"{indentation}{accessibility}sealed partial record {name}{newLine}{indentation}{{{newLine}";
        bool endsLine = declaration.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        return new Draft(
            model,
            declaration,
            new TextSpan(declaration.FullSpan.End, 0),
            $"{(endsLine ? "" : newLine)}{newLine}{header}",
            $"{indentation}}}{(endsLine ? newLine : "")}",
            DraftMember.Of(type, (ISymbol?)type.ContainingType ?? type.ContainingAssembly, model.Compilation));
    }

    /// <summary>The members that a patch record does not have of its document; null where it has no document.</summary>
    public static Draft? OfMissingMembers(
        INamedTypeSymbol type,
        AttributeData patch,
        TypeDeclarationSyntax declaration,
        SemanticModel model)
    {
        if (declaration is not RecordDeclarationSyntax || patch.AttributeClass is not { TypeArguments: [var patched] })
        {
            return null;
        }

        (string indentation, string newLine) = LayoutOf(declaration);
        ImmutableArray<ISymbol> members = type.GetMembers();
        IEnumerable<string> targets = members.Select(static m => m.Attribute(KnownTypes.PatchTo)?.FirstArgument()).OfType<string>();
        var known = new HashSet<string>(members.Select(static m => m.Name).Concat(targets));
        SyntaxToken close = declaration.CloseBraceToken;
        bool hasBody = !close.IsKind(SyntaxKind.None);
        bool isOnOwnLine = hasBody && close.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        bool isSpaced = declaration.Members.LastOrDefault()?.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia) == true;
        (TextSpan replaced, string before, string after) =
            isOnOwnLine ? (new TextSpan(close.FullSpan.Start, 0), isSpaced ? newLine : "", "")
            : hasBody ? (TextSpan.FromBounds(close.GetPreviousToken().Span.End, close.SpanStart), newLine, indentation)
            : (declaration.SemicolonToken.Span, $"{newLine}{indentation}{{{newLine}", $"{indentation}}}");
        return new Draft(
            model,
            declaration,
            replaced,
            before,
            after,
            DraftMember.Of(patched, type, model.Compilation).Where(m => !known.Contains(m.Name)));
    }

    /// <summary>The text with the members that can stand; null when there are none.</summary>
    public DraftChange? Complete(CancellationToken cancellationToken)
    {
        while (_members.Count > 0)
        {
            string written = _before + string.Concat(_members.Select(Write)) + _after;
            SourceText text = _text.WithChanges(new TextChange(_replaced, written));
            if (!LeaveOut(text, cancellationToken))
            {
                return new DraftChange(text, new TextSpan(_replaced.Start, written.Length));
            }
        }

        return null;
    }

    // One line per member; an empty line before and after one with attributes.
    private string Write(DraftMember member, int index)
    {
        string inner = _indentation + "    ";
        bool isSpaced = index > 0 && (member.Attributes.Length > 0 || _members[index - 1].Attributes.Length > 0);
        string attributes = member.Attributes.IsEmpty ? "" : $"{inner}[{string.Join(", ", member.Attributes)}]{_newLine}";
        return $"{(isSpaced ? _newLine : "")}{attributes}{inner}{member.Declaration}{_newLine}";
    }

    /// <summary>Leaves out what the parser or the compiler object to; false when that is nothing.</summary>
    private bool LeaveOut(SourceText text, CancellationToken cancellationToken)
    {
        SyntaxTree tree = _model.SyntaxTree.WithChangedText(text);
        Compilation compilation = _model.Compilation.ReplaceSyntaxTree(_model.SyntaxTree, tree);
        SemanticModel model = compilation.GetSemanticModel(tree);
        RecordDeclarationSyntax record = tree.GetRoot(cancellationToken)
            .FindToken(_replaced.Start + _before.Length).Parent!.FirstAncestorOrSelf<RecordDeclarationSyntax>()!;
        INamedTypeSymbol type = model.GetDeclaredSymbol(record, cancellationToken)!;

        // The other half of the properties is not there yet (CS9248).
        IEnumerable<Diagnostic> objections = PatchParser.Parse(type, type.PatchAttribute()!, compilation, cancellationToken).Diagnostics
            .Where(static d => d.Severity >= DiagnosticSeverity.Warning)
            .Concat(model.GetDeclarationDiagnostics(record.Span, cancellationToken)
                .Where(static d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS9248"));
        List<DraftMember> left = _members;
        foreach (Diagnostic objection in objections)
        {
            left = [.. left.Select(member => Without(member, objection, record)).OfType<DraftMember>()];
        }

        bool hasLeftOut = !left.SequenceEqual(_members);
        _members = left;
        return hasLeftOut;
    }

    private static DraftMember? Without(DraftMember member, Diagnostic objection, RecordDeclarationSyntax record)
    {
        if (objection.Properties.TryGetValue(FixProperties.Member, out string? named) && named == member.Name)
        {
            return null;
        }

        PropertyDeclarationSyntax property =
            record.Members.OfType<PropertyDeclarationSyntax>().First(p => p.Identifier.ValueText == member.Name);
        if (objection.Location.SourceTree != property.SyntaxTree || !property.Span.Contains(objection.Location.SourceSpan))
        {
            return member;
        }

        AttributeSyntax? attribute = property.FindNode(objection.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>();
        return attribute is null ? null : member with { Attributes = member.Attributes.Remove(attribute.ToString()) };
    }

    private static (string Indentation, string NewLine) LayoutOf(TypeDeclarationSyntax declaration) =>
        (
            string.Concat(declaration.GetLeadingTrivia().Reverse().TakeWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse()),
            SyntaxEdits.NewLine(declaration).ToString());
}

/// <summary>The text with the draft, and the position of the draft.</summary>
internal sealed record DraftChange(SourceText Text, TextSpan Written);
