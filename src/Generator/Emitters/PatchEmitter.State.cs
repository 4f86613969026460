namespace Layers.PatchGen.Generator.Emitters;

/// <content>The state of a patch: its values, and which of them are present.</content>
internal static partial class PatchEmitter
{
    private static void EmitStateType(PatchSpec patch, SourceWriter writer)
    {
        writer.Line().Lines("// The values, and which of them are present.").Open($"private struct {patch.Hidden.State}").Lines("public Members Present;");
        foreach (MemberSpec member in patch.Members)
        {
            TypeSpec type = member.Type.IsValueType ? member.Type : member.Type.Nullable;
            writer.Lines($"public {type} {CSharpLiteral.Identifier(member.Name)};");
        }

        writer.Line();
        EmitStateEquality(patch, writer);
        if (patch.Extent == PatchExtent.Full)
        {
            writer.Line();
            EmitStateMerge(patch, writer);
        }

        writer.Close();
    }

    private static void EmitStateEquality(PatchSpec patch, SourceWriter writer)
    {
        writer.Lines($"public readonly bool Equals(in {patch.Hidden.State} other) =>").Indent().Lines($"Present == other.Present{(patch.Members.Count == 0 ? ";" : "")}");
        for (int i = 0; i < patch.Members.Count; i++)
        {
            MemberSpec member = patch.Members[i];
            string same = member.Codec is OpenCodec ? "SameMembers" : "Same";
            writer.Lines($"&& {Json}PatchEquality.{same}({CodecArgument(patch, member)}{OwnField(member)}, other.{CSharpLiteral.Identifier(member.Name)}){(i == patch.Members.Count - 1 ? ";" : "")}");
        }

        writer.Unindent().Line().Open("public override readonly int GetHashCode()")
            .Lines($"{System}HashCode hash = default;")
            .Lines("hash.Add(Present);");
        foreach (MemberSpec member in patch.Members)
        {
            string codec = CodecArgument(patch, member), field = OwnField(member);
            writer.Lines(member.Codec is OpenCodec ? $"hash.Add({Json}PatchEquality.HashMembers({field}));"
                : codec.Length > 0 ? $"hash.Add({Json}PatchEquality.Hash({codec}{field}));"
                : $"hash.Add({field});");
        }

        writer.Lines("return hash.ToHashCode();").Close();
    }

    // A record with an error has no codecs, and compares its values by their types' own equality.
    private static string CodecArgument(PatchSpec patch, MemberSpec member) =>
        patch.Extent == PatchExtent.Full && member.Codec is not (null or PatchCodec or OpenCodec) ? $"{Codec(patch, member)}, " : "";

    private static void EmitStateMerge(PatchSpec patch, SourceWriter writer)
    {
        writer.Lines("// Takes some members of another.").Open($"public void Merge(in {patch.Hidden.State} other, Members members)");
        foreach (MemberSpec member in patch.Members)
        {
            writer.Lines($"if (members.Contains({MemberBit(member)})) {OwnField(member)} = other.{CSharpLiteral.Identifier(member.Name)};");
        }

        writer.Lines("Present |= members;").Close();
    }

    // A field of the state, within it: a member may be called as a parameter or local is there.
    private static string OwnField(MemberSpec member) => (member.Name is "other" or "members" or "hash" ? "this." : "") + CSharpLiteral.Identifier(member.Name);
}
