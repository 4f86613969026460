using System.Collections.Generic;

namespace Layers.PatchGen.Generator.Text;

/// <content>
/// Breaks lines that are longer than 140 columns, by their punctuation, as a formatter does. A single name or literal is never broken.
/// </content>
internal sealed partial class SourceWriter
{
    private const int Columns = 140;

    /// <summary>Writes a line as several.</summary>
    /// <returns>Whether the line could be broken.</returns>
    private bool TryBreak(string line)
    {
        int at;
        if (line.StartsWith("//", StringComparison.Ordinal))
        {
            return false;
        }

        if (line.StartsWith("case ", StringComparison.Ordinal) && (at = Find(line, ": ")) > 0)
        {
            Line(line.Substring(0, at + 1)).Indent().Lines(line.Substring(at + 2), "; ").Unindent();
        }
        else if (line.StartsWith("if (", StringComparison.Ordinal) && (at = End(line, 3)) < line.Length)
        {
            Open(line.Substring(0, at)).Line(line.Substring(at + 1)).Close().Line();
        }
        else if (line.EndsWith(" }", StringComparison.Ordinal) && (at = Find(line, " {")) > 0)
        {
            Open(line.Substring(0, at)).Lines(line.Substring(at + 3, line.Length - at - 5), "; ").Close();
        }
        else if ((at = Find(line, " => ")) > 0)
        {
            Line(line.Substring(0, at + 3)).Indent().Line(line.Substring(at + 4)).Unindent();
        }
        else if ((at = Find(line, " ? ")) > 0 && Find(line, " : ", at) is > 0 and var otherwise)
        {
            Line(line.Substring(0, at)).Indent();
            Line(line.Substring(at + 1, otherwise - at - 1)).Line(line.Substring(otherwise + 1)).Unindent();
        }
        else if ((at = Find(line, " = ")) > 0 && line.Length - at - 3 <= Columns - (4 * (_indentation + 1)))
        {
            Line(line.Substring(0, at + 2)).Indent().Line(line.Substring(at + 3)).Unindent();
        }
        else
        {
            return TryBreakBrackets(line);
        }

        return true;
    }

    // One line for each item between the brackets; texts of a list fill lines.
    private bool TryBreakBrackets(string line)
    {
        (int open, int close) = LastBrackets(line, 0, line.Length);
        for ((int Open, int Close) inner = (open, close); inner.Open >= 0; inner = LastBrackets(line, inner.Open + 1, inner.Close))
        {
            if (Find(line, ", ", inner.Open + 1, inner.Close) >= 0)
            {
                (open, close) = inner;
                break;
            }
        }

        if (open < 0)
        {
            return false;
        }

        List<string> items = Split(line.Substring(open + 1, close - open - 1).Trim(), ", ");
        Line(line.Substring(0, open + 1)).Indent();
        bool isList = line[open] == '[', isFilled = isList && items.TrueForAll(static item => item[0] == '"');
        string begun = "";
        foreach (string item in items)
        {
            bool fits = begun.Length == 0 || (isFilled && begun.Length + 1 + item.Length <= Columns - (4 * _indentation));
            LineIf(!fits, begun);
            begun = fits && begun.Length > 0 ? $"{begun} {item}" : item;
        }

        _ = isList ? Line(begun).Unindent().Line(line.Substring(close)) : Line(begun + line.Substring(close)).Unindent();
        return true;
    }

    private SourceWriter Lines(string text, string separator)
    {
        foreach (string line in Split(text, separator))
        {
            Line(line);
        }

        return this;
    }

    // The parts of a text, each with its separator but for the space.
    private static List<string> Split(string text, string separator)
    {
        var parts = new List<string>();
        int start = 0;
        for (int at = Find(text, separator); at >= 0; at = Find(text, separator, start))
        {
            parts.Add(text.Substring(start, at + 1 - start));
            start = at + separator.Length;
        }

        parts.Add(text.Substring(start));
        return parts;
    }

    /// <summary>The first index of a text outside of brackets and literals; -1 if there is none.</summary>
    private static int Find(string line, string text, int start = 0, int? end = null)
    {
        int last = end ?? line.Length;
        if (line.IndexOf(text, start, last - start, StringComparison.Ordinal) < 0)
        {
            return -1; // The usual case, and faster than a walk over brackets.
        }

        for (int at = start; at < last; at = End(line, at))
        {
            if (line[at] == text[0] && string.CompareOrdinal(line, at, text, 0, text.Length) == 0)
            {
                return at;
            }
        }

        return -1;
    }

    // The last brackets with something between them.
    private static (int Open, int Close) LastBrackets(string line, int start, int end)
    {
        (int open, int close) = (-1, -1);
        for (int at = start, next; at < end; at = next)
        {
            next = End(line, at);
            if (next - at > 2 && line[at] is not ('"' or '\''))
            {
                (open, close) = (at, next - 1);
            }
        }

        return (open, close);
    }

    /// <summary>The index after the literal, the brackets with all between them, or the character at an index.</summary>
    private static int End(string line, int at)
    {
        char c = line[at++];
        if (c is '"' or '\'')
        {
            while (at < line.Length && line[at] != c)
            {
                at += line[at] == '\\' ? 2 : 1;
            }

            return Math.Min(at + 1, line.Length);
        }

        // Brackets of type arguments follow a name; a comparison is written with spaces.
        bool isGeneric = c == '<' && at > 1 && char.IsLetterOrDigit(line[at - 2]);
        char close = c switch { '(' => ')', '[' => ']', '{' => '}', _ => isGeneric ? '>' : '\0' };
        while (close != '\0' && at < line.Length && line[at] != close)
        {
            at = End(line, at);
        }

        return close == '\0' ? at : Math.Min(at + 1, line.Length);
    }
}
