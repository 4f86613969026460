namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The patch that leads from one document to another.</summary>
internal static class DiffEmitter
{
    public static void Emit(PatchSpec patch, DocumentSpec document, SourceWriter writer)
    {
        string type = document.Code();
        writer.Line().Generated()
            .Line(Code.Call($"public static {patch.Name()} Diff", $"{type} before", $"{type} after"), "").Open()
            .Line($"{patch.Hidden.State} state = default;")
            .Line($"PatchGenJson.PatchDifference<{patch.Words()}> difference = new({patch.Hidden.Table}.Rows);");
        for (int i = 0; i < patch.Members.Count; i++)
        {
            if (patch.Members[i].Target is { ConvertsBack: true } target)
            {
                EmitDifference(patch, patch.Members[i], target, $"{i}", writer);
            }
        }

        writer.Line("state.Present = difference.Present;")
            .Line(patch.Kind == PatchKind.Class ? $"return new {patch.Name()} {{ {patch.Hidden.StateField} = state }};" : $"return new {patch.Name()}(in state);")
            .Close();
    }

    private static void EmitDifference(PatchSpec patch, MemberSpec member, TargetSpec target, string index, SourceWriter writer)
    {
        string property = CSharpLiteral.Identifier(target.Name), before = "before." + property, after = "after." + property;
        string field = "state." + member.Name(), codec = CodecCode.ValueOf(patch, member);
        _ = member.Codec switch
        {
            OpenCodec => writer.If(Code.Call("difference.Open", index, before, after, $"out var new{member.Name}"), $"{field} = new{member.Name};"),
            PatchCodec => writer.Line(Code.Call("difference.Patch", index, before, after, "out " + field), ";"),
            MapCodec => writer.Line(Code.Call("difference." + target.Map!.Merge.MethodName(), index, codec, before, after, "out " + field), ";"),
            ArrayCodec or CollectionCodec when !target.IsSameType => writer.Line(Code.Call("difference.Items", index, codec, before, after, "out " + field), ";"),
            _ when !target.IsSameType => writer.If(Code.Call("difference.Differs", index, before, after), $"{field} = checked(({member.Type}){after});"),
            _ => writer.Line(Code.Call("difference.Value", index, before, after, "out " + field), ";"),
        };
    }
}
