using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Models;

/// <summary>A patch with one member, <c>v</c>, and an exchangeable codec.</summary>
internal sealed class One<T, TValue> : IPatch<One<T, TValue>>
    where TValue : struct, IPatchValue<T>
{
    private static readonly PatchNames Names = new(["v"]);

    [ThreadStatic]
    private static TValue _value;

    private State _state;

    public T? Value => _state.Value;

    public MemberSet<One<T, TValue>> Present => _state.Present.ToSet<One<T, TValue>>();

    public bool IsEmpty => false;

    // Not cached: the codec may have changed.
    static MemberTable IGeneratedPatch<One<T, TValue>>.Table => Table;

    private static MemberTable<State> Table
    {
        get
        {
            State state = default;
            var rows = MemberTableBuilder.For(ref state);
            rows.Add<T, TValue>("v", nameof(Value), _value, ref state.Value);
            return rows.ToTable(ref state, ref state.Present);
        }
    }

    /// <summary>Sets the codec of the member for the current thread.</summary>
    public static void Use(TValue value) => _value = value;

    public void WriteTo(Utf8JsonWriter writer) => Table.Write(in _state, writer);

    public PatchProblems Validate(PatchReadOptions? options = null) => Table.Validate(in _state, options);

    public One<T, TValue> Without(MemberSet<One<T, TValue>> members) => new() { _state = Table.Without(in _state, members) };

    public One<T, TValue> Merge(One<T, TValue> later) => new() { _state = Table.Merge(in _state, in later._state) };

    void IGeneratedPatch<One<T, TValue>>.Validate(ref PatchProblemCollector problems) => Table.Validate(in _state, ref problems);

    void IGeneratedPatch<One<T, TValue>>.Splice(ref DocumentSplicer document) => Table.Splice(in _state, ref document);

    static int IGeneratedPatch<One<T, TValue>>.Read(ref PatchScanner scanner, int at, out One<T, TValue> patch)
    {
        patch = new One<T, TValue>();
        ref State state = ref patch._state;
        for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))
        {
            (int index, int end) = scanner.FindName(at, Names);
            at = scanner.Colon(end);
            if (index == 0)
            {
                state.Present.Add(0);
            }

            at = index == 0 ? scanner.Read(at, "v", _value, out state.Value) : scanner.Skip(at);
        }

        return ~at;
    }

    private struct State
    {
        public MemberBits<ulong> Present;
        public T? Value;
    }
}
