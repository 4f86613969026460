using System.Runtime.CompilerServices;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The documents of the application's store: found, changed and saved in one transaction of the store.</summary>
internal sealed class StoreDocumentSource<TDocument>(IDocumentStore store) : IDocumentSource<TDocument>
{
    // Captures nothing, so that it is created once.
    private static readonly DocumentTransform<DocumentChange<TDocument>> Transform = static (change, stored) => change.Apply(stored);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SourceResult<TDocument>> FindAsync(DocumentRequest<TDocument> request, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredDocument> found =
            await store.FindAsync(request.Selection, TransformResult.MaxCandidates, cancellationToken);
        return found.Count switch
        {
            0 => new(SourceStatus.NotFound),
            1 => new(SourceStatus.Found, new(found[0], request.Json)),
            _ => Ambiguous(request, found),
        };
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SourceResult<TDocument>> PatchAsync(
        DocumentRequest<TDocument> request, DocumentChange<TDocument> change, CancellationToken cancellationToken)
    {
        TransformResult result;
        try
        {
            result = await store.TransformAsync(request.Selection, ifVersions: null, change, Transform, cancellationToken);
        }
        catch (DocumentTooLargeException tooLarge)
        {
            change.Reject(tooLarge);
            return new(SourceStatus.Rejected);
        }

        return result.Status switch
        {
            TransformStatus.NotFound => new(SourceStatus.NotFound),
            TransformStatus.Ambiguous => Ambiguous(request, result.Documents),
            TransformStatus.Changed => new(SourceStatus.Changed, new(result.Document, request.Json)),
            _ => change.IsRejected
                ? new(SourceStatus.Rejected)
                : new(SourceStatus.Unchanged, new(result.Document, request.Json)),
        };
    }

    private static SourceResult<TDocument> Ambiguous(DocumentRequest<TDocument> request, IReadOnlyList<StoredDocument> found) =>
        new(SourceStatus.Ambiguous) { Candidates = [.. found.Select(one => new SourceDocument<TDocument>(one, request.Json))] };
}
