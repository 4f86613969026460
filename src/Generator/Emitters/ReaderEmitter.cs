using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The reader: one pass over the members of an object.</summary>
internal static class ReaderEmitter
{
    // The JIT does not optimize a method of more than 29 KB of IL. With more members than this, several methods read them.
    private const int MembersPerMethod = 32;

    private const string Scanner = "ref PatchGenJson.PatchScanner scanner";

    public static void Emit(PatchSpec patch, SourceWriter writer)
    {
        MemberSpec[] members = [.. patch.Members.Where(static m => m.Codec is not OpenCodec)];
        EmitRead(patch, members, patch.Members.FirstOrDefault(static m => m.Codec is OpenCodec), writer);
        for (int first = 0; members.Length > MembersPerMethod && first < members.Length; first += MembersPerMethod)
        {
            EmitReadMembers(patch, members, first, writer);
        }

        NamesEmitter.Emit(patch, members, writer);
        MemberSpec[] madeOnce = [.. members.Where(CodecCode.IsMadeOnce)];
        if (madeOnce.Length > 0)
        {
            writer.Line().Generated("// How values are read, written and compared, where that takes more than their type to say.")
                .Open($"private static class {patch.Hidden.Codecs}");
            foreach (MemberSpec member in madeOnce)
            {
                writer.Line($"public static readonly {CodecCode.Type(member)} {member.Name()} = {CodecCode.Make(member)};");
            }

            writer.Close();
        }
    }

    private static void EmitRead(PatchSpec patch, MemberSpec[] members, MemberSpec? open, SourceWriter writer)
    {
        HiddenNames hidden = patch.Hidden;
        string state = $"patch.{hidden.StateField}";
        state = patch.Kind == PatchKind.ReadonlyStruct ? $"PatchGenJson.PatchScanner.Fill(in {state})" : state;
        string isDuplicate = $"name.Index is >= 0 and < {members.Length} && !state.Present.TryAdd(name.Index)";
        writer.Generated("// Reads one object. The scanner collects problems, and reading goes on.")
            .Open($"static int {patch.Interface()}.Read({Scanner}, int at, out {patch.Name()} patch)")
            .Line(patch.Kind == PatchKind.Class ? $"patch = new {patch.Name()}();" : "patch = default;")
            .Line($"ref {hidden.State} state = ref {state};")
            .LineIf(open is not null, "PatchGenJson.OpenJson? open = null;")
            .Open("for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))")
            .LineIf(open is not null, "int nameAt = at;")
            .Line($"PatchGenJson.PatchName name = {hidden.FindName}(ref scanner, at);")
            .Line("at = scanner.Colon(name.End);")
            .LineIf(members.Length > 0, $"if ({isDuplicate}) scanner.AddDuplicate({hidden.Names}[name.Index]);");
        EmitSwitch(patch, members, open, writer);
        writer.Close().Line();
        if (open is not null)
        {
            writer.Open("if (open is not null)").Line($"state.{open.Name()} = new(open);")
                .Line($"state.Present.Add({members.Length});").Close().Line();
        }

        writer.LineIf(patch.RequireAny, "if (patch.IsEmpty) scanner.AddEmptyPatch();").Line("return ~at;").Close().Line();
    }

    private static void EmitSwitch(PatchSpec patch, MemberSpec[] members, MemberSpec? open, SourceWriter writer)
    {
        writer.Open("switch (name.Index)");
        if (members.Length <= MembersPerMethod)
        {
            EmitCases(patch, members, 0, writer);
        }

        for (int first = 0; members.Length > MembersPerMethod && first < members.Length; first += MembersPerMethod)
        {
            int last = Last(members, first);
            writer.Line($"case >= {first} and <= {last}: at = ReadMembers{first}To{last}(ref scanner, at, name.Index, ref state); break;");
        }

        for (int i = 0; i < patch.Fences.Count; i++)
        {
            string fence = $"{patch.Hidden.Fences}[{i}]", comment = CSharp.Comment(patch.Fences[i].Name);
            writer.Line($"case {members.Length + i}: at = scanner.ReadFence(at, {fence}); break; // {comment}");
        }

        writer.Line($"default: at = scanner.{(open is null ? "Skip(at)" : "ReadOpenMember(nameAt, at, ref open)")}; break;").Close();
    }

    private static int Last(MemberSpec[] members, int first) => Math.Min(first + MembersPerMethod, members.Length) - 1;

    private static void EmitReadMembers(PatchSpec patch, MemberSpec[] members, int first, SourceWriter writer)
    {
        string head = $"private static int ReadMembers{first}To{Last(members, first)}";
        writer.Generated("").Open($"{head}({Scanner}, int at, int index, ref {patch.Hidden.State} state)").Open("switch (index)");
        EmitCases(patch, members, first, writer);
        writer.Close().Line().Line("return at;").Close().Line();
    }

    private static void EmitCases(PatchSpec patch, MemberSpec[] members, int first, SourceWriter writer)
    {
        for (int i = first; i <= Last(members, first); i++)
        {
            MemberSpec member = members[i];
            string name = CSharp.Of(member.JsonName), method = member.Type.IsNullable ? "ReadNullable" : "Read";
            string read = CodecCode.IsPatch(member)
                ? $"scanner.{method}Patch(at, {name}, out state.{member.Name()})"
                : $"scanner.{method}(at, {name}, {CodecCode.Of(patch, member)}, out state.{member.Name()})";
            if (member.FencedUntil is null && member.WriteScope is null)
            {
                writer.Line($"case {i}: at = {read}; break;");
                continue;
            }

            string scope = CSharp.Of(member.WriteScope), until = CSharp.Of(member.FencedUntil);
            read = member.WriteScope is null ? read
                : $"!scanner.HasScope({scope}) ? scanner.ReadMissingScope(at, {name}, {scope}) : {read}";
            read = member.FencedUntil is null ? read : $"!scanner.IsLifted({until}) ? scanner.ReadFenced(at, {name}, {until}) : {read}";
            string comment = member.FencedUntil is null ? $"for {scope}"
                : member.WriteScope is null ? $"until {until}"
                : $"until {until}, for {scope}";
            writer.Line($"case {i}: // {CSharp.Comment(comment)}").Indent().Line($"at = {read};").Line("break;").Unindent();
        }
    }
}
