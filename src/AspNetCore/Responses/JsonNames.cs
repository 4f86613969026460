using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Compares names in stored JSON, which may be escaped or invalid text. Does not allocate for names of up to 256 bytes.</summary>
internal static class JsonNames
{
    /// <summary>Whether the current name or string equals a text.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="text">The text.</param>
    /// <param name="ignoreCase">Whether case is ignored, as by <see cref="JsonSerializerOptions.PropertyNameCaseInsensitive"/>.</param>
    public static bool AreEqual(ref Utf8JsonReader reader, string text, bool ignoreCase = false)
    {
        try
        {
            return reader.ValueTextEquals(text) || (ignoreCase && AreEqualIgnoringCase(ref reader, text));
        }
        catch (InvalidOperationException)
        {
            return false; // an escaped lone surrogate is not text and equals nothing
        }
    }

    private static bool AreEqualIgnoringCase(ref Utf8JsonReader reader, string text)
    {
        int length = reader.ValueSpan.Length; // in bytes, which are at least as many as the characters
        Span<char> name = length <= 256 ? stackalloc char[length] : new char[length];
        return length >= text.Length && name[..reader.CopyString(name)].Equals(text, StringComparison.OrdinalIgnoreCase);
    }
}
