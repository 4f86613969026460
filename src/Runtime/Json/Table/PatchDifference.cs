using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>
/// The patch between two documents, member by member: a member that differs is present with the value of the second. Called by generated
/// code.
/// </summary>
/// <remarks>
/// What is to be known of a member comes from its row. Methods throw <see cref="InvalidOperationException"/> where no patch leads from the
/// one value to the other. A mutable
/// structure: it is kept in one place, and called there.
/// </remarks>
/// <typeparam name="TWords">The words of <see cref="MemberBits{TWords}"/>.</typeparam>
/// <param name="members">The members of the patch.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct PatchDifference<TWords>(MemberTable members)
    where TWords : unmanaged
{
    private MemberBits<TWords> _present;

    /// <summary>The members that differ so far.</summary>
    public readonly MemberBits<TWords> Present => _present;

    /// <summary>A value of the type that the document has, nullability aside.</summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="before">The value of the first document.</param>
    /// <param name="after">The value of the second document.</param>
    /// <param name="value">The value of the patch; the type's default where the member is absent.</param>
    public void Value<T>(int index, T before, T after, out T? value) =>
        value = Row<T>(index).AreEqual(before, after) ? default : Sent(index, after);

    /// <inheritdoc cref="Value{T}(int, T, T, out T)"/>
    public void Value<T>(int index, T? before, T? after, out T value)
        where T : struct
    {
        bool areEqual = before is { } was && after is { } now ? Row<T>(index).AreEqual(was, now) : before.HasValue == after.HasValue;
        value = areEqual ? default : Sent(index, after)!.Value;
    }

    /// <summary>Whether a value of another type than that of the member differs: it is to be converted then.</summary>
    /// <inheritdoc cref="Value{T}(int, T, T, out T)"/>
    public bool Differs<T>(int index, T before, T after)
    {
        bool differs = !EqualityComparer<T>.Default.Equals(before, after);
        if (differs)
        {
            Sent(index, after);
        }

        return differs;
    }

    /// <summary>A collection of another type than that of the member.</summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="codec">How items are compared, and the collection of the member is made.</param>
    /// <param name="before">The collection of the first document.</param>
    /// <param name="after">The collection of the second document.</param>
    /// <param name="value">The collection of the patch; the type's default where the member is absent.</param>
    public void Items<TCollection, T, TItems>(
        int index,
        TItems codec,
        IEnumerable<T>? before,
        IEnumerable<T>? after,
        out TCollection? value)
        where TItems : struct, IPatchItems<TCollection, T>
    {
        value = default;
        if (!PatchEquality.SameItems(codec, before, after) && Sent(index, after) is { } items)
        {
            value = codec.From(items);
        }
    }

    /// <inheritdoc cref="Items{TCollection, T, TItems}(int, TItems, IEnumerable{T}, IEnumerable{T}, out TCollection)"/>
    public void Items<TCollection, T, TItems>(
        int index,
        TItems codec,
        IEnumerable<T>? before,
        IEnumerable<T>? after,
        out TCollection? value)
        where TCollection : struct
        where TItems : struct, IPatchItems<TCollection, T>
    {
        value = null;
        if (!PatchEquality.SameItems(codec, before, after) && Sent(index, after) is { } items)
        {
            value = codec.From(items);
        }
    }

    /// <summary>A nested patch. A document that is missing is compared as a new one.</summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="before">The nested document of the first document.</param>
    /// <param name="after">The nested document of the second document.</param>
    /// <param name="patch">The nested patch; the type's default where the member is absent, or null is sent.</param>
    public void Patch<TPatch, TDocument>(int index, TDocument? before, TDocument? after, out TPatch? patch)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new() => TryPatch<TPatch, TDocument>(index, before is not null, before!, after is not null, after!, out patch);

    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TDocument, TDocument, out TPatch)"/>
    public void Patch<TPatch, TDocument>(int index, TDocument? before, TDocument? after, out TPatch? patch)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : new() =>
            patch = TryPatch(index, before is not null, before!, after is not null, after!, out TPatch made) ? made : null;

    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TDocument, TDocument, out TPatch)"/>
    public void Patch<TPatch, TDocument>(int index, TDocument? before, TDocument? after, out TPatch? patch)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : struct =>
        TryPatch<TPatch, TDocument>(
            index,
            before.HasValue,
            before.GetValueOrDefault(),
            after.HasValue,
            after.GetValueOrDefault(),
            out patch);

    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TDocument, TDocument, out TPatch)"/>
    public void Patch<TPatch, TDocument>(int index, TDocument? before, TDocument? after, out TPatch? patch)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : struct =>
        patch = TryPatch(index, before.HasValue, before.GetValueOrDefault(), after.HasValue, after.GetValueOrDefault(), out TPatch made)
            ? made
            : null;

    /// <summary>A nested patch, where the nested documents are never null.</summary>
    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TDocument, TDocument, out TPatch)"/>
    /// <exception cref="InvalidOperationException">One of the documents is null.</exception>
    public void PatchExisting<TPatch, TDocument>(int index, TDocument? before, TDocument? after, out TPatch? patch)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : class
    {
        TPatch made = TPatch.Diff(
            before ?? throw PatchMerge.NotExisting<TDocument>(), after ?? throw PatchMerge.NotExisting<TDocument>());
        patch = made.IsEmpty ? default : Sent(index, made);
    }

    /// <summary>The members that are not modelled: those that came or changed, and null for those that went.</summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="before">The members of the first document.</param>
    /// <param name="after">The members of the second document.</param>
    /// <param name="value">The members of the patch.</param>
    /// <returns>Whether there are any.</returns>
    public bool Open(
        int index,
        IEnumerable<KeyValuePair<string, JsonElement>>? before,
        IEnumerable<KeyValuePair<string, JsonElement>>? after,
        out Dictionary<string, JsonElement> value)
    {
        bool differs = PatchAlgebra.TryDiffOpen(before, after, out value);
        if (differs)
        {
            _present.Add(index);
        }

        return differs;
    }

    private readonly MemberRow<T> Row<T>(int index) => (MemberRow<T>)members[index];

    private T Sent<T>(int index, T after)
    {
        if (after is null && !members[index].Info.IsNullable)
        {
            throw PatchAlgebra.Unsayable(members[index].Info.Name, PatchAlgebra.NotNullable);
        }

        _present.Add(index);
        return after;
    }

    private bool TryPatch<TPatch, TDocument>(
        int index,
        bool existed,
        TDocument before,
        bool exists,
        TDocument after,
        [MaybeNullWhen(false)] out TPatch patch)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new()
    {
        patch = default;
        if (!exists)
        {
            if (existed)
            {
                Sent<object?>(index, null);
            }

            return false;
        }

        TPatch made = TPatch.Diff(existed ? before : new TDocument(), after);
        if (made.IsEmpty)
        {
            return existed ? false : throw PatchAlgebra.Unsayable(members[index].Info.Name, PatchAlgebra.MadeEmpty);
        }

        patch = Sent(index, made);
        return true;
    }
}
