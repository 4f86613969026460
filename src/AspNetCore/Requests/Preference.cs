using Microsoft.Extensions.Primitives;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Reads <c>Prefer: return=minimal</c> (RFC 7240 section 4.2).</summary>
internal static class Preference
{
    public const string ReturnMinimal = "return=minimal";

    /// <summary>
    /// Whether the client prefers a response without body. Of several <c>return</c> preferences, the first applies (section 2).
    /// </summary>
    public static bool IsMinimal(StringValues prefer)
    {
        foreach (string? line in prefer)
        {
            ReadOnlySpan<char> rest = line;
            while (!rest.IsEmpty)
            {
                ReadOnlySpan<char> preference = TakeElement(ref rest);
                int parameters = preference.IndexOf(';');
                ReadOnlySpan<char> pair = parameters < 0 ? preference : preference[..parameters];
                int equals = pair.IndexOf('=');
                if (equals >= 0 && pair[..equals].Trim(" \t").Equals("return", StringComparison.OrdinalIgnoreCase))
                {
                    return pair[(equals + 1)..].Trim(" \t").Trim('"').Equals("minimal", StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        return false;
    }

    // Up to the next comma outside quotes.
    private static ReadOnlySpan<char> TakeElement(ref ReadOnlySpan<char> rest)
    {
        bool quoted = false;
        for (int i = 0; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '\\' when quoted:
                    i++;
                    break;
                case ',' when !quoted:
                    ReadOnlySpan<char> element = rest[..i];
                    rest = rest[(i + 1)..];
                    return element;
            }
        }

        ReadOnlySpan<char> last = rest;
        rest = default;
        return last;
    }
}
