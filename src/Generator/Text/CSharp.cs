using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace Layers.PatchGen.Generator.Text;

/// <summary>Names and texts of the user in C#: the one place that escapes.</summary>
internal static class CSharp
{
    /// <summary>A string literal, or <c>null</c>.</summary>
    public static string Of(string? text) =>
        text is null ? "null"
        : IsPlain(text) ? "\"" + text + "\""
        : SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Of(char letter) => SymbolDisplay.FormatLiteral(letter, quote: true);

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A name, with an <c>@</c> where it is a keyword; none of those has a capital.</summary>
    public static string Identifier(string name) =>
        name.Length > 0 && name[0] is >= 'A' and <= 'Z' ? name
        : SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name
        : name;

    /// <summary>A namespace, the names of which are escaped one by one.</summary>
    public static string Namespace(string name) => string.Join(".", name.Split('.').Select(Identifier));

    /// <summary>Text inside an XML comment.</summary>
    public static string Xml(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        text = text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        return string.Concat(text.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? $"\\u{(int)c:x4}" : c.ToString()));
    }

    /// <summary>Text inside a line comment: on one line whatever it holds.</summary>
    public static string Comment(string text) =>
        IsPlain(text) ? text : Xml(text).Replace("&amp;", "&").Replace("&lt;", "<").Replace("&gt;", ">");

    // Nothing in it needs escaping anywhere; most names are like that.
    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~' or '"' or '\\' or '&' or '<' or '>')
            {
                return false;
            }
        }

        return true;
    }
}
