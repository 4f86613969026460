using System.Runtime.CompilerServices;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The documents of the application's store. A change is found, made and saved in one transaction of the store; with rules that wait
/// (<see cref="DocumentChange{TDocument}.HasCheck"/>), it is made outside, and saved if the version is still the same.
/// </summary>
internal sealed class StoreDocumentSource<TDocument>(IDocumentStore store) : IDocumentSource<TDocument>
{
    /// <summary>How often a change with rules is tried.</summary>
    public const int MaxAttempts = 16;

    // The transforms capture nothing, so that they are created once.
    private static readonly DocumentTransform<DocumentChange<TDocument>> Apply = static (change, stored) => change.Apply(stored);
    private static readonly DocumentTransform<Checked> ApplyChecked = static (change, _) => change.Json;
    private static readonly DocumentCompanions<DocumentChange<TDocument>> Companions =
        static (change, _, after) => change.Companions(after);

    private static readonly DocumentCompanions<Checked> CompanionsOfChecked =
        static (change, _, after) => change.Change.Companions(after);

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

    public ValueTask<SourceResult<TDocument>> PatchAsync(
        DocumentRequest<TDocument> request, DocumentChange<TDocument> change, CancellationToken cancellationToken) =>
        change.HasCheck
            ? CheckAndSaveAsync(request, change, cancellationToken)
            : SaveAsync(request, change, ifVersions: null, change, Apply, Companions, cancellationToken);

    private async ValueTask<SourceResult<TDocument>> CheckAndSaveAsync(
        DocumentRequest<TDocument> request, DocumentChange<TDocument> change, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // Random pauses, so that concurrent requests do not meet again.
            await Task.Delay(Random.Shared.Next(1 << Math.Min(attempt, 6)), cancellationToken);
            SourceResult<TDocument> found = await FindAsync(request, cancellationToken);
            if (found.Document.Stored is not { } current)
            {
                return found;
            }

            ReadOnlyMemory<byte>? json = change.Apply(current);
            if (json is not null)
            {
                await change.CheckAsync();
            }

            if (change.IsRejected)
            {
                return new(SourceStatus.Rejected);
            }

            SourceResult<TDocument> result = await SaveAsync(
                request, change, [current.Version], new Checked(change, json), ApplyChecked, CompanionsOfChecked, cancellationToken);
            if (result.Status != SourceStatus.Conflict)
            {
                return result;
            }
        }

        return new(SourceStatus.Conflict);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SourceResult<TDocument>> SaveAsync<TState>(
        DocumentRequest<TDocument> request,
        DocumentChange<TDocument> change,
        DocumentVersion[]? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        DocumentCompanions<TState> companions,
        CancellationToken cancellationToken)
    {
        TransformResult result;
        try
        {
            result = await store.TransformAsync(
                request.Selection, ifVersions, state, transform, change.HasCompanions ? companions : null, cancellationToken);
        }
        catch (PatchRejectedException rejected)
        {
            change.Reject(rejected.Error);
            return new(SourceStatus.Rejected);
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
            TransformStatus.VersionMismatch => new(SourceStatus.Conflict),
            TransformStatus.Changed => new(SourceStatus.Changed, new(result.Document, request.Json)),
            _ => change.IsRejected
                ? new(SourceStatus.Rejected)
                : new(SourceStatus.Unchanged, new(result.Document, request.Json)),
        };
    }

    private static SourceResult<TDocument> Ambiguous(DocumentRequest<TDocument> request, IReadOnlyList<StoredDocument> found) =>
        new(SourceStatus.Ambiguous) { Candidates = [.. found.Select(one => new SourceDocument<TDocument>(one, request.Json))] };

    /// <summary>What was checked, to be saved as it is; null where nothing has changed.</summary>
    private sealed record Checked(DocumentChange<TDocument> Change, ReadOnlyMemory<byte>? Json) : IValidatedTransform;
}
