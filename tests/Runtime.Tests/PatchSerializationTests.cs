using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>
/// Only present members of a patch are written, at every position in a value, by every call, with reflection and with a context; and only
/// members that were read are present.
/// </summary>
public sealed partial class PatchSerializationTests
{
    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true };

    // The first member is absent, the second is null, the third has a value; the same in the nested patches.
    private static readonly NotePatch Note = new() { Text = null, Place = new() { City = "Bonn" } };
    private static readonly SizePatch Size = new() { Width = 3, Unit = null };
    private const string NoteJson = """{"text":null,"place":{"city":"Bonn"}}""";
    private const string SizeJson = """{"width":3,"unit":null}""";

    private static readonly (object Value, string Json)[] Containers =
    [
        (Note, NoteJson),
        (Size, SizeJson),
        (new[] { Note }, $"[{NoteJson}]"),
        (new SizePatch?[] { Size, null }, $"[{SizeJson},null]"),
        (new List<NotePatch?> { Note, null }, $"[{NoteJson},null]"),
        (ImmutableArray.Create(Size), $"[{SizeJson}]"),
        (new Dictionary<string, NotePatch> { ["a"] = Note }, $$"""{"a":{{NoteJson}}}"""),
        (new Dictionary<string, List<SizePatch[]>> { ["a"] = [[Size]] }, $$"""{"a":[[{{SizeJson}}]]}"""),
        (
            new Envelope { Note = Note, Size = Size, Either = Size },
            $$"""{"Note":{{NoteJson}},"Size":{{SizeJson}},"Either":{{SizeJson}},"Any":null}"""),
        (new Derived { Note = Note }, $$"""{"Notes":[],"Note":{{NoteJson}},"Size":{},"Either":null,"Any":null}"""),
        (new Page<Page<NotePatch>>(new(Note, 1), 2), $$"""{"Value":{"Value":{{NoteJson}},"Status":1},"Status":2}"""),
        (new Page<SizePatch?>(null, 2), """{"Value":null,"Status":2}"""),
        (new KeyValuePair<string, SizePatch>("a", Size), $$"""{"Key":"a","Value":{{SizeJson}}}"""),
    ];

    /// <summary>Values that only reflection can write: of anonymous types, or declared as object.</summary>
    private static readonly (object Value, string Json)[] Unnamed =
    [
        (new { patch = Note, more = new { size = Size } }, $$$"""{"patch":{{{NoteJson}}},"more":{"size":{{{SizeJson}}}}}"""),
        ((Note, 1), $$"""{"Item1":{{NoteJson}},"Item2":1}"""),
        (new object[] { Note, Size }, $"[{NoteJson},{SizeJson}]"),
        (new Envelope { Any = Note }, $$"""{"Note":null,"Size":{},"Either":null,"Any":{{NoteJson}}}"""),
        (Enumerable.Repeat(Note, 2).Select(static note => note), $"[{NoteJson},{NoteJson}]"),
    ];

    private static readonly Dictionary<string, Func<object, Type, Task<string>>> Calls = new()
    {
        ["Serialize"] = static (value, type) => Task.FromResult(JsonSerializer.Serialize(value, type, Options)),
        ["Serialize as object"] = static (value, _) => Task.FromResult(JsonSerializer.Serialize<object>(value, Options)),
        ["SerializeToUtf8Bytes"] = static (value, type) =>
            Task.FromResult(Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(value, type, Options))),
        ["SerializeToElement"] = static (value, type) =>
            Task.FromResult(JsonSerializer.SerializeToElement(value, type, Options).GetRawText()),
        ["SerializeToNode"] = static (value, type) => Task.FromResult(JsonSerializer.SerializeToNode(value, type, Options)!.ToJsonString()),
        ["SerializeAsync"] = static async (value, type) =>
        {
            using var stream = new MemoryStream();
            await JsonSerializer.SerializeAsync(stream, value, type, Options);
            return Encoding.UTF8.GetString(stream.ToArray());
        },
        ["JsonContent"] = static (value, type) => JsonContent.Create(value, type, null, Options).ReadAsStringAsync(),
        ["JsonContent of object"] = static (value, _) => JsonContent.Create<object>(value, null, Options).ReadAsStringAsync(),
        ["PatchAsJsonAsync"] = static async (value, _) =>
        {
            using var client = new HttpClient(new Echo());
            using HttpResponseMessage response = await client.PatchAsJsonAsync("http://localhost/", value, Options);
            return await response.Content.ReadAsStringAsync();
        },
        ["the converter of the type"] = static (value, type) => Task.FromResult(JsonSerializer.Serialize(value, Options.GetTypeInfo(type))),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_reflection_only_present_members_are_written(string call)
    {
        foreach ((object value, string json) in Containers.Concat(Unnamed))
        {
            Assert.Equal(json, await Calls[call](value, value.GetType()));
        }
    }

    [Fact]
    public void With_reflection_only_members_that_were_read_are_present()
    {
        foreach ((object value, string json) in Containers)
        {
            object? read = JsonSerializer.Deserialize(json, value.GetType(), Options);
            Assert.Equal(json, JsonSerializer.Serialize(read, Options));
        }

        NotePatch note = JsonSerializer.Deserialize<Envelope>("""{"Note":{"place":null}}""", Options)!.Note!;
        Assert.Equal((false, false, true), (note.HasAuthor, note.HasText, note.HasPlace));
        Assert.Equal(Size, JsonSerializer.Deserialize<Dictionary<string, SizePatch?>>($$"""{"a":{{SizeJson}},"b":null}""")!["a"]);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Page<SizePatch>>("""{"Value":{"width":3,"width":4}}"""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SizePatch>("null"));
    }

    /// <summary>The attribute is on the user's part of the record, because other source generators do not see the generated part.</summary>
    [Fact]
    public void With_a_context_only_present_members_are_written_and_read()
    {
        MarkedPatch marked = new() { Text = null };
        MarkedSize size = new() { Width = 3 };
        (object Value, string Json)[] containers =
        [
            (marked, """{"text":null}"""),
            (new List<MarkedPatch> { marked }, """[{"text":null}]"""),
            (new Dictionary<string, MarkedSize[]> { ["a"] = [size] }, """{"a":[{"width":3}]}"""),
            (new MarkedEnvelope(marked, size, null), """{"Patch":{"text":null},"Size":{"width":3},"Other":null}"""),
            (new Page<MarkedPatch>(marked, 1), """{"Value":{"text":null},"Status":1}"""),
        ];
        foreach ((object value, string json) in containers)
        {
            JsonTypeInfo contract = MarkedJson.Default.GetTypeInfo(value.GetType())!;
            Assert.Equal(json, JsonSerializer.Serialize(value, contract));
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, contract), contract));
            Assert.Equal(json, JsonSerializer.Serialize(value, value.GetType(), Options));
        }
    }

    /// <summary>A converter that the user specifies is kept: on the record, and on a property of its type.</summary>
    [Fact]
    public void A_custom_converter_is_kept()
    {
        var owned = new OwnedPatch { Text = "a" };
        Assert.Equal("""["own","own"]""", JsonSerializer.Serialize(new[] { owned, owned }));
        Assert.Equal(
            """{"A":"quiet","B":{"text":"b"},"C":"own"}""",
            JsonSerializer.Serialize(new Holder { A = new() { Text = "a" }, B = new() { Text = "b" }, C = owned }));
    }

    [Patch]
    internal sealed partial record NotePatch
    {
        public partial string? Author { get; init; }

        public partial string? Text { get; init; }

        public partial PlacePatch? Place { get; init; }
    }

    [Patch]
    internal sealed partial record PlacePatch
    {
        public partial string? Street { get; init; }

        public partial string? City { get; init; }
    }

    [Patch]
    internal partial record struct SizePatch
    {
        public partial int Width { get; init; }

        public partial int? Height { get; init; }

        public partial string? Unit { get; init; }
    }

    [Patch, JsonConverter(typeof(PatchJsonConverter<MarkedPatch>))]
    internal sealed partial record MarkedPatch
    {
        public partial string? Author { get; init; }

        public partial string? Text { get; init; }
    }

    [Patch, JsonConverter(typeof(PatchJsonConverter<MarkedSize>))]
    internal readonly partial record struct MarkedSize
    {
        public partial int Width { get; init; }

        public partial int? Height { get; init; }
    }

    [Patch, JsonConverter(typeof(Word<OwnedPatch>))]
    internal sealed partial record OwnedPatch
    {
        public partial string? Text { get; init; }
    }

    internal class Envelope
    {
        public NotePatch? Note { get; init; }

        public SizePatch Size { get; init; }

        public SizePatch? Either { get; init; }

        public object? Any { get; init; }
    }

    internal sealed class Derived : Envelope
    {
        public IReadOnlyCollection<NotePatch> Notes { get; init; } = [];
    }

    internal sealed record Page<T>(T Value, int Status);

    internal sealed record MarkedEnvelope(MarkedPatch Patch, MarkedSize Size, MarkedSize? Other);

    internal sealed class Holder
    {
        [JsonConverter(typeof(Quiet<NotePatch>))]
        public NotePatch? A { get; init; }

        [JsonConverter(typeof(PatchJsonConverter<NotePatch>))]
        public NotePatch? B { get; init; }

        public OwnedPatch? C { get; init; }
    }

    internal class Word<T> : JsonConverter<T>
    {
        protected virtual string Text => "own";

        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Text);
    }

    internal sealed class Quiet<T> : Word<T>
    {
        protected override string Text => "quiet";
    }

    [JsonSerializable(typeof(List<MarkedPatch>))]
    [JsonSerializable(typeof(Dictionary<string, MarkedSize[]>))]
    [JsonSerializable(typeof(MarkedEnvelope))]
    [JsonSerializable(typeof(Page<MarkedPatch>))]
    internal sealed partial class MarkedJson : JsonSerializerContext;

    private sealed class Echo : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new(HttpStatusCode.OK) { Content = new StringContent(await request.Content!.ReadAsStringAsync(cancellationToken)) };
    }
}
