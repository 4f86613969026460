using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.OpenApi;

/// <summary>What is written to a JSON writer, as a node.</summary>
internal static class JsonText
{
    public static JsonNode Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return JsonNode.Parse(buffer.WrittenSpan) ?? throw new InvalidOperationException("The JSON null describes nothing.");
    }
}
