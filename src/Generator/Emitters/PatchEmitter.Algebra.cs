using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <content>Patches made of patches and of documents.</content>
internal static partial class PatchEmitter
{
    private static void EmitAlgebra(PatchSpec patch, SourceWriter writer)
    {
        if (patch.Kind != PatchKind.Class)
        {
            writer.Line().Lines($"private {Name(patch)}(in {patch.Hidden.State} state) => {patch.Hidden.StateField} = state;");
        }

        writer.Line();
        EmitWithout(patch, writer);
        writer.Line();
        EmitMerge(patch, writer);
    }

    // A copy of the patch with another state.
    private static string Copy(PatchSpec patch) =>
        patch.Kind == PatchKind.Class ? $"this with {{ {patch.Hidden.StateField} = state }}" : $"new {Name(patch)}(in state)";

    private static void EmitWithout(PatchSpec patch, SourceWriter writer) =>
        writer.Lines("/// <summary>The patch without some of its members: those are absent in the result.</summary>")
            .Open($"public {Readonly(patch)}{Name(patch)} Without(Members members)")
            .Lines($"{patch.Hidden.State} state = default;")
            .Lines($"state.Merge({patch.Hidden.StateField}, Present & ~members);")
            .Lines($"return {Copy(patch)};")
            .Close();

    private static void EmitMerge(PatchSpec patch, SourceWriter writer)
    {
        writer.Lines("/// <summary>One patch that does what this one and then <paramref name=\"later\"/> do: of a member that both have, the later counts, and nested patches are merged.</summary>");
        if (patch.Members.Any(static m => m.Codec is PatchCodec or MapCodec && m.Type.IsNullable) || patch.Members.Any(static m => m.Codec is MapCodec { Item: PatchCodec or NullableCodec { Value: PatchCodec } }))
        {
            writer.Lines("""/// <exception cref="global::System.InvalidOperationException">This one clears what the later merges into: no one patch says that.</exception>""");
        }

        writer.Open($"public {Readonly(patch)}{Name(patch)} Merge({Name(patch)} later)")
            .Lines($"{patch.Hidden.State} state = {patch.Hidden.StateField};")
            .Lines($"state.Merge(later.{patch.Hidden.StateField}, later.Present);");
        foreach (MemberSpec member in patch.Members)
        {
            string earlier = StateField(patch, member), later = "later." + earlier;
            string? value = member.Codec switch
            {
                PatchCodec when member.Type.IsValueType && !member.Type.IsNullable => $"{earlier}.Merge({later})",
                PatchCodec => $"{Json}PatchAlgebra.Merge({earlier}, {later}, {CSharpLiteral.Of(member.JsonName)})",
                MapCodec => $"{Codec(patch, member)}.MergeMaps({earlier}, {later}, {CSharpLiteral.Of(member.JsonName)})",
                OpenCodec => $"{Json}PatchAlgebra.MergeOpen({earlier}, {later})",
                _ => null,
            };
            if (value is not null)
            {
                writer.Lines($"if ({Has(member)} && later.{Has(member)}) state.{CSharpLiteral.Identifier(member.Name)} = {value};");
            }
        }

        writer.Lines($"return {Copy(patch)};").Close().Line();
        writer.Lines($"static {Name(patch)} {Runtime}IPatch<{Name(patch)}>.Merge({Name(patch)} earlier, {Name(patch)} later) => earlier.Merge(later);");
    }

    private static void EmitDiff(PatchSpec patch, DocumentSpec document, SourceWriter writer)
    {
        MemberSpec[] members = patch.Members.Where(static m => m.Target is { ConvertsBack: true }).ToArray();
        writer.Line().Lines("""
            /// <summary>The patch that leads from one document to another, as far as the patch has members for what differs.</summary>
            /// <exception cref="global::System.InvalidOperationException">A member that cannot be null was cleared: no patch says that.</exception>
            """);
        writer.Open($"public static {Name(patch)} Diff({document.Type} before, {document.Type} after)").Lines($"{patch.Hidden.State} state = default;");
        foreach (MemberSpec member in members)
        {
            EmitDifference(patch, member, writer);
        }

        writer.Lines(patch.Kind == PatchKind.Class ? $"return new {Name(patch)} {{ {patch.Hidden.StateField} = state }};" : $"return new {Name(patch)}(in state);").Close().Line();
        writer.Lines($"static {Name(patch)} {Runtime}IPatch<{Name(patch)}, {document.Type}>.Diff({document.Type} before, {document.Type} after) => Diff(before, after);");
    }

    private static void EmitDifference(PatchSpec patch, MemberSpec member, SourceWriter writer)
    {
        TargetSpec target = member.Target!;
        string name = CSharpLiteral.Of(member.JsonName), property = CSharpLiteral.Identifier(target.Name), field = "state." + CSharpLiteral.Identifier(member.Name);
        string before = "before." + property, after = "after." + property, local = "diff" + member.Name, value;
        switch (member.Codec)
        {
            case OpenCodec:
                writer.Open($"if ({Json}PatchAlgebra.TryDiffOpen({before}, {after}, out var {local}))");
                value = local;
                break;
            case MapCodec:
                string rules = $"new({name}, {CSharpLiteral.Of(member.Type.IsNullable)}, {Codec(patch, member)}.TakesNull)";
                writer.Open($"if ({Json}PatchMaps.TryDiff{Variant(target.Map!.Merge)}<{MapTypes(member)}>({MapItem(patch, member)}{before}!, {after}!, {rules}, out var {local}))");
                value = $"{Codec(patch, member)}.Make({local})";
                break;
            case PatchCodec:
                string call = target.Type is { IsValueType: true, IsNullable: false }
                    ? $"TryDiffStruct<{member.Codec!.Type}, {target.Type.Bare}>({before}, {after}, out {member.Codec!.Type}? {local})"
                    : $"{(target.Type.IsValueType ? "TryDiffNullable" : "TryDiff")}<{member.Codec!.Type}, {target.Type.Bare}>({before}, {after}, {name}, {CSharpLiteral.Of(member.Type.IsNullable)}, out {member.Codec!.Type}? {local})";
                writer.Open($"if ({Json}PatchAlgebra.{(member.Type.IsValueType ? call.Replace($"out {member.Codec!.Type}? ", $"out {member.Codec!.Type} ") : call)})");
                value = member.Type.IsValueType && member.Type.IsNullable && !(target.Type is { IsValueType: true, IsNullable: false }) ? $"{after} is null ? null : {local}" : local;
                break;
            default:
                bool isCollection = member.Codec is ArrayCodec or CollectionCodec && !target.IsSameType;
                string same = isCollection ? $"{Json}PatchEquality.SameItems({Codec(patch, member)}, {before}, {after})"
                    : target.IsSameType ? $"{Json}PatchEquality.Same({Codec(patch, member)}, {before}, {after})"
                    : $"{Json}PatchEquality.Same({before}, {after})";
                writer.Open($"if (!{same})");
                value = !member.Type.IsNullable && (target.Type.IsNullable || !target.Type.IsValueType) ? $"{Json}PatchAlgebra.Sent({after}, {name})" : after;
                if (isCollection)
                {
                    string items = $"{Json}PatchAlgebra.Items({value})", made = $"{Codec(patch, member)}.Make({items})";
                    value = member.Codec is ArrayCodec ? items : member.Type is { IsValueType: true, IsNullable: true } ? $"{after} is null ? null : {made}" : made;
                }

                if (!target.IsSameType && member.Codec is PlainCodec or EnumCodec or DurationCodec or ContextCodec)
                {
                    value = $"checked(({member.Type})({value}))";
                }

                break;
        }

        writer.Lines($"{field} = {value};").Lines($"state.Present |= {MemberBit(member)};").Close().Line();
    }
}
