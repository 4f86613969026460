using System.Linq;

namespace Layers.PatchGen.Generator.Emitter;

/// <content>How many members the open objects and dictionaries have that the patch was merged into.</content>
internal static partial class PatchEmitter
{
    private static void EmitCountMembers(PatchSpec patch, DocumentSpec document, SourceWriter writer)
    {
        MemberSpec[] members = patch.Members.Where(static m => m is { Target: not null, Value.Kind: ValueKind.Nested or ValueKind.Map or ValueKind.Open }).ToArray();
        if (members.Length == 0)
        {
            return;
        }

        writer.Line().Open($"static void {Interface(patch)}.CountMembers(in {patch.Name} patch, {document.Type} document, ref {Json}PatchMemberLimit limit)");
        foreach (MemberSpec member in members)
        {
            writer.Lines($"if (patch.{Has(member)}) limit.{Count(patch, member)};");
        }

        writer.Close();
    }

    private static string Count(PatchSpec patch, MemberSpec member)
    {
        TargetSpec target = member.Target!;
        string name = CSharpLiteral.Of(member.JsonName), sent = "patch." + StateField(patch, member), merged = "document." + CSharpLiteral.Identifier(target.Name);
        return target.Map is { UsesItem: false } map ? $"{map.Variant}<{map.TypeArguments}>({name}, {sent}!, {merged})"
            : target.Map is not null ? $"Map({name}, {merged})"
            : member.Value.Kind == ValueKind.Open ? $"Open({merged})"
            : $"Patch({name}, {sent}{ValueOf(member.IsValueType && member.IsNullable)}, {merged}{ValueOf(target is { IsValueType: true, IsNullable: true })})";
    }

    // What is missing has no members.
    private static string ValueOf(bool isNullableStruct) => isNullableStruct ? ".GetValueOrDefault()" : "";
}
