using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The document of an endpoint as its serializer writes it: the JSON names of the properties that a request is matched against, and what
/// responses show. Created from the serializer contract when the endpoint is mapped, so that a wrong or missing name is an error at start.
/// </summary>
internal sealed class DocumentContract
{
    private SelectorValues? _noSelectors;

    /// <exception cref="InvalidOperationException">
    /// A property that a request is matched against is not in the JSON of the document, or the contract does not show what responses hide.
    /// </exception>
    public DocumentContract(PatchEndpoint endpoint, JsonTypeInfo document)
    {
        Endpoint = endpoint;
        Document = document;
        View = new DocumentView(document);
        RouteParameters = [.. endpoint.RouteParameters.Select(member => Match(member, "route parameter"))];
        Selectors = [.. endpoint.Selectors.Select(member => Match(member, "selector"))];
    }

    public PatchEndpoint Endpoint { get; }

    public JsonTypeInfo Document { get; }

    /// <summary>The route's parameters.</summary>
    public MatchedMember[] RouteParameters { get; }

    /// <summary>The patch's selectors.</summary>
    public MatchedMember[] Selectors { get; }

    /// <summary>What responses show of a document.</summary>
    public DocumentView View { get; }

    /// <summary>The selectors of a request: one shared instance, which cannot be added to, for an endpoint without.</summary>
    public SelectorValues CreateSelectors() => Selectors.Length == 0 ? _noSelectors ??= new(this) : new(this);

    private MatchedMember Match(EndpointMember member, string kind)
    {
        string type = Document.Type.Name;
        JsonPropertyInfo? property = HiddenMembersBuilder.MembersOf(Document)
            .FirstOrDefault(property => property.AttributeProvider is MemberInfo declared && declared.Name == member.Property);
        return property is not null ? new(member, property.Name, !HiddenMembersBuilder.IsHidden(property))
            : member.IsKey || Endpoint.Entity is not null ? new(member, null, IsShown: false) // found by its key, or by the model
            : throw new InvalidOperationException(
                $"The {kind} \"{member.Name}\" of {Endpoint.Pattern} is matched against {type}.{member.Property}, "
                + $"which is not in the JSON of {type}, so no document could be found by it. "
                + $"Remove its [JsonIgnore], or the converter of {type}.");
    }
}

/// <summary>A value of a request, and the member of the stored JSON that it must equal.</summary>
/// <param name="Member">The value, and the property.</param>
/// <param name="JsonName">The property's name in JSON; null for a key that is not in the JSON.</param>
/// <param name="IsShown">Whether the property is in responses.</param>
internal readonly record struct MatchedMember(EndpointMember Member, string? JsonName, bool IsShown)
{
    /// <summary>Reads a value from a URL.</summary>
    /// <returns>Whether it has the type of the property.</returns>
    public bool TryParse(string text, out MemberValue value) => Member.TryParse(text, DocumentMember, out value);

    /// <summary>The name that values are compared under.</summary>
    public string DocumentMember => JsonName ?? Member.Name;
}
