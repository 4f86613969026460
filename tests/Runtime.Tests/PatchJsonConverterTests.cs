using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Patches through System.Text.Json, with reflection and with its source generator.</summary>
public sealed partial class PatchJsonConverterTests
{
    private static readonly NotePatch Clear = new() { Text = null };

    [Fact]
    public async Task Only_present_members_are_written()
    {
        Assert.Equal("""{"text":null}""", JsonSerializer.Serialize(Clear));
        Assert.Equal("""{"text":null}""", JsonSerializer.Serialize(Clear, NoteJson.Default.NotePatch));
        Assert.Equal("""{"note":{"text":null}}""", JsonSerializer.Serialize(new Envelope { Note = Clear }, NoteJson.Default.Envelope));
        using JsonContent content = JsonContent.Create(new NotePatch { Size = 3 });
        Assert.Equal("""{"size":3}""", await content.ReadAsStringAsync());
    }

    [Fact]
    public void Only_members_that_were_read_are_present()
    {
        Assert.Equal(Clear, JsonSerializer.Deserialize<NotePatch>("""{"text":null}"""));
        Assert.Equal(Clear, JsonSerializer.Deserialize("""{"text":null}""", NoteJson.Default.NotePatch));
        Assert.Equal(Clear, JsonSerializer.Deserialize("""{"note": {"te\u0078t" : null} }""", NoteJson.Default.Envelope)!.Note);
    }

    [Fact]
    public void The_exception_lists_every_problem_of_the_patch()
    {
        JsonException exception =
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<NotePatch>("""{"size":"3","txt":1,"size":1}"""));
        Assert.StartsWith(
            "/size: Must be a whole number. /txt: Unknown member. Did you mean \"text\"? /size: Duplicate member.",
            exception.Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The body: Must be an object.",
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<NotePatch>("1")).Message,
            StringComparison.Ordinal);
    }

    [Patch]
    [JsonConverter(typeof(PatchJsonConverter<NotePatch>))]
    internal sealed partial record NotePatch
    {
        public partial string? Text { get; init; }

        public partial int Size { get; init; }
    }

    internal sealed record Envelope
    {
        public NotePatch? Note { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(NotePatch))]
    [JsonSerializable(typeof(Envelope))]
    internal sealed partial class NoteJson : JsonSerializerContext;
}
