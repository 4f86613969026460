using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>
/// Makes the <see cref="MemberTable"/> of a patch, a row for each member in the order of their indexes. Called by generated code.
/// </summary>
/// <remarks>
/// A member is named in JSON and in C#, with the codec of its values and a reference to its field in a state that is only measured in. The
/// builder is not generic in the
/// state: one compiled body serves all patches. Every method throws <see cref="ArgumentException"/> for a reference that does not point
/// into the state.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct MemberTableBuilder
{
    private readonly StateLayout _layout;
    private readonly List<MemberRow> _rows;

    private MemberTableBuilder(StateLayout layout)
    {
        _layout = layout;
        _rows = [];
    }

    /// <summary>Starts a table.</summary>
    /// <param name="state">A state to measure in.</param>
    public static MemberTableBuilder For<TState>(ref TState state)
        where TState : struct => new(StateLayout.Of(ref state));

    /// <summary>Adds a member that null may not be sent for.</summary>
    /// <param name="name">The name in JSON.</param>
    /// <param name="property">The name of the property.</param>
    /// <param name="codec">How values are read, written and compared.</param>
    /// <param name="field">The field of the state.</param>
    /// <param name="fencedUntil">What the fence of the member waits for.</param>
    /// <param name="writeScope">The scope that a caller needs to write the member.</param>
    /// <param name="isSelector">The member chooses the document.</param>
    public void Add<T, TValue>(
        string name,
        string property,
        TValue codec,
        scoped ref readonly T? field,
        string? fencedUntil = null,
        string? writeScope = null,
        bool isSelector = false)
        where TValue : struct, IPatchValue<T> =>
        _rows.Add(new ValueRow<T, TValue>(
            Info(name, property, isNullable: false, fencedUntil, writeScope, isSelector),
            _layout.Locate(in field),
            codec));

    /// <summary>Adds a member that null may be sent for.</summary>
    /// <inheritdoc cref="Add{T, TValue}"/>
    public void AddNullable<T, TValue>(
        string name,
        string property,
        TValue codec,
        scoped ref readonly T? field,
        string? fencedUntil = null,
        string? writeScope = null,
        bool isSelector = false)
        where T : class
        where TValue : struct, IPatchValue<T> =>
        _rows.Add(new ValueRow<T, TValue>(
            Info(name, property, isNullable: true, fencedUntil, writeScope, isSelector),
            _layout.Locate(in field),
            codec));

    /// <inheritdoc cref="AddNullable{T, TValue}(string, string, TValue, ref readonly T, string, string, bool)"/>
    public void AddNullable<T, TValue>(
        string name,
        string property,
        TValue codec,
        scoped ref readonly T? field,
        string? fencedUntil = null,
        string? writeScope = null,
        bool isSelector = false)
        where T : struct
        where TValue : struct, IPatchValue<T> =>
        _rows.Add(new ValueRow<T?, NullableValue<T, TValue>>(
            Info(name, property, isNullable: true, fencedUntil, writeScope, isSelector),
            _layout.Locate(in field),
            new(codec)));

    /// <summary>Adds a member that is a patch, and that null may not be sent for.</summary>
    /// <inheritdoc cref="Add{T, TValue}"/>
    public void AddPatch<TPatch>(
        string name, string property, scoped ref readonly TPatch? field, string? fencedUntil = null, string? writeScope = null)
        where TPatch : IPatch<TPatch> => Add(name, property, default(PatchValue<TPatch>), in field, fencedUntil, writeScope);

    /// <summary>Adds a member that is a patch, and that null may be sent for.</summary>
    /// <inheritdoc cref="Add{T, TValue}"/>
    public void AddNullablePatch<TPatch>(
        string name, string property, scoped ref readonly TPatch? field, string? fencedUntil = null, string? writeScope = null)
        where TPatch : class, IPatch<TPatch> => AddNullable(name, property, default(PatchValue<TPatch>), in field, fencedUntil, writeScope);

    /// <inheritdoc cref="AddNullablePatch{TPatch}(string, string, ref readonly TPatch, string, string)"/>
    public void AddNullablePatch<TPatch>(
        string name, string property, scoped ref readonly TPatch? field, string? fencedUntil = null, string? writeScope = null)
        where TPatch : struct, IPatch<TPatch> =>
        AddNullable(name, property, default(PatchValue<TPatch>), in field, fencedUntil, writeScope);

    /// <summary>Adds the property for all members that are not modelled: the last.</summary>
    /// <param name="name">The name that it would have in JSON.</param>
    /// <param name="property">The name of the property.</param>
    /// <param name="field">The field of the state.</param>
    public void AddOpen<TMap>(string name, string property, scoped ref readonly OpenMembers<TMap> field)
        where TMap : class, IEnumerable<KeyValuePair<string, JsonElement>>
    {
        MemberInfo info = Info(name, property, isNullable: false, null, null, isSelector: false);
        _rows.Add(new OpenRow<TMap>(info with { Member = info.Member with { Pointer = "" } }, _layout.Locate(in field)));
    }

    /// <summary>Names the document's property of the member that was added last, where its name is another.</summary>
    /// <param name="documentProperty">The name in C#.</param>
    public void To(string documentProperty) => _rows[^1].DocumentProperty = documentProperty;

    /// <summary>Says that the document has a list for the member that was added last, a dictionary.</summary>
    /// <param name="property">The property of an item that has its key.</param>
    /// <param name="allowCreate">Whether a key that the list does not have creates an item.</param>
    public void KeyedBy(string property, bool allowCreate = false) => _rows[^1].SetKey(property, allowCreate);

    /// <summary>Ends the table.</summary>
    /// <param name="state">The state that was measured in.</param>
    /// <param name="present">The field that says which members are present.</param>
    /// <param name="fences">The reserved members.</param>
    /// <param name="requireAny">At least one member must be present.</param>
    /// <param name="documentCode">
    /// The first property of the document that runs code of the user's when it is read or set; null for none.
    /// </param>
    public MemberTable<TState> ToTable<TState, TWords>(
        scoped ref readonly TState state,
        scoped ref readonly MemberBits<TWords> present,
        PatchFence[]? fences = null,
        bool requireAny = false,
        string? documentCode = null)
        where TState : struct
        where TWords : unmanaged
    {
        if (!_layout.IsOf<TState>() || _layout.Locate(in state).Offset != 0)
        {
            throw new ArgumentException("It is not the state that was measured in.", nameof(state));
        }

        StateWords words = _layout.LocateBits(in present);
        return words.Count * 64 >= _rows.Count
            ? new([.. _rows], words, fences ?? [], requireAny, documentCode)
            : throw new ArgumentException("It has less bits than there are members.", nameof(present));
    }

    private MemberInfo Info(string name, string property, bool isNullable, string? fencedUntil, string? writeScope, bool isSelector)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(property);
        return new(_rows.Count, name, property, isNullable, fencedUntil, writeScope, isSelector);
    }
}
