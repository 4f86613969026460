using Layers.PatchGen.Json;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>One PATCH as a transform of the store. The store may run it more than once; the last run counts.</summary>
internal sealed class PatchAttempt<TPatch, TDocument>(
    PatchHandler<TPatch, TDocument> handler, TPatch patch, Preconditions preconditions, PatchServices services) : IValidatedTransform
    where TPatch : IPatch<TPatch, TDocument>
{
    private StoredDocument? _stored;
    private TDocument? _before;
    private TDocument? _after;
    private ReadOnlyMemory<byte> _json;

    /// <summary>The transform. It captures nothing, so that it is allocated once.</summary>
    public static DocumentTransform<PatchAttempt<TPatch, TDocument>> Transform { get; } =
        static (attempt, document) => attempt.Run(document);

    /// <summary>Why the document was not changed: a precondition or a limit; null when there is no such reason.</summary>
    public PatchError? Rejection { get; private set; }

    /// <summary>Creates the argument of the hook that runs after the commit.</summary>
    public PatchSaved<TPatch, TDocument> Saved(StoredDocument saved, HttpContext context)
    {
        // A class is changed in place: its state before the change must be read again.
        TDocument before = ReferenceEquals(_before, _after) ? ReadAgain() : _before!;
        return new(patch, before, _after!, saved, context);
    }

    /// <summary>The error for a document that the store cannot hold.</summary>
    public PatchError TooLargeForStore()
    {
        ReadOnlyMemory<byte> before = DocumentStoreJson.Write(ReadAgain(), handler.DocumentJson);
        return DocumentGrowth.TooLarge(patch, before, _json, "The document would become larger than the store can hold.");
    }

    private ReadOnlyMemory<byte>? Run(StoredDocument stored)
    {
        Rejection = preconditions.CheckChange(handler.Endpoint.Resource, EntityTag.Of(stored.Version));
        if (Rejection is not null)
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

        Rejection = CheckMembers(after);
        if (Rejection is not null)
        {
            return null;
        }

        DateTimeOffset now = services.Time.GetUtcNow();
        _after = TPatch.Stamp(after, now);
        _json = DocumentStoreJson.Write(_after, handler.DocumentJson);
        Rejection = CheckBytes(now);
        return Rejection is null ? _json : default(ReadOnlyMemory<byte>?); // a plain null would be converted to empty memory
    }

    private PatchError? CheckMembers(TDocument after)
    {
        int max = services.Read.MaxOpenMembers;
        return PatchMemberLimit.IsMet(in patch, after, max)
            ? null
            : DocumentGrowth.TooManyMembers(PatchMemberLimit.FindGrown(in patch, ReadAgain(), after, max), services.Read.MaxProblems);
    }

    private PatchError? CheckBytes(DateTimeOffset now)
    {
        int max = services.MaxDocumentBytes;
        if (_json.Length <= max || _json.Length <= _stored!.Json.Length)
        {
            return null;
        }

        // A document can also grow by being written again, which is not the client's fault: its type has new members, or the time of the
        // change has more digits.
        ReadOnlyMemory<byte> before = DocumentStoreJson.Write(TPatch.Stamp(ReadAgain(), now), handler.DocumentJson);
        return _json.Length <= before.Length ? null : DocumentGrowth.TooLarge(patch, before, _json, max);
    }

    private TDocument ReadAgain() => DocumentStoreJson.Read(_stored!, handler.DocumentJson);
}
