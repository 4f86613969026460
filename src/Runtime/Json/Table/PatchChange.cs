using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

/// <summary>
/// One application of a patch to a document: for each member what its property becomes, and which members made a difference. Called by
/// generated code.
/// </summary>
/// <remarks>
/// Methods come in two forms, for documents that are copied and for those that are changed in place: one returns the new value, or the old
/// where the member was not sent or is
/// not different; the other returns whether the property is to be set. A mutable structure: it is kept in one place, and called there.
/// </remarks>
/// <typeparam name="TWords">The words of <see cref="MemberBits{TWords}"/>.</typeparam>
/// <param name="sent">The members that were sent.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct PatchChange<TWords>(MemberBits<TWords> sent)
    where TWords : unmanaged
{
    private readonly MemberBits<TWords> _sent = sent;
    private MemberBits<TWords> _changed;

    /// <summary>Whether a member was sent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Has(int index) => _sent.Has(index);

    /// <summary>The members that made a difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly MemberSet<TPatch> ToSet<TPatch>()
        where TPatch : IPatch<TPatch> => _changed.ToSet<TPatch>();

    /// <summary>The value that the property of a member becomes.</summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="codec">How values are compared.</param>
    /// <param name="sent">The value of the patch.</param>
    /// <param name="old">The value of the document.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? Value<T, TValue>(int index, TValue codec, T? sent, T? old)
        where TValue : struct, IPatchValue<T>
    {
        if (!_sent.Has(index) || PatchEquality.Same(codec, sent, old))
        {
            return old;
        }

        _changed.Add(index);
        return sent;
    }

    /// <inheritdoc cref="Value{T, TValue}(int, TValue, T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? Value<T, TValue>(int index, TValue codec, T? sent, T? old)
        where T : struct
        where TValue : struct, IPatchValue<T>
    {
        if (!_sent.Has(index) || PatchEquality.Same(codec, sent, old))
        {
            return old;
        }

        _changed.Add(index);
        return sent;
    }

    /// <summary>The value that the property of a member becomes. Values are compared by their type's own equality.</summary>
    /// <inheritdoc cref="Value{T, TValue}(int, TValue, T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(int index, T sent, T old)
    {
        if (!_sent.Has(index) || EqualityComparer<T>.Default.Equals(sent, old))
        {
            return old;
        }

        _changed.Add(index);
        return sent;
    }

    /// <summary>Whether the property of a member is to be set.</summary>
    /// <inheritdoc cref="Value{T, TValue}(int, TValue, T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Sets<T, TValue>(int index, TValue codec, T? sent, T? old)
        where TValue : struct, IPatchValue<T> => _sent.Has(index) && !PatchEquality.Same(codec, sent, old) && Changes(index);

    /// <inheritdoc cref="Sets{T, TValue}(int, TValue, T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Sets<T, TValue>(int index, TValue codec, T? sent, T? old)
        where T : struct
        where TValue : struct, IPatchValue<T> => _sent.Has(index) && !PatchEquality.Same(codec, sent, old) && Changes(index);

    /// <summary>Whether the property of a member is to be set. Values are compared by their type's own equality.</summary>
    /// <inheritdoc cref="Value{T, TValue}(int, TValue, T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Sets<T>(int index, T sent, T old) => _sent.Has(index) && !EqualityComparer<T>.Default.Equals(sent, old) && Changes(index);

    /// <summary>Whether the property of a member, a collection of another type than the document's, is to be set.</summary>
    /// <inheritdoc cref="Value{T, TValue}(int, TValue, T, T)"/>
    public bool SetsItems<T, TItems>(int index, TItems codec, IEnumerable<T>? sent, IEnumerable<T>? old)
        where TItems : struct, IPatchItems<T> => _sent.Has(index) && !PatchEquality.SameItems(codec, sent, old) && Changes(index);

    /// <summary>
    /// The document that the property of a nested patch becomes. One that is missing is made, unless the patch is empty; null takes it
    /// away.
    /// </summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="sent">The nested patch.</param>
    /// <param name="old">The nested document.</param>
    public TDocument? Patch<TPatch, TDocument>(int index, TPatch? sent, TDocument? old)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new() => Patch(index, sent, old, out TDocument? merged) ? merged : old;

    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TPatch, TDocument)"/>
    public TDocument? Patch<TPatch, TDocument>(int index, TPatch? sent, TDocument? old)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : new() => Patch(index, sent, old, out TDocument? merged) ? merged : old;

    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TPatch, TDocument)"/>
    public TDocument? Patch<TPatch, TDocument>(int index, TPatch? sent, TDocument? old)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : struct => Patch(index, sent, old, out TDocument? merged) ? merged : old;

    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TPatch, TDocument)"/>
    public TDocument? Patch<TPatch, TDocument>(int index, TPatch? sent, TDocument? old)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : struct => Patch(index, sent, old, out TDocument? merged) ? merged : old;

    /// <summary>The document that the property of a nested patch becomes, where it is never null.</summary>
    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TPatch, TDocument)"/>
    /// <exception cref="InvalidOperationException">The document is null.</exception>
    public TDocument? PatchExisting<TPatch, TDocument>(int index, TPatch? sent, TDocument? old)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : class => PatchExisting(index, sent, old, out TDocument? merged) ? merged : old;

    private bool Changes(int index)
    {
        _changed.Add(index);
        return true;
    }
}
