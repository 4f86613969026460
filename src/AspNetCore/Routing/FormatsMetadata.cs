namespace Layers.PatchGen.AspNetCore;

/// <summary>Endpoint metadata: the formats of a body besides <c>application/json</c>, for OpenAPI.</summary>
/// <param name="formats">The formats.</param>
internal sealed class FormatsMetadata(PatchFormats formats)
{
    public PatchFormats Formats => formats;
}
