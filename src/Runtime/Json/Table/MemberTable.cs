using System.Collections.Immutable;
using System.ComponentModel;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>
/// The members of a patch, each described once. From it the library compares, prints, writes, merges, validates and describes patches.
/// </summary>
/// <remarks>Immutable. Made on first use, once per patch; uses no reflection.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MemberTable
{
    private readonly MemberRow[] _rows;
    private readonly PatchFence[] _fences;
    private readonly StateWords _present;
    private readonly bool _requireAny;
    private bool? _keepsObjects;
    private bool? _hasKeyedLists;

    private protected MemberTable(MemberRow[] rows, StateWords present, PatchFence[] fences, bool requireAny, string? documentCode)
    {
        (_rows, _present, _fences, _requireAny) = (rows, present, fences, requireAny);
        DocumentCode = documentCode is null ? null : $"has code in the accessors of {documentCode}";
    }

    /// <summary>How many members the patch has.</summary>
    public int Count => _rows.Length;

    internal MemberRow this[int index] => _rows[index];

    internal IReadOnlyList<MemberRow> Rows => _rows;

    /// <summary>
    /// A property of the document that runs code of the user's when it is read or set, as the end of a sentence; null for none.
    /// </summary>
    internal string? DocumentCode { get; }

    /// <summary>Describes the members and fences.</summary>
    internal void Describe(PatchSchemaWriter schema)
    {
        foreach (MemberRow row in _rows)
        {
            row.Describe(schema);
        }

        foreach (ReservedMember member in _fences.SelectMany(static fence => fence.Reserved("")))
        {
            schema.Fence(member);
        }

        schema.End(_requireAny);
    }

    /// <summary>The reserved members of a body, those of nested patches included, but for lifted fences.</summary>
    /// <param name="options">The fences that are lifted.</param>
    public IReadOnlyList<ReservedMember> Reserved(PatchReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. Tables("", []).SelectMany(static one => one.Table.Reserved(one.Parent))
                .Where(member => member.Until is null || !options.IsLifted(member.Until)),
        ];
    }

    /// <summary>The members of a body that need a scope, those of nested patches included.</summary>
    public IReadOnlyList<ScopedMember> Scoped =>
        field ??= [.. Tables("", []).SelectMany(static one => one.Table.ScopedBelow(one.Parent))];

    /// <summary>Whether a value of a body may be an object that replaces the current one as a whole.</summary>
    internal bool KeepsObjects => _keepsObjects ??= Tables("", []).Any(static one => one.Table._rows.Any(static row => row.KeepsObjects));

    /// <summary>Whether the document has a list that is patched by key, at any depth.</summary>
    internal bool HasKeyedLists =>
        _hasKeyedLists ??= Tables("", []).Any(static one => one.Table._rows.Any(static row => row.KeyProperty is not null));

    /// <summary>The lists that are patched by key and do not create items, as paths of names; <c>*</c> for any key.</summary>
    internal IEnumerable<string> ListsWithoutNewItems => Tables("", []).SelectMany(static one => one.Table._rows
        .Where(static row => row is { KeyProperty: not null, CreatesItems: false })
        .Select(row => one.Parent + row.Info.Name));

    private IEnumerable<ReservedMember> Reserved(string parent) => _rows
        .Where(static row => row.Info.FencedUntil is not null)
        .Select(row => new ReservedMember(parent + row.Info.Name, row.Info.FencedUntil))
        .Concat(_fences.SelectMany(fence => fence.Reserved(parent)));

    private IEnumerable<ScopedMember> ScopedBelow(string parent) => _rows
        .Where(static row => row.Info.WriteScope is not null)
        .Select(row => new ScopedMember(parent + row.Info.Name, row.Info.WriteScope!));

    // This table and those of nested patches, with the names above them. A patch that contains itself is only followed once.
    private IEnumerable<(MemberTable Table, string Parent)> Tables(string parent, ImmutableStack<MemberTable> above)
    {
        if (above.Contains(this))
        {
            return [];
        }

        above = above.Push(this);
        return _rows
            .SelectMany(row => row.Nested is { } nested
                ? nested.Table?.Tables($"{parent}{row.Info.Name}{nested.Path}.", above) ?? []
                : [])
            .Prepend((this, parent));
    }

    private protected bool AreEqual(StateRef left, StateRef right)
    {
        ReadOnlySpan<ulong> present = left.Words(_present);
        if (!present.SequenceEqual(right.Words(_present)))
        {
            return false;
        }

        for (int word = 0; word < present.Length; word++)
        {
            for (ulong rest = present[word]; rest != 0; rest &= rest - 1)
            {
                if (!Row(word, rest).AreEqual(left, right))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private protected int Hash(StateRef state)
    {
        HashCode hash = default;
        ReadOnlySpan<ulong> present = state.Words(_present);
        for (int word = 0; word < present.Length; word++)
        {
            hash.Add(present[word]);
            for (ulong rest = present[word]; rest != 0; rest &= rest - 1)
            {
                hash.Add(Row(word, rest).Hash(state));
            }
        }

        return hash.ToHashCode();
    }

    private protected bool Print(StateRef state, StringBuilder builder)
    {
        PatchPrinter printer = new(builder);
        ReadOnlySpan<ulong> present = state.Words(_present);
        for (int word = 0; word < present.Length; word++)
        {
            for (ulong rest = present[word]; rest != 0; rest &= rest - 1)
            {
                Row(word, rest).Print(ref printer, state);
            }
        }

        return printer.HasPrinted;
    }

    private protected void Write(StateRef state, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        ReadOnlySpan<ulong> present = state.Words(_present);
        for (int word = 0; word < present.Length; word++)
        {
            for (ulong rest = present[word]; rest != 0; rest &= rest - 1)
            {
                Row(word, rest).Write(writer, state);
            }
        }

        writer.WriteEndObject();
    }

    private protected void Validate(StateRef state, ref PatchProblemCollector problems)
    {
        bool isEmpty = true;
        ReadOnlySpan<ulong> present = state.Words(_present);
        for (int word = 0; word < present.Length; word++)
        {
            for (ulong rest = present[word]; rest != 0; rest &= rest - 1)
            {
                MemberRow row = Row(word, rest);
                row.Validate(ref problems, state);
                isEmpty &= row.Info.IsSelector;
            }
        }

        if (_requireAny && isEmpty)
        {
            problems.AddEmptyPatch();
        }
    }

    private protected void Merge(StateRef state, StateRef later)
    {
        Span<ulong> present = state.Words(_present);
        ReadOnlySpan<ulong> added = later.Words(_present);
        for (int word = 0; word < added.Length; word++)
        {
            for (ulong rest = added[word]; rest != 0; rest &= rest - 1)
            {
                Row(word, rest).Merge(state, later, isPresent: (present[word] & rest & (~rest + 1)) != 0);
            }

            present[word] |= added[word];
        }
    }

    private protected void Remove<TPatch>(StateRef state, MemberSet<TPatch> members)
        where TPatch : IPatch<TPatch>
    {
        Span<ulong> present = state.Words(_present);
        for (int word = 0; word < present.Length; word++)
        {
            for (ulong rest = present[word] & members.Word(word); rest != 0; rest &= rest - 1)
            {
                Row(word, rest).Clear(state);
            }

            present[word] &= ~members.Word(word);
        }
    }

    private protected void Splice(scoped StateRef state, ref DocumentSplicer document) => document.Members(state.Words(_present), state);

    /// <summary>The row of the lowest bit.</summary>
    private MemberRow Row(int word, ulong bits) => _rows[word * 64 + BitOperations.TrailingZeroCount(bits)];
}

/// <summary>The table of the patches that keep their members in a state of one type.</summary>
/// <typeparam name="TState">The type of the state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MemberTable<TState> : MemberTable
    where TState : struct
{
    internal MemberTable(MemberRow[] rows, StateWords present, PatchFence[] fences, bool requireAny, string? documentCode)
        : base(rows, present, fences, requireAny, documentCode)
    {
    }

    /// <summary>Whether the same members are present with equal values.</summary>
    public bool AreEqual(ref readonly TState left, ref readonly TState right) => AreEqual(StateRef.Of(in left), StateRef.Of(in right));

    /// <summary>A hash that equal states share.</summary>
    public int Hash(ref readonly TState state) => Hash(StateRef.Of(in state));

    /// <summary>Prints the members that are present, for <c>ToString</c>.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Print(ref readonly TState state, StringBuilder builder) => Print(StateRef.Of(in state), builder);

    /// <summary>Writes an object with the members that are present.</summary>
    public void Write(ref readonly TState state, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Write(StateRef.Of(in state), writer);
    }

    /// <summary>Validates the members that are present.</summary>
    /// <param name="state">The members.</param>
    /// <param name="options">The limits; <see cref="PatchReadOptions.Default"/> if null.</param>
    public PatchProblems Validate(ref readonly TState state, PatchReadOptions? options)
    {
        PatchProblemCollector problems = new(options ?? PatchReadOptions.Default);
        Validate(in state, ref problems);
        return problems.ToProblems();
    }

    /// <summary>Validates the members that are present.</summary>
    public void Validate(ref readonly TState state, ref PatchProblemCollector problems) => Validate(StateRef.Of(in state), ref problems);

    /// <summary>Applies the members that are present to the JSON of a document.</summary>
    public void Splice(scoped ref readonly TState state, ref DocumentSplicer document) => Splice(StateRef.Of(in state), ref document);

    /// <summary>A state that lacks some members.</summary>
    public TState Without<TPatch>(ref readonly TState state, MemberSet<TPatch> members)
        where TPatch : IPatch<TPatch>
    {
        TState rest = state;
        Remove(StateRef.Of(in rest), members);
        return rest;
    }

    /// <summary>The state of one patch that does what two do one after the other.</summary>
    /// <exception cref="InvalidOperationException">The earlier clears what the later merges into.</exception>
    public TState Merge(ref readonly TState earlier, ref readonly TState later)
    {
        TState both = earlier;
        Merge(StateRef.Of(in both), StateRef.Of(in later));
        return both;
    }
}
