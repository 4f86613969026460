using System.Collections.Generic;
using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>Lists of the document that are patched by key: how items are found, and which are missing.</summary>
internal static class ListEmitter
{
    public static void Emit(PatchSpec patch, SourceWriter writer)
    {
        var finding = patch.Members.Select(static (m, i) => (Member: m, Index: i)).Where(static m => m.Member.Target?.FindsItems() is true)
            .ToList();
        if (finding.Count > 0)
        {
            EmitFindMissing(patch, finding, writer);
        }

        List<MemberSpec> lists = [.. patch.Members.Where(static m => m.Target?.List is not null)];
        if (lists.Count == 0)
        {
            return;
        }

        writer.Line().Generated("// How the items of lists are found by key, and created.")
            .Open($"private static class {patch.Hidden.Lists}");
        foreach (MemberSpec member in lists)
        {
            ListTargetSpec list = member.Target!.List!;
            var map = (MapCodec)member.Codec!;
            string kind = map.Item is NullableCodec ? "NullablePatchList" : "PatchList", sent = map.Item.Type.Bare.Name;
            string key = CSharp.Identifier(list.Key), item = list.Item.Name;
            string create = list.AllowCreate ? $", static key => new {item} {{ {key} = key }}" : "";
            writer.Line($"public static readonly PatchGenJson.{kind}<{map.Key.Name}, {sent}, {item}> {member.Name()} =")
                .Indent().Line($"new(static item => item.{key}{create});").Unindent();
        }

        writer.Close();
    }

    /// <summary>How the items of a member's list are found.</summary>
    public static string List(this PatchSpec patch, MemberSpec member) => $"{patch.Hidden.Lists}.{member.Name()}";

    /// <summary>Whether the document may lack an item that is sent for it.</summary>
    public static bool FindsItems(this TargetSpec target) => target.List is not null || target.HasListsBelow;

    private static void EmitFindMissing(PatchSpec patch, List<(MemberSpec, int)> members, SourceWriter writer)
    {
        string parameters = $"in {patch.Name()} patch, {patch.Document!.Code()} document, ref PatchGenJson.MissingTargets missing";
        writer.Line().Generated("").Open($"static void {patch.Interface(ofDocument: true)}.FindMissing({parameters})");
        foreach ((MemberSpec member, int index) in members)
        {
            string values = $"patch.{patch.Field(member)}, document.{CSharp.Identifier(member.Target!.Name)}";
            string method = member.Target.List is not null ? "Keyed"
                : member.Codec is PatchCodec ? member.Target.Nested()
                : member.Target.Map?.Merge == MapMerge.NullablePatchMap ? "NullablePatches"
                : "Patches";
            string list = member.Target.List is null ? "" : patch.List(member) + ", ";
            writer.Line($"if (patch.{patch.Hidden.StateField}.Present.Has({index})) "
                + $"missing.{method}({CSharp.Of(member.JsonName)}, {list}{values});");
        }

        writer.Close();
    }
}
