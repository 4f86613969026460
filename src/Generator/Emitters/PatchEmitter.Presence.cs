using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <content>Presence: the properties, which note that they were set, and what asks which were; equality and text.</content>
internal static partial class PatchEmitter
{
    private static void EmitPresence(PatchSpec patch, SourceWriter writer)
    {
        EmitStateField(patch, writer);
        foreach (MemberSpec member in patch.Members)
        {
            EmitProperty(patch, member, writer);
        }

        EmitPresent(patch, writer);
        EmitEquality(patch, writer);
        EmitPrintMembers(patch, writer);
        EmitMembersType(patch, writer);
        EmitStateType(patch, writer);
    }

    /// <summary>The properties alone, of a record with an error that leaves no room for more.</summary>
    private static void EmitProperties(PatchSpec patch, SourceWriter writer)
    {
        foreach (MemberSpec member in patch.Members)
        {
            writer.Open($"{PropertyCode.Modifiers(member.Modifiers)}partial {member.Type} {CSharpLiteral.Identifier(member.Name)}")
                .Lines(string.Join("\n", new[] { member.Getter, member.Setter }.Where(static a => a is not null).Select(static a => $"{PropertyCode.Accessor(a!)} => throw null!;")))
                .Close()
                .Line();
        }
    }

    private static void EmitStateField(PatchSpec patch, SourceWriter writer)
    {
        if (patch.Members.Count == 0 || patch.Members.Any(static m => m.Setter is null))
        {
            writer.Lines("#pragma warning disable CS0649 // What no property sets is never set.");
        }

        string modifier = patch.Kind == PatchKind.ReadonlyStruct ? "private readonly" : "private";
        writer.Lines($"{modifier} {patch.Hidden.State} {patch.Hidden.StateField};").Line();
    }

    private static void EmitProperty(PatchSpec patch, MemberSpec member, SourceWriter writer)
    {
        string name = CSharpLiteral.Identifier(member.Name), field = StateField(patch, member);
        bool isGuarded = !member.Type.IsValueType && !member.Type.IsNullable;
        if (member.HasPresenceProperty)
        {
            writer.Lines($"/// <summary>Whether <c>{CSharpLiteral.Xml(JsonLabel(member))}</c> was sent{(member.Type.IsNullable ? "; null clears it" : "")}.</summary>");
            if (isGuarded)
            {
                writer.Lines($"[{CodeAnalysis}MemberNotNullWhen(true, nameof({name}))]");
            }

            writer.Lines($"public {Readonly(patch)}bool Has{member.Name} => Present.Contains({MemberBit(member)});").Line();
        }

        if (member.HasTryGet)
        {
            writer.Lines($"/// <summary>Gives <c>{CSharpLiteral.Xml(JsonLabel(member))}</c>, if it was sent.</summary>")
                .Lines($"public {Readonly(patch)}bool TryGet{member.Name}(out {member.Type} value) {{ value = {field}; return {Has(member)}; }}")
                .Line();
        }

        if (isGuarded)
        {
            // The property is null while it is absent: reading it without asking first is what the compiler should warn about.
            writer.Lines($"[{CodeAnalysis}MaybeNull]");
        }

        writer.Open($"{PropertyCode.Modifiers(member.Modifiers)}partial {member.Type} {name}");
        if (member.Getter is not null)
        {
            writer.Lines($"{PropertyCode.Accessor(member.Getter)} => {field};");
        }

        if (member.Setter is not null)
        {
            writer.Lines($"{PropertyCode.Accessor(member.Setter)} {{ {field} = value; {patch.Hidden.StateField}.Present |= {MemberBit(member)}; }}");
        }

        writer.Close().Line();
    }

    // What a struct is asked does not change it; said so, it is not copied first.
    private static string Readonly(PatchSpec patch) => patch.Kind == PatchKind.Class ? "" : "readonly ";

    private static string JsonLabel(MemberSpec member) => member.Codec is OpenCodec ? "any member that is not modelled" : member.JsonName;

    private static void EmitPresent(PatchSpec patch, SourceWriter writer)
    {
        MemberSpec[] selectors = patch.Members.Where(static m => m.IsSelector).ToArray();
        writer.Lines($"""
            /// <summary>The members that were sent.</summary>
            public {Readonly(patch)}Members Present => {patch.Hidden.StateField}.Present;

            """);
        writer.Lines(selectors.Length == 0
            ? $"""
              /// <summary>Whether no member was sent.</summary>
              public {Readonly(patch)}bool IsEmpty => Present.IsEmpty;

              """
            : $"""
              /// <summary>Whether no member was sent; selectors choose the document, so they do not count.</summary>
              public {Readonly(patch)}bool IsEmpty => (Present & ~{Union(selectors)}).IsEmpty;

              """);
    }

    private static string Union(MemberSpec[] members) => members.Length == 1 ? MemberBit(members[0]) : $"({string.Join(" | ", members.Select(MemberBit))})";

    private static void EmitEquality(PatchSpec patch, SourceWriter writer)
    {
        writer.Lines("/// <summary>Whether the same members are present with equal values; collections are compared item by item.</summary>");
        string same = $"{patch.Hidden.StateField}.Equals(other.{patch.Hidden.StateField})";
        writer.Lines(patch.Kind != PatchKind.Class ? $"public readonly bool Equals({Name(patch)} other) => {same};"
            : patch.IsSealed ? $"public bool Equals({Name(patch)}? other) => (object)this == other || (other is not null && {same});"
            : $"public virtual bool Equals({Name(patch)}? other) => (object)this == other || (other is not null && EqualityContract == other.EqualityContract && {same});");
        writer.Line().Lines("/// <inheritdoc/>").Lines($"public override {Readonly(patch)}int GetHashCode() => {patch.Hidden.StateField}.GetHashCode();").Line();
    }

    private static void EmitPrintMembers(PatchSpec patch, SourceWriter writer)
    {
        string modifiers = patch.Kind switch
        {
            PatchKind.Class => patch.IsSealed ? "private" : "protected virtual",
            _ => "private readonly",
        };
        writer.Lines("// ToString shows the members that are present.");
        writer.Open($"{modifiers} bool PrintMembers({System}Text.StringBuilder builder)")
            .Lines($"var printer = new {Json}PatchPrinter(builder);");
        foreach (MemberSpec member in patch.Members)
        {
            writer.Lines($"if ({Has(member)}) printer.Add({CSharpLiteral.Of(member.Name)}, {StateField(patch, member)});");
        }

        writer.Lines("return printer.HasPrinted;").Close().Line();
    }
}
