namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Endpoint metadata: the handler checks what is saved, so that a request can fail because of others at the same time (409).
/// </summary>
internal sealed record CheckMetadata;
