namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Endpoint metadata: a request can fail because of others at the same time, or of other data (409). The handler checks what is saved, or
/// the documents are entities.
/// </summary>
internal sealed record CheckMetadata;
