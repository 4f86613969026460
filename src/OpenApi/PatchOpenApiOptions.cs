using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>What an OpenAPI document says beyond what the endpoints know.</summary>
public sealed class PatchOpenApiOptions
{
    private readonly Dictionary<Type, JsonNode> _examples = [];
    private readonly Dictionary<Type, byte[]> _documents = [];

    /// <summary>The security schemes by name. Any one of them is sufficient for an endpoint that requires a scope.</summary>
    public IDictionary<string, OpenApiSecurityScheme> SecuritySchemes { get; } =
        new Dictionary<string, OpenApiSecurityScheme>(StringComparer.Ordinal);

    /// <summary>Sets the example of a body. It shows the members that are set.</summary>
    /// <param name="patch">The example.</param>
    /// <typeparam name="TPatch">The patch.</typeparam>
    public void AddExample<TPatch>(TPatch patch)
        where TPatch : IPatch<TPatch> => _examples[typeof(TPatch)] = JsonText.Parse(writer => patch.WriteTo(writer));

    /// <summary>
    /// Sets the example of the responses with a document. It shows what responses show, without <c>[NotInResponse]</c> members.
    /// </summary>
    /// <param name="document">The example.</param>
    /// <param name="contract">The serializer contract of the document, from its <c>JsonSerializerContext</c>.</param>
    /// <typeparam name="TDocument">The document.</typeparam>
    public void AddDocumentExample<TDocument>(TDocument document, JsonTypeInfo<TDocument> contract) =>
        _documents[typeof(TDocument)] = JsonSerializer.SerializeToUtf8Bytes(document, contract);

    internal JsonNode? ExampleOf(DocumentContract contract) =>
        _documents.TryGetValue(contract.Document.Type, out byte[]? json) ? JsonNode.Parse(contract.View.Apply(json).Span) : null;

    internal JsonNode? ExampleOf(Type patch) => _examples.GetValueOrDefault(patch)?.DeepClone();
}
