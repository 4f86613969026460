using System.Globalization;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// An endpoint, as known at compile time. The generator creates it from <see cref="PatchEndpointAttribute"/> and the types that it is
/// applied to.
/// </summary>
public sealed record PatchEndpoint
{
    /// <summary>The route pattern.</summary>
    public required string Pattern { get; init; }

    /// <summary>The collection of the documents in the store.</summary>
    public required string Collection { get; init; }

    /// <summary>What the document is called in messages, with a capital: <c>Influencer</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The scope that PATCH requires; null for none.</summary>
    public string? Scope { get; init; }

    /// <summary>The scope that GET and HEAD require; null when only PATCH is mapped.</summary>
    public string? ReadScope { get; init; }

    /// <summary>Whether a PATCH without <c>If-Match</c> is rejected with 428.</summary>
    public bool RequireIfMatch { get; init; }

    /// <summary>
    /// The formats that a body may have besides <c>application/json</c>; <see cref="PatchFormats.None"/> for those of
    /// <see cref="PatchGenOptions.Formats"/>.
    /// </summary>
    public PatchFormats Formats { get; init; }

    /// <summary>The route's parameters.</summary>
    public required IReadOnlyList<EndpointMember> RouteParameters { get; init; }

    /// <summary>The patch's selectors: members of a PATCH body, query parameters of a GET.</summary>
    public IReadOnlyList<EndpointMember> Selectors { get; init; } = [];

    /// <summary>
    /// What the endpoint declares about its entity; null where the documents are no entities of EF Core.
    /// </summary>
    public EntityEndpoint? Entity { get; init; }

    /// <summary>
    /// The error when no document matches. It does not distinguish a missing document, a deleted one and one of another tenant.
    /// </summary>
    internal PatchError NotFound => new(StatusCodes.Status404NotFound, PatchErrorCodes.NotFound, $"{Resource} not found.");

    /// <summary>The error when other changes came between each time that a change was tried.</summary>
    internal PatchError Conflict => new(
        StatusCodes.Status409Conflict,
        PatchErrorCodes.Conflict,
        $"{Resource} is being changed by others at the same time; nothing was changed. Try again.");
}

/// <summary>A value of a request and the property of the document that must equal it.</summary>
/// <param name="Name">The name of the route parameter, or the selector's name in JSON.</param>
/// <param name="Property">The document's property, as in C#. Its name in JSON comes from the serializer contract.</param>
/// <param name="Kind">Its type.</param>
/// <param name="IsKey">Whether the property is the document's id.</param>
public sealed record EndpointMember(string Name, string Property, EndpointMemberKind Kind, bool IsKey)
{
    /// <summary>Reads a value from a URL.</summary>
    /// <param name="text">The value, percent-decoded.</param>
    /// <param name="name">The name that the value is given.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether it has this type: a <see cref="System.Guid"/> in its 36-character form, an integer in ASCII digits.</returns>
    internal bool TryParse(string text, string name, out MemberValue value)
    {
        switch (Kind)
        {
            case EndpointMemberKind.Guid when Guid.TryParseExact(text, "D", out Guid guid):
                value = new MemberValue(name, guid.ToString("D"));
                return true;
            case EndpointMemberKind.Int32 when int.TryParse(
                text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number):
                value = new MemberValue(name, number);
                return true;
            case EndpointMemberKind.Int64 when long.TryParse(
                text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number):
                value = new MemberValue(name, number);
                return true;
            case EndpointMemberKind.String:
                value = new MemberValue(name, text);
                return true;
            default:
                value = default;
                return false;
        }
    }
}

/// <summary>The type of a value that documents are found by.</summary>
public enum EndpointMemberKind
{
    /// <summary>A string, compared ordinally; for an entity also the text of another type, which its model converts.</summary>
    String,

    /// <summary>A <see cref="System.Guid"/>, stored in its 36-character form.</summary>
    Guid,

    /// <summary>A 32-bit integer.</summary>
    Int32,

    /// <summary>A 64-bit integer.</summary>
    Int64,
}
