using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// What <c>If-Match</c> and <c>If-None-Match</c> ask for (RFC 9110 section 13.1). Dates are not looked at: a second is too coarse to tell two changes apart, and no
/// <c>Last-Modified</c> is sent.
/// </summary>
internal readonly struct Preconditions
{
    private readonly IReadOnlyCollection<DocumentVersion>? _ifNoneMatch;
    private readonly bool _ifNoneExists;

    private Preconditions(bool hasIfMatch, IReadOnlyCollection<DocumentVersion>? ifMatch, IReadOnlyCollection<DocumentVersion>? ifNoneMatch, bool ifNoneExists)
    {
        HasIfMatch = hasIfMatch;
        IfMatch = ifMatch;
        _ifNoneMatch = ifNoneMatch;
        _ifNoneExists = ifNoneExists;
    }

    /// <summary>Whether <c>If-Match</c> was sent.</summary>
    public bool HasIfMatch { get; }

    /// <summary>The versions of which the document must have one; null when any will do, as with <c>If-Match: *</c>.</summary>
    public IReadOnlyCollection<DocumentVersion>? IfMatch { get; }

    /// <summary>Whether <c>If-Match</c> lets a document of this version through.</summary>
    public bool Matches(DocumentVersion version) => IfMatch is null || IfMatch.Contains(version);

    /// <summary>Whether <c>If-None-Match</c> stops a document of this version.</summary>
    public bool IsNoneMatchHit(DocumentVersion version) => _ifNoneExists || (_ifNoneMatch?.Contains(version) ?? false);

    /// <summary>Reads both headers. One that cannot be read is refused: leaving it aside would make a change that the client meant to guard.</summary>
    public static bool TryRead(IHeaderDictionary headers, out Preconditions preconditions, out PatchError? error)
    {
        preconditions = default;
        bool readable = TryReadTags(headers.IfMatch, strong: true, out bool anyMatches, out List<DocumentVersion>? ifMatch)
            & TryReadTags(headers.IfNoneMatch, strong: false, out bool noneExists, out List<DocumentVersion>? ifNoneMatch);
        error = readable
            ? null
            : new(StatusCodes.Status400BadRequest, PatchErrorCodes.MalformedHeader, "If-Match and If-None-Match must be * or a list of entity tags, such as \"1f-2\" with its quotes.");
        preconditions = new(anyMatches || ifMatch is not null, ifMatch, ifNoneMatch, noneExists);
        return readable;
    }

    /// <summary>The refusal of a request without <c>If-Match</c> where it must have one.</summary>
    public static PatchError Required =>
        new(StatusCodes.Status428PreconditionRequired, PatchErrorCodes.PreconditionRequired, "Send If-Match with the ETag of the version that you mean to change.");

    /// <summary>The refusal of a document that is not in the state asked for.</summary>
    public static PatchError Failed(string resource, DocumentVersion current)
    {
        string tag = ETag(current);
        return new(StatusCodes.Status412PreconditionFailed, PatchErrorCodes.PreconditionFailed, $"{resource} has changed; read it again and retry.")
        {
            CurrentETag = tag,
            Headers = [new("ETag", tag)],
        };
    }

    /// <summary>The strong entity tag of a version.</summary>
    public static string ETag(DocumentVersion version) => $"\"{version}\"";

    // A strong comparison never matches a weak tag (section 8.8.3.2). A tag that we cannot have written matches nothing.
    private static bool TryReadTags(StringValues header, bool strong, out bool any, out List<DocumentVersion>? versions)
    {
        any = false;
        versions = null;
        if (header.Count == 0)
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParseStrictList([.. header!], out IList<EntityTagHeaderValue>? tags) || tags.Count == 0)
        {
            return false;
        }

        if (tags.Contains(EntityTagHeaderValue.Any))
        {
            any = tags.Count == 1; // "*" stands alone
            return any;
        }

        versions = [];
        foreach (EntityTagHeaderValue tag in tags)
        {
            if ((!strong || !tag.IsWeak) && DocumentVersion.TryParse(HeaderUtilities.RemoveQuotes(tag.Tag).Value, out DocumentVersion version))
            {
                versions.Add(version);
            }
        }

        return true;
    }
}
