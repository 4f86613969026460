namespace Layers.PatchGen.AspNetCore;

/// <summary>The outcome of a call of an <see cref="IDocumentSource{TDocument}"/>.</summary>
public enum SourceStatus
{
    /// <summary>No document matches the request: 404.</summary>
    NotFound,

    /// <summary>One document was found.</summary>
    Found,

    /// <summary>One document was found and changed.</summary>
    Changed,

    /// <summary>One document was found, and the patch changes none of its values.</summary>
    Unchanged,

    /// <summary>Several documents match the request: 409, with <see cref="SourceResult{TDocument}.Candidates"/>.</summary>
    Ambiguous,

    /// <summary>The change was rejected when it was applied. It knows why, and which error the client gets.</summary>
    Rejected,

    /// <summary>Other writes came between, each time that it was tried; nothing was written: 409.</summary>
    Conflict,
}

/// <summary>The result of a call of an <see cref="IDocumentSource{TDocument}"/>.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Document">
/// The document, for <see cref="SourceStatus.Found"/>, <see cref="SourceStatus.Changed"/> and <see cref="SourceStatus.Unchanged"/>.
/// </param>
/// <typeparam name="TDocument">The type of the document.</typeparam>
public readonly record struct SourceResult<TDocument>(SourceStatus Status, SourceDocument<TDocument> Document = default)
{
    private readonly IReadOnlyList<SourceDocument<TDocument>>? _candidates;

    /// <summary>
    /// The documents that match, for <see cref="SourceStatus.Ambiguous"/>; 100 are enough. The error lists the values of the selectors that
    /// the request lacks.
    /// </summary>
    public IReadOnlyList<SourceDocument<TDocument>> Candidates
    {
        get => _candidates ?? [];
        init => _candidates = value;
    }
}
