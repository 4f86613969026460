using System.Text.Json;
using System.Text.Unicode;

namespace Layers.PatchGen.Storage;

/// <summary>Validates the JSON of documents, for implementations of <see cref="IDocumentStore"/>.</summary>
public static class DocumentJson
{
    /// <summary>The maximum nesting depth of a document, itself included: 64, the default of System.Text.Json.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// Validates that a document is one JSON object in UTF-8 and not too large, so that everything that is stored can be read again. Does
    /// not allocate. Duplicate members are not detected; which of them counts is unspecified.
    /// </summary>
    /// <param name="json">The document.</param>
    /// <param name="maxBytes">The maximum size in bytes that the engine can store.</param>
    /// <exception cref="ArgumentException">It is not one JSON object; the message says where.</exception>
    /// <exception cref="DocumentTooLargeException">It is larger than <paramref name="maxBytes"/>.</exception>
    public static void Validate(ReadOnlySpan<byte> json, int maxBytes = int.MaxValue)
    {
        if (json.Length > maxBytes)
        {
            throw new DocumentTooLargeException(json.Length, maxBytes);
        }

        if (json.IsEmpty)
        {
            // Without a cast, "condition ? null : bytes" converts null to empty memory.
            throw new ArgumentException(
                "The document is empty. To leave a document unchanged, return (ReadOnlyMemory<byte>?)null from the transform.",
                nameof(json));
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
                throw new ArgumentException($"The document must be a JSON object, but starts with {reader.TokenType}.", nameof(json));
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

    /// <summary>Whether a document has a top-level member with exactly this value.</summary>
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
            // An escaped unpaired surrogate is not text and equals none.
            return false;
        }
    }
}
