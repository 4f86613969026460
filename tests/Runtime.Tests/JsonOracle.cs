using System.Text.Json;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>
/// Whether the platform accepts a text as JSON: by its parser, and by decoding every string, because the parser does not validate strings.
/// </summary>
internal static class JsonOracle
{
    public static JsonDocument? Parse(byte[] body, int maxDepth)
    {
        ReadOnlyMemory<byte> text = body.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? body.AsMemory(3) : body;
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = maxDepth });
            Decode(document.RootElement);
            return document;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            document?.Dispose();
            return null;
        }
    }

    /// <summary>The pointers of duplicate members, in document order.</summary>
    public static IEnumerable<string> Duplicates(JsonElement value, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            HashSet<string> names = [];
            foreach (JsonProperty member in value.EnumerateObject())
            {
                string below = $"{pointer}/{member.Name.Replace("~", "~0").Replace("/", "~1")}";
                if (!names.Add(member.Name))
                {
                    yield return below;
                }

                foreach (string inner in Duplicates(member.Value, below))
                {
                    yield return inner;
                }
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                foreach (string inner in Duplicates(item, $"{pointer}/{index}"))
                {
                    yield return inner;
                }

                index++;
            }
        }
    }

    private static void Decode(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Decode(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Decode(member.Value);
                }

                break;
        }
    }
}
