using System.Collections.Generic;
using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The merge onto the document: <c>ApplyTo</c>, and what the request flow does after it.</summary>
internal static class ApplyEmitter
{
    public static void Emit(PatchSpec patch, DocumentSpec document, SourceWriter writer)
    {
        string type = document.Code();
        IEnumerable<int> targets = Enumerable.Range(0, patch.Members.Count).Where(i => patch.Members[i].Target is not null);
        MemberChange[] changes = [.. targets.Select(i => MemberChange.Of(patch, patch.Members[i], i))];
        writer.Generated().Open(Code.Call($"public {patch.Readonly()}{type} ApplyTo", $"{type} document", $"out {patch.Set()} changed"));
        if (changes.Length == 0)
        {
            writer.Line("changed = default;").Line("return document;").Close();
        }
        else
        {
            writer.Line($"PatchGenJson.PatchChange<{patch.Words()}> change = new({patch.Hidden.StateField}.Present);");
            EmitChanges(patch, document, changes, writer);
            writer.Close();
        }

        if (document.ChangedAt is not null)
        {
            EmitStamp(patch, document, document.ChangedAt, writer);
        }

        EmitCountMembers(patch, document, writer);
        DiffEmitter.Emit(patch, document, writer);
    }

    private static void EmitChanges(PatchSpec patch, DocumentSpec document, MemberChange[] changes, SourceWriter writer)
    {
        string changed = $"changed = change.ToSet<{patch.Name()}>();";
        if (document.Update == DocumentUpdate.With)
        {
            foreach (MemberChange change in changes)
            {
                change.EmitValue(writer);
            }

            writer.Line(changed).Line("if (changed.IsEmpty) return document;").Line().Open("return document with");
            foreach (MemberChange change in changes)
            {
                change.EmitCopied(writer);
            }

            writer.Close(";");
            return;
        }

        foreach (MemberChange change in changes)
        {
            change.EmitInPlace(writer);
        }

        writer.Line(changed).Line("return document;");
    }

    private static void EmitStamp(PatchSpec patch, DocumentSpec document, ChangedAtSpec changedAt, SourceWriter writer)
    {
        string type = document.Code(), property = CSharp.Identifier(changedAt.Name);
        string time = $"changedAt.{(changedAt.HasOffset ? "ToUniversalTime()" : "UtcDateTime")}";
        string value = $"PatchGenJson.PatchTime.After(document.{property}, {time})";
        string self = $"PatchGenJson.IGeneratedPatch<{patch.Name()}, {type}>";
        var head = Code.Call($"static {type} {self}.Stamp", $"{type} document", "global::System.DateTimeOffset changedAt");
        writer.Line().Generated("");
        _ = document.Update == DocumentUpdate.With
            ? writer.Member(head, $"document with {{ {property} = {value} }}")
            : writer.Open(head).Line($"document.{property} = {value};").Line("return document;").Close();
    }

    // How many members the open objects and dictionaries have that the patch is merged into.
    private static void EmitCountMembers(PatchSpec patch, DocumentSpec document, SourceWriter writer)
    {
        MemberSpec[] members = [.. patch.Members.Where(static m => m.Target is not null && m.Codec is PatchCodec or MapCodec or OpenCodec)];
        if (members.Length == 0)
        {
            return;
        }

        string type = document.Code();
        writer.Line().Generated("").Open(Code.Call(
            $"static void PatchGenJson.IGeneratedPatch<{patch.Name()}, {type}>.CountMembers",
            $"in {patch.Name()} patch",
            $"{type} document",
            "ref PatchGenJson.PatchMemberLimit limit"));
        for (int i = 0; i < patch.Members.Count; i++)
        {
            MemberSpec member = patch.Members[i];
            if (members.Contains(member))
            {
                writer.If($"patch.{patch.Hidden.StateField}.Present.Has({i})", $"limit.{Count(patch, member, member.Target!)};");
            }
        }

        writer.Close();
    }

    private static string Count(PatchSpec patch, MemberSpec member, TargetSpec target)
    {
        string name = CSharp.Of(member.JsonName), sent = "patch." + patch.Field(member);
        string merged = "document." + CSharp.Identifier(target.Name);
        return member.Codec is OpenCodec ? $"Open({merged})"
            : target.Map is { Merge: MapMerge.Patches } ? $"Patches({name}, {sent}, {merged})"
            : target.Map is { Merge: MapMerge.NullablePatches } ? $"NullablePatches({name}, {sent}, {merged})"
            : target.Map is not null ? $"Map({name}, {merged})"
            : $"Patch({name}, {sent}, {merged})";
    }
}
