using System.Collections.Generic;
using System.Text;

namespace Layers.PatchGen.Generator.Emitters;

/// <content>From a name to its index: a decision on the byte that tells the names apart best, then an exact comparison that takes in the closing quote.</content>
internal static partial class PatchEmitter
{
    // The JIT sees through so many comparisons in one method; after that it calls each of them.
    private const int NamesPerMethod = 24;

    // More code than this no longer fits into the processor's nearest cache beside the rest, and waiting for it costs more than looking into a table.
    private const int NamesInCode = 256;

    private static void EmitFindName(PatchSpec patch, MemberSpec[] members, MemberSpec? open, SourceWriter writer)
    {
        List<NameText> names = PlainNames(patch, members);
        if (names.Count > NamesInCode)
        {
            names.Clear();
        }

        writer.Lines(names.Count == 0
            ? "// The name's index and the position after its closing quote, from a table."
            : "// The name's index and the position after its closing quote. What is not matched as it stands may be escaped, or is unknown.");
        string otherwise = $"return scanner.{(open is null ? "FindName" : "FindOpenName")}(at, {patch.Hidden.Names});";
        List<List<NameText>> methods = [names];
        for (int i = 0; i < methods.Count; i++)
        {
            if (i == 0)
            {
                writer.Lines(Inlined);
            }

            writer.Open($"private static {Json}PatchName {patch.Hidden.FindName}{(i == 0 ? "" : CSharpLiteral.Of(i))}(ref {Json}PatchScanner scanner, int at)");
            EmitDecision(patch, methods[i], methods[i].Count > NamesPerMethod, methods, writer);
            if (methods[i].Count > 0)
            {
                writer.Line();
            }

            writer.Lines(otherwise).Close().Line();
        }
    }

    private static List<NameText> PlainNames(PatchSpec patch, MemberSpec[] members)
    {
        var names = new List<NameText>(members.Length + patch.Fences.Count);
        for (int i = 0; i < members.Length + patch.Fences.Count; i++)
        {
            string name = i < members.Length ? members[i].JsonName : patch.Fences[i - members.Length].Name;
            if (NameText.IsPlain(name))
            {
                names.Add(new NameText(name, i));
            }
        }

        return names;
    }

    /// <summary>Tells some names apart.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="names">The names.</param>
    /// <param name="split">Whether the names behind the first decision are left to methods of their own.</param>
    /// <param name="methods">Takes the names of each such method.</param>
    /// <param name="writer">Takes the code.</param>
    private static void EmitDecision(PatchSpec patch, List<NameText> names, bool split, List<List<NameText>> methods, SourceWriter writer)
    {
        int position = names.Count > 2 ? BestPosition(names) : -1;
        if (position < 0)
        {
            foreach (NameText name in names)
            {
                writer.Lines(Comparison(name));
            }

            return;
        }

        writer.Open($"switch (scanner.ByteAt(at{(position == 0 ? "" : $" + {CSharpLiteral.Of(position)}")}))");
        bool[] seen = new bool[256];
        foreach (NameText first in names)
        {
            byte key = first.Bytes[position];
            if (seen[key])
            {
                continue;
            }

            seen[key] = true;
            List<NameText> rest = names.FindAll(name => name.Bytes[position] == key);
            if (rest.Count == 1)
            {
                writer.Lines($"case {ByteLiteral(key)}: {Comparison(rest[0])} break;");
                continue;
            }

            writer.Lines($"case {ByteLiteral(key)}:").Indent();
            if (split)
            {
                writer.Lines($"return {patch.Hidden.FindName}{CSharpLiteral.Of(methods.Count)}(ref scanner, at);");
                methods.Add(rest);
            }
            else
            {
                EmitDecision(patch, rest, split: false, methods, writer);
                writer.Lines("break;");
            }

            writer.Unindent();
        }

        writer.Close();
    }

    private static string Comparison(NameText name) =>
        $"if (scanner.NameIs(at, {CSharpLiteral.Of(name.Text + "\"")}u8)) return new({CSharpLiteral.Of(name.Index)}, at + {CSharpLiteral.Of(name.Bytes.Length)});";

    /// <summary>The position, within the shortest name and its quote, at which the names differ most; -1 when they do not differ there.</summary>
    private static int BestPosition(List<NameText> names)
    {
        int shortest = 32;
        foreach (NameText name in names)
        {
            shortest = global::System.Math.Min(shortest, name.Bytes.Length);
        }

        (int position, int kinds) = (-1, 1);
        bool[] seen = new bool[256];
        for (int i = 0; i < shortest; i++)
        {
            int distinct = 0;
            foreach (NameText name in names)
            {
                distinct += seen[name.Bytes[i]] ? 0 : 1;
                seen[name.Bytes[i]] = true;
            }

            if (distinct > kinds)
            {
                (position, kinds) = (i, distinct);
            }

            global::System.Array.Clear(seen, 0, seen.Length);
        }

        return position;
    }

    private static string ByteLiteral(byte value) => value switch
    {
        (byte)'\'' or (byte)'\\' => $"(byte)'\\{(char)value}'",
        > 0x20 and < 0x7f => $"(byte)'{(char)value}'",
        _ => "0x" + value.ToString("x2", global::System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>A name, and its bytes with the closing quote.</summary>
    private sealed class NameText(string text, int index)
    {
        public string Text { get; } = text;

        public int Index { get; } = index;

        public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(text + "\"");

        /// <summary>The name can stand in JSON unescaped; another is found by the slow path.</summary>
        public static bool IsPlain(string text)
        {
            foreach (char c in text)
            {
                if (c is < ' ' or '"' or '\\' || char.IsSurrogate(c))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
