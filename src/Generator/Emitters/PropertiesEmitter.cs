using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The other halves of the properties, their presence, and the state behind them.</summary>
internal static class PropertiesEmitter
{
    // Serializers and describers of APIs see the members, and nothing else.
    private const string Ignored = "[PatchGenSerializer.JsonIgnore]";

    private const MemberModifiers Accessibility =
        MemberModifiers.Public | MemberModifiers.Protected | MemberModifiers.Internal | MemberModifiers.Private;

    public static void Emit(PatchSpec patch, SourceWriter writer)
    {
        EmitProperties(patch, writer);
        string present = patch.Hidden.StateField + ".Present", readOnly = patch.Readonly();
        string selectors = string.Join(", ", Enumerable.Range(0, patch.Members.Count).Where(i => patch.Members[i].IsSelector));
        string isEmpty = selectors.Length == 0 ? "IsEmpty" : $"HasOnly({selectors})";
        writer.Generated().Line(Ignored).Line($"public {readOnly}{patch.Set()} Present => {present}.ToSet<{patch.Name()}>();").Line()
            .Generated().Line(Ignored).Line($"public {readOnly}bool IsEmpty => {present}.{isEmpty};").Line()
            .Generated("/// <summary>The members, as sets: <c>Members.A | Members.B</c>.</summary>").Open("public static class Members");
        for (int i = 0; i < patch.Members.Count; i++)
        {
            writer.Line($"public static {patch.Set()} {patch.Members[i].Name()} => new({i});");
        }

        writer.Close().Line();
        EmitState(patch, writer);
    }

    /// <summary>As much as the declaration permits, so that its own error is the only one reported.</summary>
    public static void EmitWithError(PatchSpec patch, SourceWriter writer)
    {
        if (patch is { Extent: PatchExtent.Presence, Members.Count: > 0 })
        {
            EmitProperties(patch, writer);
            EmitState(patch, writer);
            return;
        }

        foreach (MemberSpec member in patch.Members)
        {
            EmitProperty(member, getter: "=> throw null;", setter: "=> throw null;", writer);
        }
    }

    private static void EmitProperties(PatchSpec patch, SourceWriter writer)
    {
        string modifiers = patch.Kind == PatchKind.ReadonlyStruct ? "private readonly" : "private";
        writer.Line($"{modifiers} {patch.Hidden.State} {patch.Hidden.StateField};").Line();
        for (int i = 0; i < patch.Members.Count; i++)
        {
            MemberSpec member = patch.Members[i];
            string present = patch.Hidden.StateField + ".Present", set = patch.Field(member);
            set += member.Codec is OpenCodec ? " = new(value)" : " = value";
            EmitPresence(patch, member, $"{present}.Has({CSharp.Of(i)})", writer);
            EmitProperty(member, $"=> {patch.Value(member)};", $"{{ {set}; {present}.Add({CSharp.Of(i)}); }}", writer);
        }
    }

    private static void EmitPresence(PatchSpec patch, MemberSpec member, string isPresent, SourceWriter writer)
    {
        string label = $"<c>{CSharp.Xml(member.Codec is OpenCodec ? "any member that is not modelled" : member.JsonName)}</c>";
        string head = Modifiers(member.Modifiers & Accessibility) + patch.Readonly() + "bool ";
        if (member.HasPresenceProperty)
        {
            writer.Line($"/// <summary>Whether {label} was sent{(member.Type.IsNullable ? "; null clears it" : "")}.</summary>")
                .LineIf(member.IsMaybeNull, $"[PatchGenAnalysis.MemberNotNullWhen(true, {CSharp.Of(member.Name)})]")
                .Generated("").Line(Ignored).Line($"{head}Has{member.Name} => {isPresent};").Line();
        }

        if (member.HasTryGet)
        {
            string result = member.HasPresenceProperty ? "Has" + member.Name : isPresent;
            writer.Generated($"/// <summary>Gets {label}, if it was sent.</summary>")
                .Line($"{head}TryGet{member.Name}(out {member.Type.Code} value) {{ value = {patch.Value(member)}; return {result}; }}")
                .Line();
        }
    }

    private static void EmitProperty(MemberSpec member, string getter, string setter, SourceWriter writer)
    {
        // The property is null while it is absent: the compiler warns of a read that no presence check guards.
        writer.LineIf(member.IsMaybeNull, "[PatchGenAnalysis.MaybeNull]")
            .Open($"{Modifiers(member.Modifiers)}partial {member.Type.Code} {member.Name()}");
        foreach ((AccessorSpec? accessor, string body) in new[] { (member.Getter, getter), (member.Setter, setter) })
        {
            if (accessor is not null)
            {
                writer.Line($"{Modifiers(accessor.Accessibility)}{accessor.Kind.ToString().ToLowerInvariant()} {body}");
            }
        }

        writer.Close().Line();
    }

    private static void EmitState(PatchSpec patch, SourceWriter writer)
    {
        writer.Generated("// The values, and which are present.")
            .Open($"private struct {patch.Hidden.State}").Line($"public PatchGenJson.MemberBits<{patch.Words()}> Present;");
        foreach (MemberSpec member in patch.Members)
        {
            string type = member.Codec is OpenCodec ? $"PatchGenJson.OpenMembers<{member.Type.Bare.Code}>"
                : (member.Type.IsValueType ? member.Type : member.Type.Nullable).Code;
            writer.Line($"public {type} {member.Name()};");
        }

        writer.Close().Line();
        if (patch.Members.Count > SpecCode.BitsPerWord)
        {
            int words = (patch.Members.Count + SpecCode.BitsPerWord - 1) / SpecCode.BitsPerWord;
            writer.Generated($"// A bit for each of the {patch.Members.Count} members.")
                .Line($"[global::System.Runtime.CompilerServices.InlineArray({words})]")
                .Open($"private struct {patch.Hidden.Words}").Line("private ulong _first;").Close().Line();
        }
    }

    // Each with a space after it.
    private static string Modifiers(MemberModifiers modifiers) =>
        modifiers == MemberModifiers.None ? ""
        : modifiers == MemberModifiers.Public ? "public "
        : modifiers.ToString().ToLowerInvariant().Replace(",", "") + " ";
}
