using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Answers the requests of one endpoint. The generated half of a handler describes it; the user's half may override the hooks.</summary>
public abstract class PatchHandler<TPatch, TDocument>
    where TPatch : IPatch<TPatch, TDocument>
{
    /// <summary>What is known of the endpoint at compile time.</summary>
    protected internal abstract PatchEndpoint Endpoint { get; }

    /// <summary>How the document is read and written.</summary>
    protected internal abstract JsonTypeInfo<TDocument> DocumentJson { get; }

    /// <summary>Adds the selectors that the patch was sent.</summary>
    protected virtual void AddSelectors(TPatch patch, SelectorValues selectors)
    {
    }
}
