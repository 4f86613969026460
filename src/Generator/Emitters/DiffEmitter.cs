namespace Layers.PatchGen.Generator.Emitters;

/// <summary><c>Diff</c>: the patch that changes one document into another.</summary>
internal static class DiffEmitter
{
    public static void Emit(PatchSpec patch, string access, SourceWriter writer)
    {
        string type = patch.Document!.Code();
        writer.Line().Generated()
            .Open($"{access} static {patch.Name()} Diff({type} before, {type} after)")
            .Line($"{patch.Hidden.State} state = default;")
            .Line($"PatchGenJson.PatchDifference<{patch.Words()}> difference = new({patch.Hidden.Table}.Rows);");
        for (int i = 0; i < patch.Members.Count; i++)
        {
            if (patch.Members[i].Target is { Conversion: null or { IsReversible: true } } target)
            {
                writer.Line(Difference(patch, patch.Members[i], target, CSharp.Of(i)));
            }
        }

        string arguments = patch.Kind == PatchKind.Class ? $" {{ {patch.Hidden.StateField} = state }}" : "(in state)";
        writer.Line("state.Present = difference.Present;").Line($"return new {patch.Name()}{arguments};").Close();
    }

    private static string Difference(PatchSpec patch, MemberSpec member, TargetSpec target, string index)
    {
        string name = CSharp.Identifier(target.Name), field = "state." + member.Name(), made = "new" + member.Name;
        string documents = $"before.{name}, after.{name}", codec = CodecCode.ValueOf(patch, member);
        return member.Codec switch
        {
            OpenCodec => $"if (difference.Open({index}, {documents}, out var {made})) {field} = new({made});",
            PatchCodec => $"difference.{target.Nested()}({index}, {documents}, out {field});",
            MapCodec { IsList: true } => $"difference.Keyed({index}, {patch.List(member)}, {codec}, {documents}, out {field});",
            MapCodec => $"difference.{target.Map!.Merge}({index}, {codec}, {documents}, out {field});",
            _ when target.Conversion is null => $"difference.Value({index}, {documents}, out {field});",
            ArrayCodec or CollectionCodec => $"difference.Items({index}, {codec}, {documents}, out {field});",
            _ when target.Conversion is { IsOperator: true, Type: { IsNullable: true } or { IsValueType: false } } =>
                $"if (difference.Differs({index}, {documents})) {field} = after.{name} is {{ }} {made} ? {Cast(member, made)} : default;",
            _ => $"if (difference.Differs({index}, {documents})) {field} = {Cast(member, "after." + name)};",
        };
    }

    private static string Cast(MemberSpec member, string value) => $"checked(({member.Type.Code}){value})";
}
