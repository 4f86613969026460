namespace Layers.PatchGen.Storage;

/// <summary>How <see cref="IDocumentStore.TransformAsync"/> ended.</summary>
public enum TransformStatus
{
    /// <summary>The document was changed and saved.</summary>
    Changed,

    /// <summary>The transform left the document as it is; nothing was written.</summary>
    Unchanged,

    /// <summary>No document matches.</summary>
    NotFound,

    /// <summary>More than one document matches; nothing was written.</summary>
    Ambiguous,

    /// <summary>The document has none of the versions asked for; nothing was written.</summary>
    VersionMismatch,
}

/// <summary>What came of <see cref="IDocumentStore.TransformAsync"/>.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Documents">
/// One document, as it now is, for <see cref="TransformStatus.Changed"/>, <see cref="TransformStatus.Unchanged"/> and
/// <see cref="TransformStatus.VersionMismatch"/>; the matches, at most <see cref="MaxCandidates"/>, for <see cref="TransformStatus.Ambiguous"/>; else none.
/// </param>
public readonly record struct TransformResult(TransformStatus Status, IReadOnlyList<StoredDocument> Documents)
{
    /// <summary>The most documents listed when a selection is ambiguous: 100.</summary>
    public const int MaxCandidates = 100;

    /// <summary>The document, where there is exactly one.</summary>
    public StoredDocument Document => Documents.Count == 1 ? Documents[0] : throw new InvalidOperationException($"A transform that ended as {Status} has no single document.");

    /// <summary>The status and the number of documents.</summary>
    public override string ToString() => $"{Status}, documents: {Documents.Count}";

    /// <summary>
    /// Decides what becomes of a transform, for those who write a store: hands the one match to <paramref name="transform"/> if its version is right. The engine then
    /// saves the document of the result when its status is <see cref="TransformStatus.Changed"/>, and only if the match has not changed meanwhile.
    /// </summary>
    /// <param name="matches">What the selection finds: at most <see cref="MaxCandidates"/>, ordered by id.</param>
    /// <param name="ifVersions">The versions of which the document must have one, or null.</param>
    /// <param name="state">Handed to <paramref name="transform"/>.</param>
    /// <param name="transform">Makes the new document of the old. What it throws passes through.</param>
    /// <param name="maxBytes">The most bytes of one document that the engine can hold.</param>
    /// <exception cref="ArgumentException">The new document is not one JSON object.</exception>
    /// <exception cref="DocumentTooLargeException">The new document is larger than <paramref name="maxBytes"/>.</exception>
    public static TransformResult Decide<TState>(
        IReadOnlyList<StoredDocument> matches,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        int maxBytes = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(transform);
        if (matches.Count != 1)
        {
            return new TransformResult(matches.Count == 0 ? TransformStatus.NotFound : TransformStatus.Ambiguous, matches);
        }

        StoredDocument document = matches[0];
        if (ifVersions is not null && !ifVersions.Contains(document.Version))
        {
            return new TransformResult(TransformStatus.VersionMismatch, matches);
        }

        if (transform(state, document) is not { } json)
        {
            return new TransformResult(TransformStatus.Unchanged, matches);
        }

        if (state is IValidatedTransform)
        {
            IValidatedTransform.ThrowIfInvalid(json.Span, maxBytes);
        }
        else
        {
            DocumentJson.Require(json.Span, maxBytes);
        }

        return new TransformResult(TransformStatus.Changed, [document with { Version = document.Version.Next(), Json = json }]);
    }
}

/// <summary>
/// Marks the state of a transform whose results come from <see cref="DocumentStoreJson.Write"/>. Its writer has validated them, so they are not
/// parsed again.
/// </summary>
internal interface IValidatedTransform
{
    /// <summary>Checks what the writer does not: the size, and that the document is an object.</summary>
    static void ThrowIfInvalid(ReadOnlySpan<byte> json, int maxBytes)
    {
        if (json.Length > maxBytes || json.IsEmpty || json[0] != (byte)'{')
        {
            DocumentJson.Require(json, maxBytes); // throws
        }
    }
}
