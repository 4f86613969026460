using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

/// <summary>
/// Which members of a patch are present, a bit for each: in the state of the patch, or in a change that is being made. Called by generated
/// code.
/// </summary>
/// <remarks>
/// Users see a <see cref="MemberSet{TPatch}"/>. The state of a patch that is a struct cannot hold one: the layout of the struct would
/// depend on itself.
/// </remarks>
/// <typeparam name="TWords"><see cref="ulong"/>, or an inline array of it where there are more than 64 members.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct MemberBits<TWords>
    where TWords : unmanaged
{
    private TWords _words;

    /// <summary>Whether no member is present.</summary>
    public readonly bool IsEmpty
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get =>
            Unsafe.SizeOf<TWords>() == sizeof(ulong)
                ? StateBits.Word(ref Unsafe.AsRef(in _words), 0) == 0
                : !StateBits.Words(in _words).ContainsAnyExcept(0UL);
    }

    /// <summary>Whether a member is present.</summary>
    /// <param name="index">The index of the member.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Has(int index) => (StateBits.Word(ref Unsafe.AsRef(in _words), index) & (1UL << index)) != 0;

    /// <summary>Adds a member.</summary>
    /// <param name="index">The index of the member.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int index) => StateBits.Word(ref _words, index) |= 1UL << index;

    /// <summary>Adds a member, unless it is present.</summary>
    /// <param name="index">The index of the member.</param>
    /// <returns>Whether it was added.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(int index)
    {
        ref ulong word = ref StateBits.Word(ref _words, index);
        ulong bit = 1UL << index;
        bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    /// <summary>Whether no member is present but some.</summary>
    /// <param name="members">The indexes of these.</param>
    public readonly bool HasOnly(params ReadOnlySpan<int> members)
    {
        MemberBits<TWords> others = this;
        foreach (int index in members)
        {
            StateBits.Word(ref others._words, index) &= ~(1UL << index);
        }

        return others.IsEmpty;
    }

    /// <summary>The members as users see them.</summary>
    /// <typeparam name="TPatch">The patch.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly MemberSet<TPatch> ToSet<TPatch>()
        where TPatch : IPatch<TPatch> => new(StateBits.Words(in _words));
}
