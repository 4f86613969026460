using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Layers.PatchGen.Json;

/// <summary>
/// A reference to the state of a patch, whatever its type: one compiled body serves the states of all patches. This file and <see
/// cref="PaddedUtf8"/> are the only ones of
/// the library that access memory without the checks of the language.
/// </summary>
/// <remarks>
/// <para>
/// The contract: a field is accessed in a state of the type that it was located in, and by the type that it has there. <see
/// cref="StateLayout"/> alone makes a
/// <see cref="StateField{T}"/>, from a reference that the compiler has checked, and throws for one outside of its state. <see
/// cref="MemberTable{TState}"/> passes states of its
/// own type, and no other.
/// </para>
/// <para>The references are managed: the garbage collector follows them into objects, and keeps those alive.</para>
/// </remarks>
internal readonly ref struct StateRef
{
    private readonly ref byte _first;

    private StateRef(ref byte first) => _first = ref first;

    /// <summary>A reference that can be written through, also to a state that its user reads only.</summary>
    public static StateRef Of<TState>(ref readonly TState state)
        where TState : struct => new(ref Unsafe.As<TState, byte>(ref Unsafe.AsRef(in state)));

    /// <summary>A field of the state.</summary>
    public ref T Field<T>(StateField<T> field) => ref Unsafe.As<byte, T>(ref Unsafe.AddByteOffset(ref _first, field.Offset));

    /// <summary>The bits of the state, in words of 64.</summary>
    public Span<ulong> Words(StateWords words) => MemoryMarshal.CreateSpan(ref Field(words.First), words.Count);
}

/// <summary>Access to the words of <see cref="MemberBits{TWords}"/>.</summary>
internal static class StateBits
{
    /// <summary>
    /// The word that holds the bit of a member. Of a single word the processor takes the bit by the low bits of the index, so that no index
    /// is wrong.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The bit is beyond the words.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref ulong Word<TWords>(ref TWords words, int index)
        where TWords : unmanaged
    {
        ref ulong first = ref Unsafe.As<TWords, ulong>(ref words);
        if (Unsafe.SizeOf<TWords>() == sizeof(ulong))
        {
            return ref first;
        }

        if ((uint)index >= (uint)Unsafe.SizeOf<TWords>() / sizeof(ulong) * 64)
        {
            Throw(index);
        }

        return ref Unsafe.Add(ref first, index >> 6);
    }

    /// <summary>All words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<ulong> Words<TWords>(ref readonly TWords words)
        where TWords : unmanaged =>
            MemoryMarshal.CreateReadOnlySpan(
                ref Unsafe.As<TWords, ulong>(ref Unsafe.AsRef(in words)),
                Unsafe.SizeOf<TWords>() / sizeof(ulong));

    [DoesNotReturn]
    private static void Throw(int index) => throw new ArgumentOutOfRangeException(nameof(index), index, "There are not so many members.");
}

/// <summary>Where a field is in the states of one type. Made by <see cref="StateLayout"/> alone.</summary>
/// <typeparam name="T">The type of the field.</typeparam>
/// <param name="Offset">How many bytes from the start of the state.</param>
internal readonly record struct StateField<T>(int Offset);

/// <summary>Where the bits are in the states of one type. Made by <see cref="StateLayout"/> alone.</summary>
/// <param name="First">The first word.</param>
/// <param name="Count">The number of words.</param>
internal readonly record struct StateWords(StateField<ulong> First, int Count);

/// <summary>Locates the fields of one type of states.</summary>
internal readonly ref struct StateLayout
{
    private readonly ref byte _first;
    private readonly int _size;
    private readonly Type _type;

    private StateLayout(ref byte first, int size, Type type)
    {
        _first = ref first;
        (_size, _type) = (size, type);
    }

    /// <summary>Takes a state to measure in. Its values do not matter.</summary>
    public static StateLayout Of<TState>(ref TState state)
        where TState : struct => new(ref Unsafe.As<TState, byte>(ref state), Unsafe.SizeOf<TState>(), typeof(TState));

    /// <summary>Whether these are the states of a type.</summary>
    public bool IsOf<TState>()
        where TState : struct => _type == typeof(TState);

    /// <summary>Locates a field.</summary>
    /// <exception cref="ArgumentException">The reference does not point into the state.</exception>
    public StateField<T> Locate<T>(ref readonly T field)
    {
        nint offset = Unsafe.ByteOffset(ref _first, ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in field)));
        return offset >= 0 && offset <= _size - Unsafe.SizeOf<T>()
            ? new((int)offset)
            : throw new ArgumentException($"The reference does not point into a {_type}.", nameof(field));
    }

    /// <summary>Locates the bits that say which members are present.</summary>
    /// <exception cref="ArgumentException">The reference does not point into the state.</exception>
    public StateWords LocateBits<TWords>(ref readonly MemberBits<TWords> bits)
        where TWords : unmanaged
    {
        StateField<MemberBits<TWords>> field = Locate(in bits);
        return new(new(field.Offset), Unsafe.SizeOf<MemberBits<TWords>>() / sizeof(ulong));
    }
}
