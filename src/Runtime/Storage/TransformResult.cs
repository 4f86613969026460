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
}

/// <summary>The store cannot do what was asked just now: it is full, busy beyond its time limit, damaged, or out of reach. What was asked has not been done.</summary>
public class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception with its reason.</summary>
    public StoreUnavailableException(StoreFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Why.</summary>
    public StoreFault Fault { get; }
}

/// <summary>Why a store cannot do what was asked.</summary>
public enum StoreFault
{
    /// <summary>Out of reach or too busy; worth trying again soon.</summary>
    Unavailable,

    /// <summary>No room to write (HTTP 507).</summary>
    Full,

    /// <summary>The stored document is damaged: its checksum does not match.</summary>
    Damaged,
}
