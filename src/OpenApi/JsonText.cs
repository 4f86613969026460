using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.OpenApi;

/// <summary>Turns written JSON into nodes.</summary>
internal static class JsonText
{
    /// <summary>Returns what <paramref name="write"/> writes, as a node.</summary>
    public static JsonNode Parse(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return JsonNode.Parse(buffer.WrittenSpan) ?? throw new InvalidOperationException("Expected a JSON value other than null.");
    }
}
