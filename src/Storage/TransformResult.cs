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
public readonly record struct TransformResult
{
    /// <summary>The maximum number of documents listed when a selection is ambiguous: 100.</summary>
    public const int MaxCandidates = 100;

    // One document, as nearly always, needs no list.
    private readonly StoredDocument? _document;
    private readonly IReadOnlyList<StoredDocument>? _documents;
    private readonly IReadOnlyList<StoredDocument>? _companions;

    /// <summary>Creates the result for one document.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="document">The document, in its current version.</param>
    public TransformResult(TransformStatus status, StoredDocument document) => (Status, _document) = (status, document);

    /// <summary>Creates the result for none, or for several documents.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="documents">The documents: see <see cref="Documents"/>.</param>
    public TransformResult(TransformStatus status, IReadOnlyList<StoredDocument> documents) => (Status, _documents) = (status, documents);

    /// <summary>The outcome.</summary>
    public TransformStatus Status { get; }

    /// <summary>
    /// The one document, in its current version, for <see cref="TransformStatus.Changed"/>, <see cref="TransformStatus.Unchanged"/> and
    /// <see cref="TransformStatus.VersionMismatch"/>; up to <see cref="MaxCandidates"/> matches for
    /// <see cref="TransformStatus.Ambiguous"/>; otherwise none. Creates a list for one document; <see cref="Document"/> does not.
    /// </summary>
    public IReadOnlyList<StoredDocument> Documents => _document is null ? _documents ?? [] : [_document];

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
    public StoredDocument Document => _document
        ?? (_documents is [StoredDocument document] ? document : null)
        ?? throw new InvalidOperationException($"The result {Status} has no single document.");

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
        return matches switch
        {
            [] => new(TransformStatus.NotFound, matches),
            [StoredDocument match] => Evaluate(match, ifVersions, state, transform, companions, maxBytes),
            _ => new(TransformStatus.Ambiguous, matches),
        };
    }

    /// <summary>The same for the one document that matches.</summary>
    internal static TransformResult Evaluate<TState>(
        StoredDocument match,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        DocumentCompanions<TState>? companions = null,
        int maxBytes = int.MaxValue)
    {
        if (ifVersions is not null && !ifVersions.Contains(match.Version))
        {
            return new TransformResult(TransformStatus.VersionMismatch, match);
        }

        if (transform(state, match) is not { } json)
        {
            return new TransformResult(TransformStatus.Unchanged, match);
        }

        if (state is IValidatedTransform)
        {
            IValidatedTransform.ThrowIfInvalid(json.Span, maxBytes);
        }
        else
        {
            DocumentJson.Validate(json.Span, maxBytes);
        }

        var after = new StoredDocument(match.Key, match.Version.Next(), json);
        var result = new TransformResult(TransformStatus.Changed, after);
        return companions is null
            ? result
            : result with { Companions = ToStored(companions(state, match, after), match.Key.Tenant, maxBytes) };
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
/// Marks the state of a transform whose results are known to be JSON, so that they are not parsed again: they come from
/// <see cref="DocumentStoreJson.Write"/>, whose writer validates, or from a stored document of which every value was checked.
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
