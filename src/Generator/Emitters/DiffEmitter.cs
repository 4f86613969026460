namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The patch that leads from one document to another.</summary>
internal static class DiffEmitter
{
    public static void Emit(PatchSpec patch, DocumentSpec document, SourceWriter writer)
    {
        string type = document.Code();
        writer.Line().Generated()
            .Open(Code.Call($"public static {patch.Name()} Diff", $"{type} before", $"{type} after"))
            .Line($"{patch.Hidden.State} state = default;")
            .Line($"PatchGenJson.PatchDifference<{patch.Words()}> difference = new({patch.Hidden.Table}.Rows);");
        for (int i = 0; i < patch.Members.Count; i++)
        {
            if (patch.Members[i].Target is { ConvertsBack: true } target)
            {
                EmitDifference(patch, patch.Members[i], target, $"{i}", writer);
            }
        }

        string arguments = patch.Kind == PatchKind.Class ? $" {{ {patch.Hidden.StateField} = state }}" : "(in state)";
        writer.Line("state.Present = difference.Present;").Line($"return new {patch.Name()}{arguments};").Close();
    }

    private static void EmitDifference(PatchSpec patch, MemberSpec member, TargetSpec target, string index, SourceWriter writer)
    {
        string property = CSharp.Identifier(target.Name), before = "before." + property, after = "after." + property;
        string field = "state." + member.Name(), result = "out " + field, codec = CodecCode.ValueOf(patch, member), local = "new" + member.Name;
        _ = member.Codec switch
        {
            OpenCodec => writer.If(Code.Call("difference.Open", index, before, after, $"out var {local}"), $"{field} = {local};"),
            PatchCodec => Write("Patch", index, before, after, result),
            MapCodec => Write(target.Map!.Merge.MethodName(), index, codec, before, after, result),
            ArrayCodec or CollectionCodec when !target.IsSameType => Write("Items", index, codec, before, after, result),
            _ when target.IsSameType => Write("Value", index, before, after, result),
            _ => writer.If(Code.Call("difference.Differs", index, before, after), $"{field} = checked(({member.Type}){after});"),
        };

        SourceWriter Write(string method, params Code[] arguments) => writer.Line(Code.Call("difference." + method, arguments), ";");
    }
}
