using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The merge onto the document: <c>ApplyTo</c> and <c>Stamp</c>.</summary>
internal static class ApplyEmitter
{
    public static void Emit(PatchSpec patch, DocumentSpec document, SourceWriter writer)
    {
        string type = document.Code();
        MemberChange[] changes = [.. patch.Members.Select((member, i) => member.Target is null ? null : MemberChange.Of(patch, member, i)).OfType<MemberChange>()];
        writer.Generated()
            .Line(Code.Call($"public {patch.Readonly()}{type} ApplyTo", $"{type} document", $"out {patch.Set()} changed"), "").Open();
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
        string type = document.Code(), assignment = $"{CSharpLiteral.Identifier(changedAt.Name)} = changedAt.{(changedAt.HasOffset ? "ToUniversalTime()" : "UtcDateTime")}";
        var head = Code.Call(
            $"static {type} PatchGenJson.IGeneratedPatch<{patch.Name()}, {type}>.Stamp", $"{type} document", "global::System.DateTimeOffset changedAt");
        writer.Line().Generated("");
        _ = document.Update == DocumentUpdate.With
            ? writer.Member(head, $"document with {{ {assignment} }}")
            : writer.Line(head, "").Open().Line($"document.{assignment};").Line("return document;").Close();
    }
}
