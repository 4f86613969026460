using System.Text.Json;
using System.Text.Unicode;

namespace Layers.PatchGen.Storage;

/// <summary>What is asked of a document's JSON; for those who write a store.</summary>
public static class DocumentJson
{
    /// <summary>The deepest nesting of a document, itself included: 64, as System.Text.Json reads it by default.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// Checks that a document is one JSON object in UTF-8 and not too large, so that nothing is ever stored that cannot be read again. Does not allocate.
    /// Whether a member comes twice is not checked; a document should not have such members, and which of the two counts is left open.
    /// </summary>
    /// <param name="json">The document.</param>
    /// <param name="maxBytes">The most bytes that the engine can hold.</param>
    /// <exception cref="ArgumentException">It is not one JSON object: the message says what is wrong and where.</exception>
    /// <exception cref="DocumentTooLargeException">It is larger than <paramref name="maxBytes"/>.</exception>
    public static void Validate(ReadOnlySpan<byte> json, int maxBytes = int.MaxValue)
    {
        if (json.Length > maxBytes)
        {
            throw new DocumentTooLargeException(json.Length, maxBytes);
        }

        if (json.IsEmpty)
        {
            // "condition ? null : bytes" makes empty memory of its null, unless the null is cast.
            throw new ArgumentException("The document is empty. A transform that leaves a document as it is returns (ReadOnlyMemory<byte>?)null.", nameof(json));
        }

        if (!Utf8.IsValid(json))
        {
            throw new ArgumentException("The document is not UTF-8.", nameof(json));
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new ArgumentException($"The document must be a JSON object, and starts with {reader.TokenType}.", nameof(json));
            }

            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The document is not one JSON object: {exception.Message}", nameof(json), exception);
        }
    }

    /// <summary>Whether a document has a member, at its top level, with just this value.</summary>
    internal static bool Has(ReadOnlySpan<byte> json, MemberValue wanted)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool named = TextEquals(ref reader, wanted.Member);
            reader.Read();
            if (named)
            {
                return wanted.Text is null
                    ? reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) && number == wanted.Number
                    : reader.TokenType == JsonTokenType.String && TextEquals(ref reader, wanted.Text);
            }

            reader.Skip();
        }

        return false;
    }

    private static bool TextEquals(ref Utf8JsonReader reader, string text)
    {
        try
        {
            return reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate, escaped: not text, so equal to none.
            return false;
        }
    }
}
