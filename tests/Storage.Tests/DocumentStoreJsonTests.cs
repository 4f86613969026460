using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>Documents are written into a buffer that is used again: none may see what another left there.</summary>
public sealed class DocumentStoreJsonTests
{
    private static readonly JsonTypeInfo<Note> Json =
        (JsonTypeInfo<Note>)new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }.GetTypeInfo(typeof(Note));

    [Fact]
    public void A_short_document_follows_a_long_one()
    {
        foreach (int length in (int[])[0, 1, 3_000, 200_000, 5])
        {
            Assert.Equal($$"""{"Text":"{{new string('x', length)}}","Inner":null}""", Text(Write(new Note { Text = new string('x', length) })));
        }
    }

    [Fact]
    public void A_document_written_before_stays_as_it_was()
    {
        ReadOnlyMemory<byte> first = Write(new Note { Text = "first" });
        Write(new Note { Text = "another" });
        Assert.Equal("""{"Text":"first","Inner":null}""", Text(first));
    }

    [Fact]
    public void A_document_may_be_written_while_another_is() =>
        Assert.Equal("""{"Text":"outer","Inner":"{\"Text\":\"inner\",\"Inner\":null}"}""", Text(Write(new Note { Text = "outer", Inner = new Nested("inner") })));

    [Fact]
    public void A_document_that_cannot_be_written_leaves_nothing_behind()
    {
        Assert.Throws<InvalidOperationException>(() => Write(new Note { Text = "half", Inner = new Nested(null) }));
        Assert.Equal("""{"Text":"whole","Inner":null}""", Text(Write(new Note { Text = "whole" })));
    }

    // What the store is handed, not a copy that it makes.
    private static ReadOnlyMemory<byte> Write(Note note)
    {
        var store = new Taker();
        store.InsertAsync(new DocumentKey("", "notes", "1"), note, Json).AsTask().GetAwaiter().GetResult();
        return store.Taken;
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    private sealed class Note
    {
        public string Text { get; set; } = "";

        [JsonConverter(typeof(NestedConverter))]
        public Nested? Inner { get; set; }
    }

    private sealed record Nested(string? Text);

    // Writes a document of its own while the outer one is being written, as a user's converter may.
    private sealed class NestedConverter : JsonConverter<Nested>
    {
        public override Nested Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Nested value, JsonSerializerOptions options) =>
            writer.WriteStringValue(DocumentStoreJsonTests.Write(new Note { Text = value.Text ?? throw new InvalidOperationException() }).Span);
    }

    private sealed class Taker : IDocumentStore
    {
        public ReadOnlyMemory<byte> Taken { get; private set; }

        public ValueTask<StoredDocument?> InsertAsync(DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
        {
            Taken = json;
            return ValueTask.FromResult<StoredDocument?>(null);
        }

        public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<StoredDocument>> FindAsync(DocumentSelection selection, int limit, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<TransformResult> TransformAsync<TState>(
            DocumentSelection selection, IReadOnlyCollection<DocumentVersion>? ifVersions, TState state, DocumentTransform<TState> transform, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
