using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>
/// From a name to its index: a decision on the byte that distinguishes the names best, then a comparison of the whole name with its closing
/// quote.
/// </summary>
internal static class NamesEmitter
{
    // The JIT inlines this many comparisons into one method; after that it calls each of them.
    private const int NamesPerMethod = 24;

    // More code than this no longer fits into the processor's nearest cache beside the rest; a table is faster then.
    private const int NamesInCode = 256;

    private const string Inlined =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    public static void Emit(PatchSpec patch, MemberSpec[] members, bool isOpen, SourceWriter writer)
    {
        string[] all = [.. members.Select(static m => m.JsonName), .. patch.Fences.Select(static f => f.Name)];
        List<NameText> names = all.Select(static (name, i) => new NameText(name, i)).Where(static name => name.IsPlain).ToList();
        if (names.Count > NamesInCode)
        {
            names.Clear();
        }

        writer.Generated("// The index of a name, and where it ends. Escaped and unknown names take the slow path.").Line(Inlined);
        List<List<NameText>> methods = [names];
        for (int i = 0; i < methods.Count; i++)
        {
            string method = patch.Hidden.FindName + (i == 0 ? "" : CSharp.Of(i));
            (i == 0 ? writer : writer.Generated(""))
                .Open($"private static PatchGenJson.PatchName {method}(ref PatchGenJson.PatchScanner scanner, int at)");
            EmitDecision(patch, methods[i], methods[i].Count > NamesPerMethod, methods, writer);
            writer.LineIf(methods[i].Count > 0, "")
                .Line($"return scanner.{(isOpen ? "FindOpenName" : "FindName")}(at, {patch.Hidden.Names});").Close().Line();
        }

        if (patch.Fences.Count > 0)
        {
            writer.Line($"private static readonly PatchGenJson.PatchFence[] {patch.Hidden.Fences} =").Line("[").Indent();
            foreach (FenceSpec fence in patch.Fences)
            {
                writer.Line(Fence("new", fence), ",");
            }

            writer.Unindent().Line("];").Line();
        }

        writer.Filled(
            $"private static readonly PatchGenJson.PatchNames {patch.Hidden.Names} = new",
            [.. members.Select(static m => CSharp.Of(m.JsonName))],
            patch.Fences.Count > 0 ? $", {patch.Hidden.Fences});" : ");");
    }

    private static Code Fence(string head, FenceSpec fence) => Code.Of(
        $"{head}({CSharp.Of(fence.Name)}, {CSharp.Of(fence.Until)}{(fence.Children.Count > 0 ? ", " : "")}",
        [.. fence.Children.Select(static child => Fence("new PatchGenJson.PatchFence", child))],
        ")");

    /// <summary>Distinguishes some names.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="names">The names.</param>
    /// <param name="split">The names behind the first decision are left to methods of their own.</param>
    /// <param name="methods">Takes the names of each such method.</param>
    /// <param name="writer">Takes the code.</param>
    private static void EmitDecision(PatchSpec patch, List<NameText> names, bool split, List<List<NameText>> methods, SourceWriter writer)
    {
        int position = names.Count > 2 ? BestPosition(names) : -1;
        if (position < 0)
        {
            foreach (NameText name in names)
            {
                writer.If(name.Condition, name.Result);
            }

            return;
        }

        writer.Open($"switch (scanner.ByteAt(at{(position == 0 ? "" : $" + {position}")}))");
        foreach (IGrouping<byte, NameText> group in names.GroupBy(name => name.Bytes[position]))
        {
            List<NameText> rest = [.. group];
            string label = $"case {ByteLiteral(group.Key)}:", line = rest.Count == 1 ? $"{label} if ({rest[0].Condition}) {rest[0].Result} break;" : "";
            if (line.Length > 0 && writer.Fits(line))
            {
                writer.Line(line);
                continue;
            }

            writer.Line(label).Indent();
            if (split && rest.Count > 1)
            {
                writer.Line($"return {patch.Hidden.FindName}{methods.Count}(ref scanner, at);");
                methods.Add(rest);
            }
            else
            {
                EmitDecision(patch, rest, split: false, methods, writer);
                writer.Line("break;");
            }

            writer.Unindent();
        }

        writer.Close();
    }

    // Within the shortest name and its quote, where the names differ most; -1 when they do not differ there.
    private static int BestPosition(List<NameText> names)
    {
        (int position, int kinds) = (-1, 1);
        for (int i = Math.Min(32, names.Min(static name => name.Bytes.Length)) - 1; i >= 0; i--)
        {
            int distinct = names.Select(name => name.Bytes[i]).Distinct().Count();
            (position, kinds) = distinct >= kinds && distinct > 1 ? (i, distinct) : (position, kinds);
        }

        return position;
    }

    private static string ByteLiteral(byte value) => value switch
    {
        (byte)'\'' or (byte)'\\' => $"(byte)'\\{(char)value}'",
        > 0x20 and < 0x7f => $"(byte)'{(char)value}'",
        _ => "0x" + value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture),
    };

    private sealed class NameText(string text, int index)
    {
        /// <summary>The bytes of the name and its closing quote.</summary>
        public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(text + "\"");

        /// <summary>The name stands in JSON unescaped; any other is found by the slow path.</summary>
        public bool IsPlain => text.All(static c => c is not (< ' ' or '"' or '\\') && !char.IsSurrogate(c));

        public string Condition => $"scanner.NameIs(at, {CSharp.Of(text + "\"")}u8)";

        public string Result => $"return new({index}, at + {Bytes.Length});";
    }
}
