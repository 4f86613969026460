namespace Layers.PatchGen.AspNetCore;

/// <summary>JSON Pointers (RFC 6901).</summary>
internal static class Pointer
{
    /// <summary>The pointer of a member at the top level.</summary>
    public static string To(string name) =>
        "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The pointer of some names and indexes.</summary>
    public static string To(IEnumerable<string> segments) => string.Concat(segments.Select(To));

    /// <summary>Reads a pointer.</summary>
    /// <param name="pointer">The pointer.</param>
    /// <returns>Its names and indexes, unescaped; null if it is not a pointer (section 3).</returns>
    public static string[]? Parse(string pointer)
    {
        if (pointer.Length == 0)
        {
            return [];
        }

        if (pointer[0] != '/')
        {
            return null;
        }

        string[] segments = pointer.LastIndexOf('/') == 0 ? [pointer[1..]] : pointer[1..].Split('/');
        if (!pointer.Contains('~', StringComparison.Ordinal))
        {
            return segments;
        }

        for (int i = 0; i < segments.Length; i++)
        {
            // Section 4: "~1" first, so that "~01" is "~1".
            string segment = segments[i];
            for (int tilde = segment.IndexOf('~', StringComparison.Ordinal); tilde >= 0; tilde = segment.IndexOf('~', tilde + 1))
            {
                if (tilde + 1 == segment.Length || segment[tilde + 1] is not ('0' or '1'))
                {
                    return null;
                }
            }

            segments[i] = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        }

        return segments;
    }

    /// <summary>Whether one value is another or contains it.</summary>
    public static bool Contains(ReadOnlySpan<string> outer, ReadOnlySpan<string> inner) =>
        outer.Length <= inner.Length && outer.SequenceEqual(inner[..outer.Length]);
}
