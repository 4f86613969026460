using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <content>The reader: one pass over the members of an object.</content>
internal static partial class PatchEmitter
{
    // Above about 29 KB of IL the JIT gives up optimising a method in silence: values are read in methods of at most this many members.
    private const int MembersPerMethod = 32;

    private static void EmitReader(PatchSpec patch, SourceWriter writer)
    {
        MemberSpec[] members = patch.Members.Where(static m => m.Codec is not OpenCodec).ToArray();
        MemberSpec? open = patch.Members.FirstOrDefault(static m => m.Codec is OpenCodec);
        EmitTryRead(patch, writer);
        EmitRead(patch, members, open, writer);
        for (int first = 0; members.Length > MembersPerMethod && first < members.Length; first += MembersPerMethod)
        {
            EmitReadMembers(patch, members, first, writer);
        }

        EmitFindName(patch, members, open, writer);
        EmitTables(patch, members, writer);
    }

    private static void EmitTryRead(PatchSpec patch, SourceWriter writer) => writer.Lines($"/// <inheritdoc cref=\"{Runtime}IPatch{{TSelf}}.TryRead\"/>").Lines($"""
        public static bool TryRead(
            {System}ReadOnlySpan<byte> utf8,
            [{CodeAnalysis}MaybeNullWhen(false)] out {Name(patch)} patch,
            out {Runtime}PatchProblems problems,
            {Runtime}PatchReadOptions? options = null) =>
            {Runtime}PatchReader.TryRead(utf8, options ?? {Runtime}PatchReadOptions.Default, out patch, out problems);

        """);

    private static void EmitRead(PatchSpec patch, MemberSpec[] members, MemberSpec? open, SourceWriter writer)
    {
        HiddenNames hidden = patch.Hidden;
        writer.Lines("// Reads the members of one object. Problems are kept by the scanner, and reading goes on.")
            .Open($"static int {Runtime}IPatch<{Name(patch)}>.Read(ref {Json}PatchScanner scanner, int at, out {Name(patch)} patch)");
        string state = $"patch.{hidden.StateField}";
        writer.Lines($"""
            patch = {(patch.Kind == PatchKind.Class ? $"new {Name(patch)}()" : "default")};
            ref {hidden.State} state = ref {(patch.Kind == PatchKind.ReadonlyStruct ? $"{Json}PatchScanner.Fill(in {state})" : state)};
            """);
        if (open is not null)
        {
            writer.Lines($"{System}Collections.Generic.Dictionary<string, {System}Text.Json.JsonElement>? open = null;");
        }

        writer.Open("for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))");
        if (open is not null)
        {
            writer.Lines("int nameAt = at;");
        }

        writer.Lines($"""
            {Json}PatchName name = {hidden.FindName}(ref scanner, at);
            at = scanner.Colon(name.End);
            """);
        if (members.Length > 0)
        {
            writer.Lines($"if ((uint)name.Index < {CSharpLiteral.Of(members.Length)} && !state.Present.TryAdd(name.Index)) scanner.AddDuplicate({hidden.Names}[name.Index]);");
        }

        EmitSwitch(patch, members, open, writer);
        writer.Close().Line();
        if (open is not null)
        {
            writer.Open("if (open is not null)")
                .Lines($"state.{CSharpLiteral.Identifier(open.Name)} = open;")
                .Lines($"state.Present |= {MemberBit(open)};")
                .Close()
                .Line();
        }

        if (patch.RequireAny)
        {
            writer.Lines("if (patch.IsEmpty) scanner.AddEmptyPatch();");
        }

        writer.Lines("return ~at;").Close().Line();
    }

    private static void EmitSwitch(PatchSpec patch, MemberSpec[] members, MemberSpec? open, SourceWriter writer)
    {
        writer.Open("switch (name.Index)");
        if (members.Length <= MembersPerMethod)
        {
            for (int i = 0; i < members.Length; i++)
            {
                EmitCase(patch, members[i], i, writer);
            }
        }
        else
        {
            for (int first = 0; first < members.Length; first += MembersPerMethod)
            {
                int last = global::System.Math.Min(first + MembersPerMethod, members.Length) - 1;
                writer.Lines($"case >= {CSharpLiteral.Of(first)} and <= {CSharpLiteral.Of(last)}:").Indent()
                    .Lines($"at = ReadMembers{CSharpLiteral.Of(first)}To{CSharpLiteral.Of(last)}(ref scanner, at, name.Index, ref state);")
                    .Lines("break;").Unindent();
            }
        }

        for (int i = 0, tree = 0; i < patch.Fences.Count; i++)
        {
            FenceSpec fence = patch.Fences[i];
            string name = CSharpLiteral.Of(fence.Name);
            writer.Lines($"case {CSharpLiteral.Of(members.Length + i)}: // {CSharpLiteral.Comment(fence.Name)}: {(fence.IsReserved ? "reserved" : "reserved further down")}").Indent()
                .Lines(fence.IsReserved
                    ? $"at = scanner.ReadFenced(at, {name}, {CSharpLiteral.Of(fence.Until)});"
                    : $"at = scanner.ReadFencedObject(at, {name}, {patch.Hidden.Fences}[{CSharpLiteral.Of(tree++)}]);")
                .Lines("break;").Unindent();
        }

        writer.Lines($"default: at = scanner.{(open is null ? "Skip(at)" : "ReadOpenMember(nameAt, at, ref open)")}; break;").Close();
    }

    private static void EmitReadMembers(PatchSpec patch, MemberSpec[] members, int first, SourceWriter writer)
    {
        int last = global::System.Math.Min(first + MembersPerMethod, members.Length) - 1;
        writer.Open($"private static int ReadMembers{CSharpLiteral.Of(first)}To{CSharpLiteral.Of(last)}(ref {Json}PatchScanner scanner, int at, int index, ref {patch.Hidden.State} state)");
        writer.Open("switch (index)");
        for (int i = first; i <= last; i++)
        {
            EmitCase(patch, members[i], i, writer);
        }

        writer.Close().Line().Lines("return at;").Close().Line();
    }

    private static void EmitCase(PatchSpec patch, MemberSpec member, int index, SourceWriter writer)
    {
        string name = CSharpLiteral.Of(member.JsonName), field = "state." + CSharpLiteral.Identifier(member.Name);
        string read = $"{(member.Type.IsNullable ? "ReadNullable" : "Read")}{(member.Codec is PatchCodec ? "Patch" : "")}";
        string codec = member.Codec is PatchCodec ? "" : $"{Codec(patch, member)}, ";

        string value = $"at = scanner.{read}(at, {name}, {codec}out {field});";
        if (member.FencedUntil is null && member.Checks.Count == 0)
        {
            writer.Lines($"case {index}: {value} break;");
            return;
        }

        string checks = "";
        writer.Lines($"case {index}:{(checks.Length > 0 ? " // " : "")}{checks}").Indent();
        if (member.FencedUntil is { } until)
        {
            writer.Open($"if (!scanner.IsLifted({CSharpLiteral.Of(until)}))")
                .Lines($"at = scanner.ReadFenced(at, {name}, {CSharpLiteral.Of(until)});")
                .Lines("break;")
                .Close()
                .Line();
        }

        writer.Lines(value);
        for (int i = 0; i < member.Checks.Count; i++)
        {
            writer.Lines($"if (scanner.Accepted) scanner.Problems.{Check(patch, member, i, field)};");
        }

        writer.Lines("break;").Unindent();
    }

    private static string Check(PatchSpec patch, MemberSpec member, int index, string value) =>
        $"Check{RuleOf(member.Checks[index])}({CSharpLiteral.Of(member.JsonName)}, {value}, {(IsMadeOnce(member.Checks[index]) ? $"{patch.Hidden.Rules}.{RuleName(member, index)}" : ArgumentsOf(member.Checks[index]))})";

    private static string RuleOf(CheckSpec check) => check is RuleCheck rule ? rule.Rule : "Rule";

    private static string ArgumentsOf(CheckSpec check) => check switch
    {
        RuleCheck { Rule: "Allowed" } rule => $"[{ConstantCode.Of(rule.Arguments)}]",
        RuleCheck rule => ConstantCode.Of(rule.Arguments),
        _ => CSharpLiteral.Of(((AttributeCheck)check).Name),
    };

    private static bool IsMadeOnce(CheckSpec check) => check is AttributeCheck or RuleCheck { Rule: "Pattern" };

    // The number tells those of one member apart, and those of Title_1 from those of Title.
    private static string RuleName(MemberSpec member, int index) => $"{member.Name}_{CSharpLiteral.Of(index)}";

    private static void EmitTables(PatchSpec patch, MemberSpec[] members, SourceWriter writer)
    {
        string modelled = string.Join(", ", members.Select(static m => CSharpLiteral.Of(m.JsonName)));
        string fenced = string.Concat(patch.Fences.Select(static f => ", " + CSharpLiteral.Of(f.Name)));
        writer.Lines($"private static readonly {Json}PatchNames {patch.Hidden.Names} = new([{modelled}]{fenced});");
        FenceSpec[] trees = patch.Fences.Where(static fence => !fence.IsReserved).ToArray();
        if (trees.Length > 0)
        {
            writer.Line().Lines($"private static readonly {Json}PatchFence[] {patch.Hidden.Fences} =").Lines("[").Indent();
            foreach (FenceSpec fence in trees)
            {
                EmitFence(fence, "", writer, ",");
            }

            writer.Unindent().Lines("];");
        }

        if (members.Any(static m => m.Codec is not null && CodecCode.IsMadeOnce(m.Codec)))
        {
            EmitCodecs(patch, members, writer);
        }

        if (members.Any(static m => m.Checks.Any(static c => IsMadeOnce(c))))
        {
            EmitRules(patch, members, writer);
        }
    }

    private static void EmitCodecs(PatchSpec patch, MemberSpec[] members, SourceWriter writer)
    {
        writer.Line().Lines("// How values are read and written, where that takes more than their type to say.").Open($"private static class {patch.Hidden.Codecs}");
        foreach (MemberSpec member in members.Where(static m => m.Codec is not null && CodecCode.IsMadeOnce(m.Codec)))
        {
            string field = $"public static readonly {CodecCode.Type(member.Codec!)} {CSharpLiteral.Identifier(member.Name)} =";
            bool fits = field.Length + CodecCode.Make(member.Codec!).Length < 140;
            writer.Lines(fits ? $"{field} {CodecCode.Make(member.Codec!)};" : $"{field}\n    {CodecCode.Make(member.Codec!)};");
        }

        writer.Close();
    }

    private static void EmitRules(PatchSpec patch, MemberSpec[] members, SourceWriter writer)
    {
        writer.Line().Lines("// What constraints are checked by, made once.").Open($"private static class {patch.Hidden.Rules}");
        foreach (MemberSpec member in members)
        {
            for (int i = 0; i < member.Checks.Count; i++)
            {
                if (member.Checks[i] is RuleCheck { Rule: "Pattern" } pattern)
                {
                    writer.Lines($"public static readonly global::System.Text.RegularExpressions.Regex {RuleName(member, i)} = {Json}PatchPattern.Create({ConstantCode.Of(pattern.Arguments)});");
                }
                else if (member.Checks[i] is AttributeCheck attribute)
                {
                    writer.Lines($"public static readonly {Json}PatchRule {RuleName(member, i)} = new({CSharpLiteral.Of(attribute.Name)}, static () => {ConstantCode.New(attribute)});");
                }
            }
        }

        writer.Close();
    }

    private static void EmitFence(FenceSpec fence, string type, SourceWriter writer, string tail)
    {
        string head = $"new{type}({CSharpLiteral.Of(fence.Name)}, {CSharpLiteral.Of(fence.Until)}";
        if (fence.Children.Count == 0)
        {
            writer.Lines($"{head}){tail}");
            return;
        }

        writer.Lines($"{head},").Indent();
        for (int i = 0; i < fence.Children.Count; i++)
        {
            EmitFence(fence.Children[i], $" {Json}PatchFence", writer, i == fence.Children.Count - 1 ? ")" + tail : ",");
        }

        writer.Unindent();
    }
}
