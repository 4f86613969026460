using System.Collections.Generic;
using System.Linq;

namespace Layers.PatchGen.Generator.Emitter;

/// <content>The merge onto the document.</content>
internal static partial class PatchEmitter
{
    private static void EmitApply(PatchSpec patch, SourceWriter writer)
    {
        DocumentSpec document = patch.Document!;
        EmitApplyTo(patch, document, patch.Members.Where(static m => m.Target is not null).ToArray(), writer);
        EmitInterfaceMembers(patch, document, writer);
        EmitCountMembers(patch, document, writer);
        EmitDiff(patch, document, writer);
    }

    private static void EmitApplyTo(PatchSpec patch, DocumentSpec document, MemberSpec[] members, SourceWriter writer)
    {
        string result = document.Update == DocumentUpdate.With
            ? "A copy of <paramref name=\"document\"/> with the members that were sent, or the same instance when nothing changed."
            : "<paramref name=\"document\"/>, changed in place.";
        writer.Lines($"""
            /// <summary>Sets the members that were sent on a document, and merges nested patches.</summary>
            /// <param name="document">The document as it is.</param>
            /// <param name="changed">The members of which the value is another than before.</param>
            /// <returns>{result}</returns>
            """);
        writer.Open($"public {document.Type} ApplyTo({document.Type} document, out Members changed)").Lines("changed = default;");
        var assignments = new List<string>();
        foreach (MemberSpec member in members)
        {
            assignments.Add(EmitChange(patch, document, member, writer));
        }

        if (document.Update == DocumentUpdate.With && assignments.Count > 0)
        {
            writer.Lines("if (changed.IsEmpty) return document;").Line().Lines("return document with").Open();
            foreach (string assignment in assignments)
            {
                writer.Lines(assignment);
            }

            writer.Close(";");
        }
        else
        {
            writer.Lines("return document;");
        }

        writer.Close().Line();
    }

    /// <summary>Writes how a member's change is found, and for a document that is changed in place, made.</summary>
    /// <returns>The assignment for a <c>with</c> expression; unused for a document that is changed in place.</returns>
    private static string EmitChange(PatchSpec patch, DocumentSpec document, MemberSpec member, SourceWriter writer)
    {
        bool isInPlace = document.Update == DocumentUpdate.InPlace;
        TargetSpec target = member.Target!;
        string property = CSharpLiteral.Identifier(target.Name), field = StateField(patch, member), bit = MemberBit(member);
        string forgiving = target.IsValueType ? "" : "!";
        if (member.Value.Kind is not (ValueKind.Nested or ValueKind.Map or ValueKind.Open))
        {
            string differs = $"if ({Has(member)} && !{Same(patch, member, field, $"document.{property}")})";
            if (isInPlace)
            {
                writer.Open(differs).Lines($"document.{property} = {field}{forgiving};").Lines($"changed |= {bit};").Close().Line();
            }
            else
            {
                writer.Lines($"{differs} changed |= {bit};");
            }

            return $"{property} = changed.Contains({bit}) ? {field}{forgiving} : document.{property},";
        }

        // Merged: the new value is made of the old.
        string value = isInPlace ? $"document.{property}" : "new" + member.Name, merged = "merged" + member.Name, sent = field, isSent = "";
        if (member.Value.Kind is ValueKind.Nested or ValueKind.Map && (!member.IsValueType || member.IsNullable))
        {
            sent = "sent" + member.Name;
            isSent = $" && {field} is {{ }} {sent}";
        }

        string merge = target.Map is { } map
            ? $"{Json}PatchMaps.TryMerge{map.Variant}<{map.TypeArguments}>({MapItem(patch, member)}document.{property}!, {sent}!"
            : $"{Json}PatchMerge.{(member.Value.Kind == ValueKind.Open ? "TryMergeOpen" : !target.IsValueType ? "TryMerge" : target.IsNullable ? "TryMergeNullable" : "TryMergeStruct")}(document.{property}, {sent}";
        string made = target.Map is { Make.Length: > 0 } ? $"{Json}PatchMaps.{target.Map.Make}({merged})" : merged;
        if (!isInPlace)
        {
            writer.Lines($"var {value} = document.{property};");
        }

        writer.Open($"if ({Has(member)}{isSent} && {merge}, out var {merged}))")
            .Lines($"{value} = {made}{forgiving};")
            .Lines($"changed |= {bit};")
            .Close();
        if (member.Value.Kind is ValueKind.Nested or ValueKind.Map && member.IsNullable)
        {
            writer.Open($"else if ({Has(member)} && {field} is null && document.{property} is not null)")
                .Lines($"{value} = null{forgiving};")
                .Lines($"changed |= {bit};")
                .Close();
        }

        writer.Line();
        return $"{property} = {value}{forgiving},";
    }

    private static string MapItem(PatchSpec patch, MemberSpec member) => member.Target!.Map!.UsesItem ? $"{Codec(patch, member)}.Item, " : "";

    // Whether a value of the member's type equals one of the document's.
    private static string Same(PatchSpec patch, MemberSpec member, string value, string documentValue) =>
        member.Value.Kind == ValueKind.Items && !member.Target!.IsSameType ? $"{Json}PatchEquality.SameItems({Codec(patch, member)}, {value}, {documentValue})"
        : member.Target!.IsSameType ? $"{Json}PatchEquality.Same({Codec(patch, member)}, {value}, {documentValue})"
        : $"{Json}PatchEquality.Same({value}, {documentValue})";

    private static void EmitInterfaceMembers(PatchSpec patch, DocumentSpec document, SourceWriter writer)
    {
        string type = document.Type, self = Interface(patch);
        writer.Open($"{type} {self}.ApplyTo({type} document, out bool changed)")
            .Lines($"{type} patched = ApplyTo(document, out Members members);")
            .Lines("changed = !members.IsEmpty;")
            .Lines("return patched;")
            .Close()
            .Line();
        string property = $"document.{CSharpLiteral.Identifier(document.ChangedAt ?? "")}", time = $"{Json}PatchTime.After({property}, {document.ChangedAtValue})";
        string head = $"static {type} {self}.Stamp({type} document, {System}DateTimeOffset changedAt)";
        if (document.ChangedAt is null)
        {
            writer.Lines($"{head} => document;");
        }
        else if (document.Update == DocumentUpdate.With)
        {
            writer.Lines($"{head} => document with {{ {CSharpLiteral.Identifier(document.ChangedAt)} = {time} }};");
        }
        else
        {
            writer.Open(head)
                .Lines($"{property} = {time};")
                .Lines("return document;")
                .Close();
        }
    }
}
