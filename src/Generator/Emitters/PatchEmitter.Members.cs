using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <content>The set of members: a bit for each.</content>
internal static partial class PatchEmitter
{
    private const int BitsPerWord = 64;

    private static void EmitMembersType(PatchSpec patch, SourceWriter writer)
    {
        int words = global::System.Math.Max(1, (patch.Members.Count + BitsPerWord - 1) / BitsPerWord);
        string Words(string separator, global::System.Func<string, string> of) => string.Join(separator, Enumerable.Range(0, words).Select(w => of($"bits{CSharpLiteral.Of(w)}")));

        writer.Lines("#pragma warning disable CS1591 // The members of the set are called as the properties, and the operators do what they do for flags.")
            .Lines("/// <summary>A set of members of the patch: <c>Members.A | Members.B</c>.</summary>").Open($"public struct Members : {System}IEquatable<Members>");
        writer.Lines(Words("\n", static b => $"private ulong _{b};")).Line();
        writer.Lines(words == 1 ? "private Members(ulong bits0) => _bits0 = bits0;"
            : $"private Members({Words(", ", static b => $"ulong {b} = 0")}) => ({Words(", ", static b => "_" + b)}) = ({Words(", ", static b => b)});").Line();
        for (int i = 0; i < patch.Members.Count; i++)
        {
            string word = words == 1 ? "" : $"bits{CSharpLiteral.Of(i / BitsPerWord)}: ";
            writer.Lines($"public static Members {CSharpLiteral.Identifier(patch.Members[i].Name)} => new({word}1UL << {i % BitsPerWord});");
        }

        string names = string.Join(", ", patch.Members.Select(static m => CSharpLiteral.Of(m.JsonName)));
        writer.Line().Lines($"""
            public static Members operator |(Members left, Members right) => new({Words(", ", static b => $"left._{b} | right._{b}")});
            public static Members operator &(Members left, Members right) => new({Words(", ", static b => $"left._{b} & right._{b}")});
            public static Members operator ~(Members members) => new({Words(", ", static b => $"~members._{b}")});
            public static bool operator ==(Members left, Members right) => left.Equals(right);
            public static bool operator !=(Members left, Members right) => !left.Equals(right);

            /// <summary>Whether the set has no member.</summary>
            public readonly bool IsEmpty => {(words == 1 ? "_bits0" : $"({Words(" | ", static b => "_" + b)})")} == 0;

            /// <summary>Whether every member of <paramref name="members"/> is in the set.</summary>
            public readonly bool Contains(Members members) => (members & ~this).IsEmpty;

            public readonly bool Equals(Members other) => {Words(" && ", static b => $"_{b} == other._{b}")};
            public override readonly bool Equals(object? obj) => obj is Members other && Equals(other);
            public override readonly int GetHashCode() => {Words(" ^ ", static b => $"_{b}.GetHashCode()")};

            /// <summary>The names of the members in JSON, joined by commas.</summary>
            public override readonly string ToString() => {Json}PatchPrinter.Names([{Words(", ", static b => "_" + b)}], [{names}]);

            """);
        writer.Lines("// Adds the member of that index; false when it was there already, which makes a duplicate of it.");
        if (words > 1)
        {
            writer.Lines(Inlined);
        }

        writer.Open("internal bool TryAdd(int index)");
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

        writer.Close().Close().Lines("#pragma warning restore CS1591");
    }

    private static void EmitAddBit(SourceWriter writer, string bits) => writer.Lines($"""
        bool isNew = ({bits} & bit) == 0;
        {bits} |= bit;
        return isNew;
        """);
}
