using System.Collections.Generic;
using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The merge onto the document: <c>ApplyTo</c>, and what the request flow does after it.</summary>
internal static class ApplyEmitter
{
    public static void Emit(PatchSpec patch, SourceWriter writer)
    {
        DocumentSpec document = patch.Document!;
        string type = document.Code();
        var members = patch.Members.Select(static (m, i) => (Member: m, Index: i)).Where(static m => m.Member.Target is not null).ToList();
        string parameters = $"{type} document, out {patch.Set()} changed", access = document.Exposure.ToString().ToLowerInvariant();
        writer.Generated().Open($"{access} {patch.Readonly()}{type} ApplyTo({parameters})");
        if (members.Count == 0)
        {
            writer.Line("changed = default;").Line("return document;");
        }
        else
        {
            bool findsItems = members.Exists(static m => m.Member.Target!.FindsItems());
            writer.LineIf(findsItems, "PatchGenJson.MissingTargets.ThrowIfAny(this, document);")
                .Line($"PatchGenJson.PatchChange<{patch.Words()}> change = new({patch.Hidden.StateField}.Present);");
            EmitChanges(patch, document, members, writer);
        }

        writer.Close();
        if (document.ChangedAt is not null)
        {
            EmitStamp(patch, document, document.ChangedAt, writer);
        }

        var grown = members.FindAll(static m => m.Member.Codec is PatchCodec or MapCodec or OpenCodec);
        if (grown.Count > 0)
        {
            EmitCountMembers(patch, type, grown, writer);
        }

        ListEmitter.Emit(patch, writer);
        DiffEmitter.Emit(patch, access, writer);
        if (document.Exposure != DocumentExposure.Public)
        {
            string contract = $"PatchGenRuntime.IPatch<{patch.Name()}, {type}>";
            writer.Line().Generated("")
                .Line($"{patch.Readonly()}{type} {contract}.ApplyTo({parameters}) => ApplyTo(document, out changed);").Line().Generated("")
                .Line($"static {patch.Name()} {contract}.Diff({type} before, {type} after) => Diff(before, after);");
        }
    }

    private static void EmitChanges(PatchSpec patch, DocumentSpec document, List<(MemberSpec, int)> members, SourceWriter writer)
    {
        bool isCopied = document.Update == DocumentUpdate.With;
        var changes = members.ConvertAll(m => (Member: m.Item1, Change: MemberChange.Of(patch, m.Item1, CSharp.Of(m.Item2))));
        foreach ((MemberSpec member, MemberChange change) in changes)
        {
            string old = "document." + change.Property;
            writer.Line(change.Changed.Length == 0 ? change.Condition + ";"
                : !isCopied ? $"if ({change.Guarded}) {old} = {change.Changed};"
                : change.Value is null ? $"bool sets{member.Name} = {change.Unguarded ?? change.Guarded};"
                : change.IsGuarded ? $"var new{member.Name} = {change.Has} ? {change.Value} : {old};"
                : $"var new{member.Name} = {change.Value};");
        }

        writer.Line($"changed = change.ToSet<{patch.Name()}>();");
        if (!isCopied)
        {
            writer.Line("return document;");
            return;
        }

        writer.Line("if (changed.IsEmpty) return document;").Line().Open("return document with");
        foreach ((MemberSpec member, MemberChange change) in changes)
        {
            writer.Line(change.Value is null
                ? $"{change.Property} = sets{member.Name} ? {change.Changed} : document.{change.Property},"
                : $"{change.Property} = new{member.Name},");
        }

        writer.Close(";");
    }

    private static void EmitStamp(PatchSpec patch, DocumentSpec document, ChangedAtSpec changedAt, SourceWriter writer)
    {
        string type = document.Code(), property = CSharp.Identifier(changedAt.Name);
        string time = $"changedAt.{(changedAt.HasOffset ? "ToUniversalTime()" : "UtcDateTime")}";
        string value = $"PatchGenJson.PatchTime.After(document.{property}, {time})";
        string head = $"static {type} {patch.Interface(ofDocument: true)}.Stamp({type} document, global::System.DateTimeOffset changedAt)";
        writer.Line().Generated("");
        _ = document.Update == DocumentUpdate.With
            ? writer.Line($"{head} => document with {{ {property} = {value} }};")
            : writer.Open(head).Line($"document.{property} = {value};").Line("return document;").Close();
    }

    // How many members the open objects and dictionaries have that the patch is merged into.
    private static void EmitCountMembers(PatchSpec patch, string type, List<(MemberSpec, int)> members, SourceWriter writer)
    {
        string parameters = $"in {patch.Name()} patch, {type} document, ref PatchGenJson.PatchMemberLimit limit";
        writer.Line().Generated("").Open($"static void {patch.Interface(ofDocument: true)}.CountMembers({parameters})");
        foreach ((MemberSpec member, int index) in members)
        {
            writer.Line($"if (patch.{patch.Hidden.StateField}.Present.Has({index})) limit.{Count(patch, member, member.Target!)};");
        }

        writer.Close();
    }

    private static string Count(PatchSpec patch, MemberSpec member, TargetSpec target)
    {
        string name = CSharp.Of(member.JsonName), merged = "document." + CSharp.Identifier(target.Name);
        string sent = "patch." + patch.Field(member);
        string max = member.Checks.OfType<RuleCheck>().FirstOrDefault(static c => c.Rule == "Keys") is { } keys
            ? ", " + ConstantCode.List(keys.Arguments)
            : "";
        return (member.Codec, target.Map?.Merge) switch
        {
            (MapCodec { IsList: true }, _) => $"Keyed({name}, {patch.List(member)}, {sent}, {merged}{max})",
            (OpenCodec, _) => $"Open({merged})",
            (MapCodec, MapMerge.PatchMap) => $"Patches({name}, {sent}, {merged}{max})",
            (MapCodec, MapMerge.NullablePatchMap) => $"NullablePatches({name}, {sent}, {merged}{max})",
            (MapCodec, _) => $"Map({name}, {merged}{max})",
            _ => $"Patch({name}, {sent}, {merged})",
        };
    }
}
