using System.Collections.Generic;
using System.Globalization;
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

    // More code than this no longer fits into the first-level instruction cache; a table is faster then.
    private const int NamesInCode = 256;

    private const string Compiler = "global::System.Runtime.CompilerServices.";

    public static void Emit(PatchSpec patch, MemberSpec[] members, SourceWriter writer)
    {
        HiddenNames hidden = patch.Hidden;
        IEnumerable<string> texts = members.Select(static m => m.JsonName).Concat(patch.Fences.Select(static f => f.Name));
        NameText[] names = [.. texts.Select(static (name, i) => new NameText(name, i)).Where(static name => name.IsPlain)];
        string find = members.Length < patch.Members.Count ? "FindOpenName" : "FindName";
        writer.Generated("// The index of a name, and where it ends. Escaped and unknown names take the slow path.")
            .Line($"[{Compiler}MethodImpl({Compiler}MethodImplOptions.AggressiveInlining)]");
        List<NameText[]> methods = [names.Length > NamesInCode ? [] : names];
        for (int i = 0; i < methods.Count; i++)
        {
            string method = hidden.FindName + (i == 0 ? "" : CSharp.Of(i));
            (i == 0 ? writer : writer.Generated(""))
                .Open($"private static PatchGenJson.PatchName {method}(ref PatchGenJson.PatchScanner scanner, int at)");
            EmitDecision(patch, methods[i], methods[i].Length > NamesPerMethod ? methods : null, writer);
            writer.LineIf(methods[i].Length > 0, "").Line($"return scanner.{find}(at, {hidden.Names});").Close().Line();
        }

        if (patch.Fences.Count > 0)
        {
            string all = string.Join(", ", patch.Fences.Select(static f => Fence("new", f)));
            writer.Line($"private static readonly PatchGenJson.PatchFence[] {hidden.Fences} = [{all}];").Line();
        }

        string list = string.Join(", ", members.Select(MemberName));
        string fences = patch.Fences.Count > 0 ? ", " + hidden.Fences : "";
        writer.Line($"private static readonly PatchGenJson.PatchNames {hidden.Names} = new([{list}]{fences});");
    }

    private static string MemberName(MemberSpec member)
    {
        string name = CSharp.Of(member.JsonName);
        return member.FencedUntil is null && member.WriteScope is null ? name
            : $"new({name}, {CSharp.Of(member.FencedUntil)}, {CSharp.Of(member.WriteScope)})";
    }

    private static string Fence(string head, FenceSpec fence)
    {
        IEnumerable<string> children = fence.Children.Select(static child => Fence("new PatchGenJson.PatchFence", child));
        return $"{head}({string.Join(", ", [CSharp.Of(fence.Name), CSharp.Of(fence.Until), .. children])})";
    }

    // Distinguishes some names. What remains after the first decision is left to methods of their own where a list takes them.
    private static void EmitDecision(PatchSpec patch, NameText[] names, List<NameText[]>? methods, SourceWriter writer)
    {
        int position = names.Length > 2 ? BestPosition(names) : -1;
        if (position < 0)
        {
            foreach (NameText name in names)
            {
                writer.Line(name.Test);
            }

            return;
        }

        writer.Open($"switch (scanner.ByteAt(at{(position == 0 ? "" : $" + {position}")}))");
        foreach (IGrouping<byte, NameText> group in names.GroupBy(name => name.Bytes[position]))
        {
            NameText[] rest = [.. group];
            string label = $"case {ByteLiteral(group.Key)}:";
            if (rest.Length == 1)
            {
                writer.Line($"{label} {rest[0].Test} break;");
            }
            else if (methods is not null)
            {
                writer.Line(label).Indent().Line($"return {patch.Hidden.FindName}{methods.Count}(ref scanner, at);").Unindent();
                methods.Add(rest);
            }
            else
            {
                writer.Line(label).Indent();
                EmitDecision(patch, rest, methods: null, writer);
                writer.Line("break;").Unindent();
            }
        }

        writer.Close();
    }

    // Within the shortest name and its quote, where the names differ most; -1 when they do not differ there.
    private static int BestPosition(NameText[] names)
    {
        (int position, int kinds) = (-1, 1);
        for (int i = Math.Min(32, names.Min(static name => name.Bytes.Length)) - 1; i >= 0; i--)
        {
            int distinct = names.Select(name => name.Bytes[i]).Distinct().Count();
            (position, kinds) = distinct >= kinds && distinct > 1 ? (i, distinct) : (position, kinds);
        }

        return position;
    }

    private static string ByteLiteral(byte value) =>
        value is > 0x20 and < 0x7f ? "(byte)" + CSharp.Of((char)value) : "0x" + value.ToString("x2", CultureInfo.InvariantCulture);

    private sealed class NameText(string text, int index)
    {
        /// <summary>The bytes of the name and its closing quote.</summary>
        public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(text + "\"");

        /// <summary>JSON does not escape the name; any other is found by the slow path.</summary>
        public bool IsPlain => text.All(static c => c is not (< ' ' or '"' or '\\') && !char.IsSurrogate(c));

        public string Test => $"if (scanner.NameIs(at, {CSharp.Of(text + "\"")}u8)) return new({index}, at + {Bytes.Length});";
    }
}
