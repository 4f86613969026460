using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The reader: one pass over the members of an object.</summary>
internal static class ReaderEmitter
{
    // Above about 29 KB of IL the JIT no longer optimises a method. Beyond this many members, values are read in methods of their own.
    private const int MembersPerMethod = 32;

    private const string Scanner = "ref PatchGenJson.PatchScanner scanner";
    private const string OpenMembers = "global::System.Collections.Generic.Dictionary<string, global::System.Text.Json.JsonElement>";

    public static void Emit(PatchSpec patch, SourceWriter writer)
    {
        MemberSpec[] members = patch.Members.Where(static m => m.Codec is not OpenCodec).ToArray();
        MemberSpec? open = patch.Members.FirstOrDefault(static m => m.Codec is OpenCodec);
        ReadMethodsEmitter.Emit(patch, writer);
        EmitRead(patch, members, open, writer);
        for (int first = 0; members.Length > MembersPerMethod && first < members.Length; first += MembersPerMethod)
        {
            EmitReadMembers(patch, members, first, writer);
        }

        NamesEmitter.Emit(patch, members, isOpen: open is not null, writer);
        if (members.Any(CodecCode.IsMadeOnce))
        {
            writer.Line().Generated("// How values are read, written and compared, where that takes more than their type to say.")
                .Open($"private static class {patch.Hidden.Codecs}");
            foreach (MemberSpec member in members.Where(CodecCode.IsMadeOnce))
            {
                writer.Field("public static readonly", CodecCode.Type(member), member.Name(), CodecCode.Make(member));
            }

            writer.Close();
        }
    }

    private static void EmitRead(PatchSpec patch, MemberSpec[] members, MemberSpec? open, SourceWriter writer)
    {
        HiddenNames hidden = patch.Hidden;
        string name = patch.Name(), state = $"patch.{hidden.StateField}";
        state = patch.Kind == PatchKind.ReadonlyStruct ? $"PatchGenJson.PatchScanner.Fill(in {state})" : state;
        writer.Generated("// Reads one object. The scanner collects problems, and reading goes on.")
            .Open(Code.Call($"static int PatchGenJson.IGeneratedPatch<{name}>.Read", Scanner, "int at", $"out {name} patch"))
            .Line(patch.Kind == PatchKind.Class ? $"patch = new {name}();" : "patch = default;")
            .Line($"ref {hidden.State} state = ref {state};")
            .LineIf(open is not null, $"{OpenMembers}? open = null;")
            .Open("for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))")
            .LineIf(open is not null, "int nameAt = at;")
            .Line($"PatchGenJson.PatchName name = {hidden.FindName}(ref scanner, at);")
            .Line("at = scanner.Colon(name.End);");
        if (members.Length > 0)
        {
            string isDuplicate = $"name.Index is >= 0 and < {members.Length} && !state.Present.TryAdd(name.Index)";
            writer.If(isDuplicate, $"scanner.AddDuplicate({hidden.Names}[name.Index]);");
        }

        EmitSwitch(patch, members, open, writer);
        writer.Close().Line();
        if (open is not null)
        {
            writer.Open("if (open is not null)")
                .Line($"state.{open.Name()} = open;").Line($"state.Present.Add({members.Length});").Close().Line();
        }

        writer.LineIf(patch.RequireAny, "if (patch.IsEmpty) scanner.AddEmptyPatch();").Line("return ~at;").Close().Line();
    }

    private static void EmitSwitch(PatchSpec patch, MemberSpec[] members, MemberSpec? open, SourceWriter writer)
    {
        writer.Open("switch (name.Index)");
        if (members.Length <= MembersPerMethod)
        {
            EmitCases(patch, members, 0, members.Length - 1, writer);
        }
        else
        {
            for (int first = 0; first < members.Length; first += MembersPerMethod)
            {
                (string method, int last) = ReadMembers(members.Length, first);
                writer.Case($">= {first} and <= {last}", $"at = {method}(ref scanner, at, name.Index, ref state)");
            }
        }

        for (int i = 0; i < patch.Fences.Count; i++)
        {
            string comment = $" // {CSharp.Comment(patch.Fences[i].Name)}";
            writer.Case($"{members.Length + i}", $"at = scanner.ReadFence(at, {patch.Hidden.Fences}[{i}])", comment);
        }

        writer.Line($"default: at = scanner.{(open is null ? "Skip(at)" : "ReadOpenMember(nameAt, at, ref open)")}; break;").Close();
    }

    private static (string Name, int Last) ReadMembers(int count, int first)
    {
        int last = Math.Min(first + MembersPerMethod, count) - 1;
        return ($"ReadMembers{first}To{last}", last);
    }

    private static void EmitReadMembers(PatchSpec patch, MemberSpec[] members, int first, SourceWriter writer)
    {
        (string method, int last) = ReadMembers(members.Length, first);
        writer.Generated("")
            .Open(Code.Call($"private static int {method}", Scanner, "int at", "int index", $"ref {patch.Hidden.State} state"))
            .Open("switch (index)");
        EmitCases(patch, members, first, last, writer);
        writer.Close().Line().Line("return at;").Close().Line();
    }

    private static void EmitCases(PatchSpec patch, MemberSpec[] members, int first, int last, SourceWriter writer)
    {
        for (int i = first; i <= last; i++)
        {
            MemberSpec member = members[i];
            string name = CSharp.Of(member.JsonName), field = $"out state.{member.Name()}";
            string method = member.Type.IsNullable ? "scanner.ReadNullable" : "scanner.Read";
            Code read = CodecCode.IsPatch(member)
                ? Code.Call(method + "Patch", "at", name, field)
                : Code.Call(method, "at", name, CodecCode.Of(patch, member), field);
            if (member.FencedUntil is null)
            {
                writer.Case($"{i}", Code.Assign("at", read));
                continue;
            }

            string until = CSharp.Of(member.FencedUntil);
            writer.Line($"case {i}: // until {CSharp.Comment(until)}").Indent()
                .Choice("at = ", $"scanner.IsLifted({until})", read, $"scanner.ReadFenced(at, {name}, {until})", ";")
                .Line("break;").Unindent();
        }
    }
}
