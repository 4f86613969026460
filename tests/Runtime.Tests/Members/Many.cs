using System.Runtime.CompilerServices;
using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Members;

/// <summary>
/// A handwritten patch of 130 numbers, <c>m0</c> to <c>m129</c>, to test the table without the generator.
/// </summary>
internal sealed record Many : IPatch<Many>
{
    public const int Count = 130;

    private State _state;

    public MemberSet<Many> Present => _state.Present.ToSet<Many>();

    public bool IsEmpty => _state.Present.IsEmpty;

    static MemberTable IGeneratedPatch<Many>.Table => Table.Rows;

    public static Many Of(params int[] members)
    {
        var patch = new Many();
        foreach (int member in members)
        {
            patch._state.Values[member] = member;
            patch._state.Present.Add(member);
        }

        return patch;
    }

    public static MemberSet<Many> Set(params IEnumerable<int> members) =>
        members.Aggregate(default(MemberSet<Many>), static (set, member) => set | new MemberSet<Many>(member));

    public bool Equals(Many? other) => other is not null && Table.Rows.AreEqual(in _state, in other._state);

    public override int GetHashCode() => Table.Rows.Hash(in _state);

    public void WriteTo(Utf8JsonWriter writer) => Table.Rows.Write(in _state, writer);

    public PatchProblems Validate(PatchReadOptions? options = null) => Table.Rows.Validate(in _state, options);

    public Many Without(MemberSet<Many> members) => this with { _state = Table.Rows.Without(in _state, members) };

    public Many Merge(Many later) => this with { _state = Table.Rows.Merge(in _state, in later._state) };

    void IGeneratedPatch<Many>.Validate(ref PatchProblemCollector problems) => Table.Rows.Validate(in _state, ref problems);

    void IGeneratedPatch<Many>.Splice(ref DocumentSplicer document) => Table.Rows.Splice(in _state, ref document);

    static int IGeneratedPatch<Many>.Read(ref PatchScanner scanner, int at, out Many patch) => throw new NotSupportedException();

    private bool PrintMembers(System.Text.StringBuilder builder) => Table.Rows.Print(in _state, builder);

    private struct State
    {
        public MemberBits<Words> Present;
        public Numbers Values;
    }

    [InlineArray(3)]
    private struct Words
    {
        private ulong _first;
    }

    [InlineArray(Count)]
    private struct Numbers
    {
        private int _first;
    }

    private static class Table
    {
        public static readonly MemberTable<State> Rows = Create();

        private static MemberTable<State> Create()
        {
            State state = default;
            var rows = MemberTableBuilder.For(ref state);
            for (int i = 0; i < Count; i++)
            {
                rows.Add($"m{i}", $"M{i}", PatchValues.Int32, ref state.Values[i]);
            }

            return rows.ToTable(ref state, ref state.Present);
        }
    }
}
