using System.Linq;

namespace Layers.PatchGen.Generator.Emitter;

/// <content>Presence: which members are set, the properties that note it, equality and text.</content>
internal static partial class PatchEmitter
{
    private static string EmitPresence(PatchSpec patch) =>
        EmitHalf(patch, $"presence of the members of {patch.DisplayName}. Absent, null and a value are three different states.", "", writer =>
        {
            EmitState(patch, writer);
            foreach (MemberSpec member in patch.Members)
            {
                EmitProperty(patch, member, writer);
            }

            EmitPresent(patch, writer);
            EmitEquality(patch, writer);
            EmitPrintMembers(patch, writer);
            EmitMembersType(patch, writer);
        },
        patch.NeedsAutoLayout ? $"[{System}Runtime.InteropServices.StructLayout({System}Runtime.InteropServices.LayoutKind.Auto)]" : "");

    /// <summary>The properties alone, of a record with an error that leaves no room for more.</summary>
    private static string EmitProperties(PatchSpec patch) =>
        EmitHalf(patch, $"the properties of {patch.DisplayName}; the error in its declaration keeps the rest from being written.", "", writer =>
        {
            foreach (MemberSpec member in patch.Members)
            {
                writer.Open($"{member.Modifiers} partial {member.Type} {CSharpLiteral.Identifier(member.Name)}")
                    .Lines(string.Join("\n", new[] { member.Getter, member.Setter }.Where(static a => a.Length > 0).Select(static a => $"{a} => throw null!;")))
                    .Close()
                    .Line();
            }
        });

    private static void EmitState(PatchSpec patch, SourceWriter writer)
    {
        if (patch.Members.Count == 0 || patch.Members.Any(static m => m.Setter.Length == 0))
        {
            writer.Lines("#pragma warning disable CS0649 // What no property sets is never set.");
        }

        string modifier = patch.Kind == PatchKind.ReadonlyStruct ? "private readonly" : "private";
        writer.Lines($"{modifier} {patch.Hidden.State} {patch.Hidden.StateField};").Line();
    }

    private static void EmitProperty(PatchSpec patch, MemberSpec member, SourceWriter writer)
    {
        string name = CSharpLiteral.Identifier(member.Name), field = StateField(patch, member);
        bool isGuarded = !member.IsValueType && !member.IsNullable;
        if (member.HasPresenceProperty)
        {
            writer.Lines($"/// <summary>Whether <c>{CSharpLiteral.Xml(JsonLabel(member))}</c> was sent{(member.IsNullable ? "; null clears it" : "")}.</summary>");
            if (isGuarded)
            {
                writer.Lines($"[{CodeAnalysis}MemberNotNullWhen(true, nameof({name}))]");
            }

            writer.Lines($"public {Readonly(patch)}bool Has{member.Name} => {patch.Hidden.StateField}.Present.Contains({MemberBit(member)});").Line();
        }

        if (member.HasTryGet)
        {
            writer.Lines($"/// <summary>Gives <c>{CSharpLiteral.Xml(JsonLabel(member))}</c>, if it was sent.</summary>")
                .Open($"public {Readonly(patch)}bool TryGet{member.Name}(out {member.Type} value)")
                .Lines($"value = {field};")
                .Lines($"return {Has(member)};")
                .Close()
                .Line();
        }

        if (isGuarded)
        {
            // The property is null while it is absent: reading it without asking first is what the compiler should warn about.
            writer.Lines($"[{CodeAnalysis}MaybeNull]");
        }

        writer.Open($"{member.Modifiers} partial {member.Type} {name}");
        if (member.Getter.Length > 0)
        {
            writer.Lines($"{member.Getter} => {field};");
        }

        if (member.Setter.Length > 0)
        {
            writer.Open(member.Setter)
                .Lines($"{field} = value;")
                .Lines($"{patch.Hidden.StateField}.Present |= {MemberBit(member)};")
                .Close();
        }

        writer.Close().Line();
    }

    // What a struct is asked does not change it; said so, it is not copied first.
    private static string Readonly(PatchSpec patch) => patch.Kind == PatchKind.Class ? "" : "readonly ";

    private static string JsonLabel(MemberSpec member) => member.Value.Kind == ValueKind.Open ? "any member that is not modelled" : member.JsonName;

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
        string parameter = patch.Kind == PatchKind.Class ? $"{patch.Name}? other" : $"{patch.Name} other";
        string modifiers = patch.Kind == PatchKind.Class && !patch.IsSealed ? "public virtual " : "public " + Readonly(patch);
        writer.Lines("/// <summary>Whether the same members are present with equal values; collections are compared item by item.</summary>");
        writer.Lines($"{modifiers}bool Equals({parameter}) =>").Indent();
        string and = "";
        if (patch.Kind == PatchKind.Class)
        {
            writer.Lines($"(object)this == other || (other is not null{(patch.IsSealed ? "" : " && EqualityContract == other.EqualityContract")}").Indent();
            and = "&& ";
        }

        writer.Lines($"{and}Present == other.Present{(patch.Members.Count == 0 ? End() : "")}");
        for (int i = 0; i < patch.Members.Count; i++)
        {
            MemberSpec member = patch.Members[i];
            string end = i == patch.Members.Count - 1 ? End() : "";
            writer.Lines($"&& {Json}PatchEquality.{(member.Value.Kind == ValueKind.Open ? "SameMembers" : "Same")}({CodecArgument(patch, member)}{StateField(patch, member)}, other.{StateField(patch, member)}){end}");
        }

        if (patch.Kind == PatchKind.Class)
        {
            writer.Unindent();
        }

        writer.Unindent().Line();
        writer.Lines("/// <inheritdoc/>").Open($"public override {Readonly(patch)}int GetHashCode()")
            .Lines($"var hash = new {System}HashCode();")
            .Lines("hash.Add(Present);");
        foreach (MemberSpec member in patch.Members)
        {
            string codec = CodecArgument(patch, member), field = StateField(patch, member);
            writer.Lines(member.Value.Kind == ValueKind.Open ? $"hash.Add({Json}PatchEquality.HashMembers({field}));"
                : codec.Length > 0 ? $"hash.Add({Json}PatchEquality.Hash({codec}{field}));"
                : $"hash.Add({field});");
        }

        writer.Lines("return hash.ToHashCode();").Close().Line();

        string End() => patch.Kind == PatchKind.Class ? ");" : ";";
    }

    // A record with an error has no codecs, and compares its values by their types' own equality.
    private static string CodecArgument(PatchSpec patch, MemberSpec member) =>
        patch.Extent == PatchExtent.Full && member.Value.Codec.Length > 0 ? $"{Codec(patch, member)}, " : "";

    private static void EmitPrintMembers(PatchSpec patch, SourceWriter writer)
    {
        string modifiers = patch.Kind switch
        {
            PatchKind.Class => patch.IsSealed ? "private" : "protected virtual",
            _ => "private readonly",
        };
        writer.Lines("// ToString shows the members that are present, and only those.");
        writer.Open($"{modifiers} bool PrintMembers({System}Text.StringBuilder builder)")
            .Lines($"var printer = new {Json}PatchPrinter(builder);");
        foreach (MemberSpec member in patch.Members)
        {
            writer.Lines($"if ({Has(member)}) printer.Add({CSharpLiteral.Of(member.Name)}, {StateField(patch, member)});");
        }

        writer.Lines("return printer.HasPrinted;").Close().Line();
    }

    private static void EmitMembersType(PatchSpec patch, SourceWriter writer)
    {
        int words = global::System.Math.Max(1, (patch.Members.Count + 63) / 64);
        writer.Lines("/// <summary>A set of members of the patch.</summary>").Open($"public struct Members : {System}IEquatable<Members>");
        writer.Lines(string.Join("\n", Enumerable.Range(0, words).Select(static w => $"private ulong _bits{w};"))).Line();
        for (int i = 0; i < patch.Members.Count; i++)
        {
            MemberSpec member = patch.Members[i];
            writer.Lines($"""
                /// <summary><c>{CSharpLiteral.Xml(JsonLabel(member))}</c></summary>
                public static Members {CSharpLiteral.Identifier(member.Name)} => new() {"{"} _bits{i / 64} = 1UL << {i % 64} {"}"};

                """);
        }

        string Words(string separator, global::System.Func<string, string> of) => string.Join(separator, Enumerable.Range(0, words).Select(w => of($"_bits{w}")));
        writer.Lines($$"""
            /// <summary>Whether the set has no member.</summary>
            public readonly bool IsEmpty => ({{Words(" | ", static b => b)}}) == 0;

            /// <summary>Whether every member of <paramref name="members"/> is in the set.</summary>
            public readonly bool Contains(Members members) => (members & ~this).IsEmpty;

            /// <summary>The members of either set.</summary>
            public static Members operator |(Members left, Members right) => new() { {{Words(", ", static b => $"{b} = left.{b} | right.{b}")}} };

            /// <summary>The members of both sets.</summary>
            public static Members operator &(Members left, Members right) => new() { {{Words(", ", static b => $"{b} = left.{b} & right.{b}")}} };

            /// <summary>The members that are not in the set.</summary>
            public static Members operator ~(Members members) => new() { {{Words(", ", static b => $"{b} = ~members.{b}")}} };

            /// <summary>Whether two sets have the same members.</summary>
            public static bool operator ==(Members left, Members right) => left.Equals(right);

            /// <summary>Whether two sets differ.</summary>
            public static bool operator !=(Members left, Members right) => !left.Equals(right);

            /// <inheritdoc/>
            public readonly bool Equals(Members other) => {{Words(" && ", static b => $"{b} == other.{b}")}};

            /// <inheritdoc/>
            public override readonly bool Equals(object? obj) => obj is Members other && Equals(other);

            /// <inheritdoc/>
            public override readonly int GetHashCode() => {{Words(" ^ ", static b => $"{b}.GetHashCode()")}};

            """);
        writer.Lines("/// <summary>The names of the members in JSON, joined by commas.</summary>").Open("public override readonly string ToString()")
            .Lines($"var names = new {System}Collections.Generic.List<string>();");
        foreach (MemberSpec member in patch.Members)
        {
            writer.Lines($"if (Contains({CSharpLiteral.Identifier(member.Name)})) names.Add({CSharpLiteral.Of(member.JsonName)});");
        }

        writer.Lines("return string.Join(\", \", names);").Close().Line();
        writer.Lines("// Adds the member of that index; false when it was there already, which makes a duplicate of it.").Open("internal bool TryAdd(int index)");
        if (words == 1)
        {
            writer.Lines("ulong bit = 1UL << index;");
            EmitAddBit(writer, "_bits0");
        }
        else
        {
            writer.Lines("ulong bit = 1UL << (index & 63);").Open("switch (index >> 6)");
            for (int word = 0; word < words; word++)
            {
                writer.Lines(word == words - 1 ? "default:" : $"case {word}:").Open();
                EmitAddBit(writer, $"_bits{word}");
                writer.Close();
            }

            writer.Close();
        }

        writer.Close().Close().Line();

        string modifiers = "private struct";
        writer.Lines("// The values, and which of them are present.").Open($"{modifiers} {patch.Hidden.State}").Lines("public Members Present;");
        foreach (MemberSpec member in patch.Members)
        {
            string type = !member.IsValueType && !member.IsNullable ? member.Type.TrimEnd('?') + "?" : member.Type;
            writer.Lines($"public {type} {CSharpLiteral.Identifier(member.Name)};");
        }

        writer.Close();
    }

    private static void EmitAddBit(SourceWriter writer, string bits) => writer.Lines($"""
        bool isNew = ({bits} & bit) == 0;
        {bits} |= bit;
        return isNew;
        """);
}
