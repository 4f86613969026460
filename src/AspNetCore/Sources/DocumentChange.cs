using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// What a PATCH does to a document. The framework creates it, for one request; an <see cref="IDocumentSource{T}"/> runs it.
/// </summary>
/// <typeparam name="TDocument">The type of the document.</typeparam>
public abstract class DocumentChange<TDocument>
{
    private protected DocumentChange()
    {
    }

    /// <summary>
    /// Whether <see cref="ApplyAsync"/> waits for rules of the handler (<see cref="PatchHandler{T, T}.CheckAsync"/>), so that it must not
    /// be called inside a transaction or a lock. If not, it completes immediately.
    /// </summary>
    public abstract bool HasCheck { get; }

    /// <summary>
    /// Checks the preconditions of the request (<c>If-Match</c>, <c>If-None-Match</c>) against the version, applies the patch, sets the
    /// time of the change, checks the limits of the document, and runs the rules of the handler.
    /// </summary>
    /// <param name="current">
    /// The current document with its version. An instance of a class is changed in place, so pass one that nothing else reads.
    /// </param>
    /// <returns>
    /// <see cref="SourceStatus.Changed"/> with the document to save and the version that it was made from;
    /// <see cref="SourceStatus.Unchanged"/> or <see cref="SourceStatus.Rejected"/>, when nothing must be saved.
    /// </returns>
    public abstract ValueTask<SourceResult<TDocument>> ApplyAsync(SourceDocument<TDocument> current);

    /// <summary>Whether the handler has hooks that see the document before the change.</summary>
    internal abstract bool NeedsBefore { get; }

    /// <summary>The same with the document before the change as another instance, where JSON does not hold all of it.</summary>
    internal abstract ValueTask<SourceResult<TDocument>> ApplyWithBeforeAsync(SourceDocument<TDocument> current, TDocument before);

    /// <summary>The same for a document in a store, within its transaction, without the rules of the handler.</summary>
    /// <returns>The new JSON; null where nothing must be saved, see <see cref="IsRejected"/>.</returns>
    internal abstract ReadOnlyMemory<byte>? Apply(StoredDocument current);

    /// <summary>Runs the rules of the handler on what was applied last.</summary>
    internal abstract Task CheckAsync();

    /// <summary>Whether <see cref="Companions"/> returns anything.</summary>
    internal abstract bool HasCompanions { get; }

    /// <summary>Creates the documents that are inserted in the transaction of what was applied last.</summary>
    internal abstract IReadOnlyList<NewDocument> Companions(StoredDocument after);

    /// <summary>Whether the change was rejected when it was last applied.</summary>
    internal abstract bool IsRejected { get; }

    /// <summary>Rejects the change that was applied last.</summary>
    internal abstract void Reject(PatchError rejection);

    /// <summary>Rejects the change that was applied last, since the store cannot hold the document.</summary>
    internal abstract void Reject(DocumentTooLargeException tooLarge);
}
