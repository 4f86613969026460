using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>One PATCH in the hands of the store, which may run its transform more than once; the last run counts.</summary>
internal sealed class PatchAttempt<TPatch, TDocument>(PatchHandler<TPatch, TDocument> handler, TPatch patch, Preconditions preconditions, TimeProvider time)
    where TPatch : IPatch<TPatch, TDocument>
{
    private StoredDocument? _stored;
    private TDocument? _before;
    private TDocument? _after;

    /// <summary>The transform, without a capture.</summary>
    public static DocumentTransform<PatchAttempt<TPatch, TDocument>> Transform { get; } = static (attempt, document) => attempt.Run(document);

    /// <summary>Whether <c>If-None-Match</c> stopped the change.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>What the hook is told after the commit.</summary>
    public PatchSaved<TPatch, TDocument> Saved(StoredDocument saved, HttpContext context)
    {
        // A class is changed in place: what it was before must be read once more.
        TDocument before = ReferenceEquals(_before, _after) ? DocumentStoreJson.Read(_stored!, handler.DocumentJson) : _before!;
        return new(patch, before, _after!, saved, context);
    }

    private ReadOnlyMemory<byte>? Run(StoredDocument stored)
    {
        IsStopped = preconditions.IsNoneMatchHit(stored.Version);
        if (IsStopped)
        {
            return null;
        }

        _stored = stored;
        _before = DocumentStoreJson.Read(stored, handler.DocumentJson);
        TDocument after = handler.Apply(patch, _before, out bool changed);
        if (!changed)
        {
            return null;
        }

        _after = TPatch.Stamp(after, time.GetUtcNow());
        return DocumentStoreJson.Write(_after, handler.DocumentJson);
    }
}
