using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The document of an endpoint as its serializer writes it: the JSON names of the properties that a request is matched against, and what responses show. Asked of the serializer when the endpoint
/// is mapped, so that a name can be neither computed differently nor be missing unnoticed.
/// </summary>
internal sealed class DocumentContract
{
    /// <exception cref="InvalidOperationException">A property that a request is matched against is not in the JSON of the document, or what responses hide cannot be known.</exception>
    public DocumentContract(PatchEndpoint endpoint, JsonTypeInfo document)
    {
        Endpoint = endpoint;
        Document = document;
        View = new DocumentView(document);
        RouteParameters = [.. endpoint.RouteParameters.Select(member => Match(member, document, $"The route parameter '{member.Name}' of \"{endpoint.Pattern}\""))];
        Selectors = [.. endpoint.Selectors.Select(member => Match(member, document, $"The selector \"{member.Name}\" of \"{endpoint.Pattern}\""))];
    }

    public PatchEndpoint Endpoint { get; }

    public JsonTypeInfo Document { get; }

    /// <summary>The route's parameters.</summary>
    public IReadOnlyList<MatchedMember> RouteParameters { get; }

    /// <summary>The patch's selectors.</summary>
    public IReadOnlyList<MatchedMember> Selectors { get; }

    /// <summary>What responses show of a document.</summary>
    public DocumentView View { get; }

    private static MatchedMember Match(EndpointMember member, JsonTypeInfo document, string what)
    {
        JsonPropertyInfo? property = HiddenMembersBuilder.MembersOf(document).FirstOrDefault(property => property.AttributeProvider is MemberInfo info && info.Name == member.Property);
        return property is not null ? new(member, property.Name, !HiddenMembersBuilder.IsHidden(property))
            : member.IsKey ? new(member, null, IsShown: false) // found by the id that it is stored under
            : throw new InvalidOperationException(
                $"{what} is matched against {document.Type.Name}.{member.Property}, which is not in the JSON of {document.Type.Name}: no document would ever be found by it. "
                + $"Let it be written, without [JsonIgnore] and by no converter for the whole of {document.Type.Name}.");
    }
}

/// <summary>A value of a request, and the member of the stored JSON that it must equal.</summary>
/// <param name="Member">The value, and the property.</param>
/// <param name="JsonName">The property's name in JSON; null of a key that is not in the JSON.</param>
/// <param name="IsShown">The property is in responses.</param>
internal readonly record struct MatchedMember(EndpointMember Member, string? JsonName, bool IsShown);
