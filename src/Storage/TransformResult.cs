namespace Layers.PatchGen.Storage;

/// <summary>The outcome of <see cref="IDocumentStore.TransformAsync"/>.</summary>
public enum TransformStatus
{
    /// <summary>The document was changed and saved.</summary>
    Changed,

    /// <summary>The transform did not change the document; nothing was written.</summary>
    Unchanged,

    /// <summary>No document matches.</summary>
    NotFound,

    /// <summary>More than one document matches; nothing was written.</summary>
    Ambiguous,

    /// <summary>The document has none of the expected versions; nothing was written.</summary>
    VersionMismatch,
}

/// <summary>The result of <see cref="IDocumentStore.TransformAsync"/>.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Documents">
/// The one document, in its current version, for <see cref="TransformStatus.Changed"/>, <see cref="TransformStatus.Unchanged"/> and
/// <see cref="TransformStatus.VersionMismatch"/>; up to <see cref="MaxCandidates"/> matches for <see cref="TransformStatus.Ambiguous"/>;
/// otherwise none.
/// </param>
public readonly record struct TransformResult(TransformStatus Status, IReadOnlyList<StoredDocument> Documents)
{
    /// <summary>The maximum number of documents listed when a selection is ambiguous: 100.</summary>
    public const int MaxCandidates = 100;

    private readonly IReadOnlyList<StoredDocument>? _companions;

    /// <summary>
    /// The documents that are inserted together with the change; none unless it is <see cref="TransformStatus.Changed"/>.
    /// </summary>
    public IReadOnlyList<StoredDocument> Companions
    {
        get => _companions ?? [];
        init => _companions = value;
    }

    /// <summary>The document, if there is exactly one.</summary>
    /// <exception cref="InvalidOperationException">There is not.</exception>
    public StoredDocument Document => Documents.Count == 1
        ? Documents[0]
        : throw new InvalidOperationException($"The result {Status} has no single document.");

    /// <summary>The status and the number of documents.</summary>
    public override string ToString() => $"{Status}, documents: {Documents.Count}";

    /// <summary>
    /// Evaluates a transform, for implementations of <see cref="IDocumentStore"/>: calls <paramref name="transform"/> if there is one match
    /// and it has an expected version. If the status is <see cref="TransformStatus.Changed"/>, the store then saves the document of the
    /// result and inserts its companions in one transaction, provided that the match was not changed in the meantime and no key of a
    /// companion is in use.
    /// </summary>
    /// <param name="matches">The documents that match the selection, ordered by id, at most <see cref="MaxCandidates"/>.</param>
    /// <param name="ifVersions">The versions of which the document must have one; null for any version.</param>
    /// <param name="state">Passed to <paramref name="transform"/>.</param>
    /// <param name="transform">Creates the new document from the current one. Its exceptions are passed on.</param>
    /// <param name="companions">Creates the documents that are inserted with the change; null for none.</param>
    /// <param name="maxBytes">The maximum size of one document that the engine can store, in bytes.</param>
    /// <exception cref="InvalidOperationException">
    /// A companion is not one JSON object or too large, or its key is invalid, of another tenant, or that of another one.
    /// </exception>
    /// <exception cref="ArgumentException">The new document is not one JSON object.</exception>
    /// <exception cref="DocumentTooLargeException">The new document is larger than <paramref name="maxBytes"/>.</exception>
    public static TransformResult Evaluate<TState>(
        IReadOnlyList<StoredDocument> matches,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        DocumentCompanions<TState>? companions = null,
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
            DocumentJson.Validate(json.Span, maxBytes);
        }

        StoredDocument after = document with { Version = document.Version.Next(), Json = json };
        var result = new TransformResult(TransformStatus.Changed, [after]);
        return companions is null
            ? result
            : result with { Companions = ToStored(companions(state, document, after), document.Key.Tenant, maxBytes) };
    }

    private static StoredDocument[] ToStored(IReadOnlyList<NewDocument> companions, string tenant, int maxBytes)
    {
        var keys = new HashSet<DocumentKey>();
        return [.. companions.Select(companion =>
        {
            DocumentKey key = companion.Key;
            try
            {
                key.ThrowIfInvalid();
                DocumentJson.Validate(companion.Json.Span, maxBytes);
            }
            catch (Exception exception) when (exception is ArgumentException or DocumentTooLargeException)
            {
                throw NewDocument.CannotBeInserted(key, exception.Message, exception);
            }

            return key.Tenant != tenant
                ? throw NewDocument.CannotBeInserted(key, $"The changed document has the tenant \"{tenant}\".")
                : keys.Add(key)
                ? new StoredDocument(key, DocumentVersion.First(), companion.Json)
                : throw NewDocument.KeyInUse(key);
        })];
    }
}

/// <summary>
/// Marks the state of a transform whose results come from <see cref="DocumentStoreJson.Write"/>. Its writer has validated
/// them, so they are not parsed again.
/// </summary>
internal interface IValidatedTransform
{
    /// <summary>Checks what the writer does not: the size, and that the document is an object.</summary>
    static void ThrowIfInvalid(ReadOnlySpan<byte> json, int maxBytes)
    {
        if (json.Length > maxBytes || json.IsEmpty || json[0] != (byte)'{')
        {
            DocumentJson.Validate(json, maxBytes); // throws
        }
    }
}
