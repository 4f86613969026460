using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Checks when an endpoint is mapped that its documents can be served, so that a wrong declaration is an error at start.</summary>
internal interface IDocumentSourceValidator<TDocument>
{
    /// <exception cref="InvalidOperationException">They cannot, and why.</exception>
    void Validate(PatchEndpoint endpoint, JsonTypeInfo<TDocument> json);
}
