using System.Linq;

namespace Layers.PatchGen.Generator.Emitter;

/// <content>Patches made of patches and of documents.</content>
internal static partial class PatchEmitter
{
    private static void EmitAlgebra(PatchSpec patch, SourceWriter writer)
    {
        if (patch.Kind != PatchKind.Class)
        {
            writer.Line().Lines($"private {patch.Name}(in {patch.Hidden.State} state) => {patch.Hidden.StateField} = state;");
        }

        writer.Line();
        EmitWithout(patch, writer);
        writer.Line();
        EmitMerge(patch, writer);
    }

    // A copy of the patch with another state.
    private static string Copy(PatchSpec patch) =>
        patch.Kind == PatchKind.Class ? $"this with {{ {patch.Hidden.StateField} = state }}" : $"new {patch.Name}(in state)";

    private static void EmitWithout(PatchSpec patch, SourceWriter writer) =>
        writer.Lines("/// <summary>The patch without some of its members: those are absent in the result.</summary>")
            .Open($"public {Readonly(patch)}{patch.Name} Without(Members members)")
            .Lines($"{patch.Hidden.State} state = default;")
            .Lines($"state.Merge({patch.Hidden.StateField}, Present & ~members);")
            .Lines($"return {Copy(patch)};")
            .Close();

    private static void EmitMerge(PatchSpec patch, SourceWriter writer)
    {
        writer.Lines("/// <summary>One patch that does what this one and then <paramref name=\"later\"/> do: of a member that both have, the later counts, and nested patches are merged.</summary>");
        if (patch.Members.Any(static m => m.Value.Kind is ValueKind.Nested or ValueKind.Map && m.IsNullable) || patch.Members.Any(static m => m.Value.Item?.Kind == ValueKind.Nested))
        {
            writer.Lines("""/// <exception cref="global::System.InvalidOperationException">This one clears what the later merges into: no one patch says that.</exception>""");
        }

        writer.Open($"public {Readonly(patch)}{patch.Name} Merge({patch.Name} later)")
            .Lines($"{patch.Hidden.State} state = {patch.Hidden.StateField};")
            .Lines($"state.Merge(later.{patch.Hidden.StateField}, later.Present);");
        foreach (MemberSpec member in patch.Members)
        {
            string earlier = StateField(patch, member), later = "later." + earlier;
            string? value = member.Value.Kind switch
            {
                ValueKind.Nested when member.IsValueType && !member.IsNullable => $"{earlier}.Merge({later})",
                ValueKind.Nested => $"{Json}PatchAlgebra.Merge({earlier}, {later}, {CSharpLiteral.Of(member.JsonName)})",
                ValueKind.Map => $"{Codec(patch, member)}.MergeMaps({earlier}, {later}, {CSharpLiteral.Of(member.JsonName)})",
                ValueKind.Open => $"{Json}PatchAlgebra.MergeOpen({earlier}, {later})",
                _ => null,
            };
            if (value is not null)
            {
                writer.Lines($"if ({Has(member)} && later.{Has(member)}) state.{CSharpLiteral.Identifier(member.Name)} = {value};");
            }
        }

        writer.Lines($"return {Copy(patch)};").Close().Line();
        writer.Lines($"static {patch.Name} {Runtime}IPatch<{patch.Name}>.Merge({patch.Name} earlier, {patch.Name} later) => earlier.Merge(later);");
    }

    private static void EmitDiff(PatchSpec patch, DocumentSpec document, SourceWriter writer)
    {
        MemberSpec[] members = patch.Members.Where(static m => m.Target is { ConvertsBack: true }).ToArray();
        writer.Line().Lines("""
            /// <summary>The patch that leads from one document to another, as far as the patch has members for what differs.</summary>
            /// <exception cref="global::System.InvalidOperationException">A member that cannot be null was cleared: no patch says that.</exception>
            """);
        writer.Open($"public static {patch.Name} Diff({document.Type} before, {document.Type} after)").Lines($"{patch.Hidden.State} state = default;");
        foreach (MemberSpec member in members)
        {
            EmitDifference(patch, member, writer);
        }

        writer.Lines(patch.Kind == PatchKind.Class ? $"return new {patch.Name} {{ {patch.Hidden.StateField} = state }};" : $"return new {patch.Name}(in state);").Close().Line();
        writer.Lines($"static {patch.Name} {Runtime}IPatch<{patch.Name}, {document.Type}>.Diff({document.Type} before, {document.Type} after) => Diff(before, after);");
    }

    private static void EmitDifference(PatchSpec patch, MemberSpec member, SourceWriter writer)
    {
        TargetSpec target = member.Target!;
        string name = CSharpLiteral.Of(member.JsonName), property = CSharpLiteral.Identifier(target.Name), field = "state." + CSharpLiteral.Identifier(member.Name);
        string before = "before." + property, after = "after." + property, local = "diff" + member.Name, value;
        switch (member.Value.Kind)
        {
            case ValueKind.Open:
                writer.Open($"if ({Json}PatchAlgebra.TryDiffOpen({before}, {after}, out var {local}))");
                value = local;
                break;
            case ValueKind.Map:
                string rules = $"new({name}, {CSharpLiteral.Of(member.IsNullable)}, {Codec(patch, member)}.TakesNull)";
                writer.Open($"if ({Json}PatchMaps.TryDiff{target.Map!.Variant}<{target.Map.TypeArguments}>({MapItem(patch, member)}{before}!, {after}!, {rules}, out var {local}))");
                value = $"{Codec(patch, member)}.Make({local})";
                break;
            case ValueKind.Nested:
                string call = target is { IsValueType: true, IsNullable: false }
                    ? $"TryDiffStruct<{member.Value.Type}, {target.Type}>({before}, {after}, out {member.Value.Type}? {local})"
                    : $"{(target.IsValueType ? "TryDiffNullable" : "TryDiff")}<{member.Value.Type}, {target.Type}>({before}, {after}, {name}, {CSharpLiteral.Of(member.IsNullable)}, out {member.Value.Type}? {local})";
                writer.Open($"if ({Json}PatchAlgebra.{(member.IsValueType ? call.Replace($"out {member.Value.Type}? ", $"out {member.Value.Type} ") : call)})");
                value = member.IsValueType && member.IsNullable && !(target is { IsValueType: true, IsNullable: false }) ? $"{after} is null ? null : {local}" : local;
                break;
            default:
                bool isCollection = member.Value.Kind == ValueKind.Items && !target.IsSameType;
                string same = isCollection ? $"{Json}PatchEquality.SameItems({Codec(patch, member)}, {before}, {after})"
                    : target.IsSameType ? $"{Json}PatchEquality.Same({Codec(patch, member)}, {before}, {after})"
                    : $"{Json}PatchEquality.Same({before}, {after})";
                writer.Open($"if (!{same})");
                value = !member.IsNullable && (target.IsNullable || !target.IsValueType) ? $"{Json}PatchAlgebra.Sent({after}, {name})" : after;
                if (isCollection)
                {
                    string items = $"{Json}PatchAlgebra.Items({value})", made = $"{Codec(patch, member)}.Make({items})";
                    value = member.Value.Type.EndsWith("[]", global::System.StringComparison.Ordinal) ? items : member is { IsValueType: true, IsNullable: true } ? $"{after} is null ? null : {made}" : made;
                }

                if (!target.IsSameType && member.Value.Kind == ValueKind.Scalar)
                {
                    value = $"checked(({member.Type})({value}))";
                }

                break;
        }

        writer.Lines($"{field} = {value};").Lines($"state.Present |= {MemberBit(member)};").Close().Line();
    }
}
