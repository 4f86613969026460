namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Where the documents of generated endpoints are. Register an implementation to keep them anywhere:
/// <c>services.AddScoped&lt;IDocumentSource&lt;Order&gt;, OrderRepository&gt;()</c>. Without one, they are in the application's
/// <see cref="Storage.IDocumentStore"/>.
/// </summary>
/// <remarks>
/// It is resolved from the services of each request and may have any lifetime. It throws
/// <see cref="Storage.StoreUnavailableException"/> where its database is unreachable or too busy, which is 503; any other exception is 500.
/// </remarks>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public interface IDocumentSource<TDocument>
{
    /// <summary>Finds the document of a request, for a GET.</summary>
    /// <param name="request">Which document.</param>
    /// <param name="cancellationToken">Cancels the search: the client has disconnected.</param>
    /// <returns>
    /// <see cref="SourceStatus.Found"/> with the document, <see cref="SourceStatus.NotFound"/>, or <see cref="SourceStatus.Ambiguous"/>.
    /// </returns>
    ValueTask<SourceResult<TDocument>> FindAsync(DocumentRequest<TDocument> request, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the document of a request, applies a change to it and saves it, as one act: it is saved only if it still is what the change
    /// was applied to. A source with locks ensures that; one without saves only if the version is still the same, and otherwise does all of
    /// it again, a limited number of times.
    /// </summary>
    /// <param name="request">Which document.</param>
    /// <param name="change">The change. It may be applied more than once; what counts is the last time.</param>
    /// <param name="cancellationToken">Never canceled by the client: the change may be saved all the same.</param>
    /// <returns>
    /// <see cref="SourceStatus.Changed"/> with the document as saved and its new version; the result of <paramref name="change"/> where
    /// that is not <see cref="SourceStatus.Changed"/>; <see cref="SourceStatus.NotFound"/>, <see cref="SourceStatus.Ambiguous"/> or
    /// <see cref="SourceStatus.Conflict"/>.
    /// </returns>
    ValueTask<SourceResult<TDocument>> PatchAsync(
        DocumentRequest<TDocument> request, DocumentChange<TDocument> change, CancellationToken cancellationToken);
}
