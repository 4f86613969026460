using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Testing;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>A document that could not be read again is never saved, although the written JSON is not parsed again.</summary>
public sealed class WrittenDocumentTests
{
    [Theory]
    [InlineData("array")]
    [InlineData("nothing")]
    [InlineData("two values")]
    [InlineData("open object")]
    [InlineData("raw")]
    [InlineData("deep")]
    public async Task A_converter_with_a_bug_is_500_and_nothing_is_saved(string bug)
    {
        await using MiniApp app = await MiniApp.StartAsync(
            middleware: web => web.MapPatchHandler(new BrokenHandler(bug)));
        StoredDocument before = await app.AddAsync(1);
        ApiResponse response = await app.SendAsync("PATCH", "/broken/1", """{"value":5}""");
        ProblemAssert.Matches(response, 500, "internal");
        StoredDocument? after = await app.Store.LoadAsync(before.Key);
        Assert.Equal(before.Version, after!.Version);
        Assert.Equal(before.Json.ToArray(), after.Json.ToArray());
        await app.AssertLoggedAsync(LogLevel.Error, entry => entry.Scopes.Contains(response.RequestId, StringComparison.Ordinal));
    }

    private sealed class BrokenHandler : PatchHandler<CounterPatch, Counter>
    {
        public BrokenHandler(string bug)
        {
            var options = new JsonSerializerOptions(CounterJson.Default.Options) { MaxDepth = 200 };
            options.Converters.Add(new BrokenConverter(bug));
            options.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
            DocumentJson = (JsonTypeInfo<Counter>)options.GetTypeInfo(typeof(Counter));
        }

        protected internal override PatchEndpoint Endpoint { get; } = new()
        {
            Pattern = "/broken/{counterId}",
            Collection = Counter.Collection,
            Resource = "Counter",
            RouteParameters = [new("counterId", nameof(Counter.CounterId), EndpointMemberKind.Int32, IsKey: true)],
        };

        protected internal override JsonTypeInfo<Counter> DocumentJson { get; }
    }

    private sealed class BrokenConverter(string bug) : JsonConverter<Counter>
    {
        public override Counter? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize(ref reader, CounterJson.Default.Counter);

        public override void Write(Utf8JsonWriter writer, Counter value, JsonSerializerOptions options)
        {
            switch (bug)
            {
                case "array":
                    writer.WriteStartArray();
                    writer.WriteEndArray();
                    break;
                case "two values":
                    writer.WriteStartObject();
                    writer.WriteEndObject();
                    writer.WriteStartObject();
                    writer.WriteEndObject();
                    break;
                case "open object":
                    writer.WriteStartObject();
                    break;
                case "raw":
                    writer.WriteRawValue("""{"value":}""");
                    break;
                case "deep":
                    WriteNested(writer, 70);
                    break;
            }
        }

        private static void WriteNested(Utf8JsonWriter writer, int levels)
        {
            for (int i = 0; i < levels; i++)
            {
                writer.WriteStartObject();
                writer.WritePropertyName("a");
            }

            writer.WriteNullValue();
            for (int i = 0; i < levels; i++)
            {
                writer.WriteEndObject();
            }
        }
    }
}
