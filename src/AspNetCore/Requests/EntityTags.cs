using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The entity tags of an <c>If-Match</c> or <c>If-None-Match</c> header.</summary>
internal readonly struct EntityTags
{
    private readonly bool _isAny;
    private readonly List<string>? _versions;

    private EntityTags(bool isAny, List<string>? versions, bool hasWeak) =>
        (_isAny, _versions, HasWeak) = (isAny, versions, hasWeak);

    /// <summary>Whether the header was sent.</summary>
    public bool WereSent => _isAny || _versions is not null;

    /// <summary>Whether a weak tag is among them.</summary>
    public bool HasWeak { get; }

    /// <summary>Reads a header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="strong">Whether tags are compared strongly: then a weak tag matches nothing (RFC 9110 section 8.8.3.2).</param>
    /// <param name="tags">The tags.</param>
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

        List<string> versions = [];
        foreach (EntityTagHeaderValue tag in parsed)
        {
            if (!strong || !tag.IsWeak)
            {
                versions.Add(HeaderUtilities.RemoveQuotes(tag.Tag).ToString());
            }
        }

        tags = new(isAny: false, versions, parsed.Any(static tag => tag.IsWeak));
        return true;
    }

    /// <summary>The strong entity tag of a version; null for none.</summary>
    [return: NotNullIfNotNull(nameof(version))]
    public static string? Format(string? version) => version is null ? null : $"\"{version}\"";

    /// <summary>Validates a version as the opaque part of an entity tag.</summary>
    /// <exception cref="ArgumentException">It has other characters than U+0021 and U+0023 to U+007E (RFC 9110 section 8.8.3).</exception>
    public static void ThrowIfInvalid(string? version)
    {
        if (version.AsSpan().ContainsAnyExceptInRange('!', '~') || version.AsSpan().Contains('"'))
        {
            throw new ArgumentException("A version must have only ASCII characters without spaces and quotes.", nameof(version));
        }
    }

    /// <summary>Whether a version is among them; <c>*</c> includes every document, also one without a version.</summary>
    public bool Include(string? version) => _isAny || (version is not null && _versions is not null && _versions.Contains(version));
}
