using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The entity tags of an <c>If-Match</c> or <c>If-None-Match</c> header. <c>default</c> is a header that was not sent.</summary>
internal readonly struct EntityTags
{
    private readonly IList<EntityTagHeaderValue>? _tags;

    private EntityTags(IList<EntityTagHeaderValue> tags) => _tags = tags;

    /// <summary>Whether the header was sent.</summary>
    public bool WereSent => _tags is not null;

    /// <summary>Whether a weak tag is among them.</summary>
    public bool HasWeak => _tags?.Any(static tag => tag.IsWeak) == true;

    /// <summary>Reads a header.</summary>
    /// <returns>Whether the header is well-formed, or was not sent.</returns>
    public static bool TryRead(StringValues header, out EntityTags tags)
    {
        tags = default;
        if (header.Count == 0)
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParseStrictList([.. header!], out IList<EntityTagHeaderValue>? parsed)
            || parsed.Count == 0
            || (parsed.Count > 1 && parsed.Contains(EntityTagHeaderValue.Any))) // "*" must be alone
        {
            return false;
        }

        tags = new(parsed);
        return true;
    }

    /// <summary>
    /// Whether the tag of a document is among them; <c>*</c> includes the tag of every document, also of one without a version.
    /// </summary>
    /// <param name="tag">The tag of the document.</param>
    /// <param name="strong">Whether tags are compared strongly: then a weak tag matches nothing (RFC 9110 section 8.8.3.2).</param>
    public bool Include(EntityTag tag, bool strong)
    {
        foreach (EntityTagHeaderValue listed in _tags ?? [])
        {
            if (listed.Equals(EntityTagHeaderValue.Any) || ((!strong || !listed.IsWeak) && listed.Tag.Equals(tag.Text)))
            {
                return true;
            }
        }

        return false;
    }
}
