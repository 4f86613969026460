using Layers.PatchGen.Storage;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The entity tags of an <c>If-Match</c> or <c>If-None-Match</c> header.</summary>
internal readonly struct EntityTags
{
    private readonly bool _isAny;
    private readonly List<DocumentVersion>? _versions;

    private EntityTags(bool isAny, List<DocumentVersion>? versions, bool hasWeak) =>
        (_isAny, _versions, HasWeak) = (isAny, versions, hasWeak);

    /// <summary>Whether the header was sent.</summary>
    public bool WereSent => _isAny || _versions is not null;

    /// <summary>Whether a weak tag is among them.</summary>
    public bool HasWeak { get; }

    /// <summary>Reads a header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="strong">Whether tags are compared strongly: then a weak tag matches nothing (RFC 9110 section 8.8.3.2).</param>
    /// <param name="tags">The tags. A tag that this framework cannot have written matches nothing.</param>
    /// <returns>Whether the header is well-formed, or was not sent.</returns>
    public static bool TryRead(StringValues header, bool strong, out EntityTags tags)
    {
        tags = default;
        if (header.Count == 0)
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParseStrictList([.. header!], out IList<EntityTagHeaderValue>? parsed) || parsed.Count == 0)
        {
            return false;
        }

        if (parsed.Contains(EntityTagHeaderValue.Any))
        {
            tags = new(isAny: true, versions: null, hasWeak: false);
            return parsed.Count == 1; // "*" must be alone
        }

        List<DocumentVersion> versions = [];
        foreach (EntityTagHeaderValue tag in parsed)
        {
            if ((!strong || !tag.IsWeak)
                && DocumentVersion.TryParse(HeaderUtilities.RemoveQuotes(tag.Tag).Value, out DocumentVersion version))
            {
                versions.Add(version);
            }
        }

        tags = new(isAny: false, versions, parsed.Any(static tag => tag.IsWeak));
        return true;
    }

    /// <summary>Whether a version is among them; <c>*</c> includes every version.</summary>
    public bool Include(DocumentVersion version) => _isAny || (_versions?.Contains(version) ?? false);
}
