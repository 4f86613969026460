using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Compares names in stored JSON, which may be escaped, and may hold what is not text. Does not allocate for names of up to 256 bytes.</summary>
internal static class JsonNames
{
    /// <summary>Whether the name, or the string, that the reader is on equals a text.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="text">The text.</param>
    /// <param name="ignoreCase">Compare as System.Text.Json reads names with <see cref="JsonSerializerOptions.PropertyNameCaseInsensitive"/>.</param>
    public static bool AreEqual(ref Utf8JsonReader reader, string text, bool ignoreCase = false)
    {
        try
        {
            return reader.ValueTextEquals(text) || (ignoreCase && AreEqualIgnoringCase(ref reader, text));
        }
        catch (InvalidOperationException)
        {
            return false; // an unpaired surrogate, escaped: not text, so equal to none
        }
    }

    private static bool AreEqualIgnoringCase(ref Utf8JsonReader reader, string text)
    {
        int length = reader.ValueSpan.Length; // in bytes: no less than its characters
        Span<char> name = length <= 256 ? stackalloc char[length] : new char[length];
        return length >= text.Length && name[..reader.CopyString(name)].Equals(text, StringComparison.OrdinalIgnoreCase);
    }
}
