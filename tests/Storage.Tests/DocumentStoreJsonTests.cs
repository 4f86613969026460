using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>Documents are written into a reused buffer; none may contain bytes of another.</summary>
public sealed class DocumentStoreJsonTests
{
    private static readonly JsonTypeInfo<Note> Json =
        (JsonTypeInfo<Note>)new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }.GetTypeInfo(typeof(Note));

    [Fact]
    public void A_short_document_after_a_long_one_is_written_correctly()
    {
        foreach (int length in (int[])[0, 1, 3_000, 200_000, 5])
        {
            Assert.Equal(
                $$"""{"Text":"{{new string('x', length)}}","Inner":null}""", Text(Write(new Note { Text = new string('x', length) })));
        }
    }

    [Fact]
    public void A_written_document_is_not_changed_by_the_next_one()
    {
        ReadOnlyMemory<byte> first = Write(new Note { Text = "first" });
        Write(new Note { Text = "another" });
        Assert.Equal("""{"Text":"first","Inner":null}""", Text(first));
    }

    [Fact]
    public void A_document_can_be_written_while_another_is_being_written() =>
        Assert.Equal(
            """{"Text":"outer","Inner":"{\"Text\":\"inner\",\"Inner\":null}"}""",
            Text(Write(new Note { Text = "outer", Inner = new Nested("inner") })));

    [Fact]
    public void A_document_that_cannot_be_written_does_not_affect_the_next_one()
    {
        Assert.Throws<InvalidOperationException>(() => Write(new Note { Text = "half", Inner = new Nested(null) }));
        Assert.Equal("""{"Text":"whole","Inner":null}""", Text(Write(new Note { Text = "whole" })));
    }

    // Returns the memory that the store receives, not a copy.
    private static ReadOnlyMemory<byte> Write(Note note)
    {
        var store = new CapturingStore();
        store.InsertAsync(new DocumentKey("", "notes", "1"), note, Json).AsTask().GetAwaiter().GetResult();
        return store.Received;
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    private sealed class Note
    {
        public string Text { get; set; } = "";

        [JsonConverter(typeof(NestedConverter))]
        public Nested? Inner { get; set; }
    }

    private sealed record Nested(string? Text);

    // Writes another document while the outer one is being written, as a custom converter may.
    private sealed class NestedConverter : JsonConverter<Nested>
    {
        public override Nested Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Nested value, JsonSerializerOptions options) =>
            writer.WriteStringValue(
                DocumentStoreJsonTests.Write(new Note { Text = value.Text ?? throw new InvalidOperationException() }).Span);
    }

    private sealed class CapturingStore : IDocumentStore
    {
        public ReadOnlyMemory<byte> Received { get; private set; }

        public ValueTask<StoredDocument?> InsertAsync(
            DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
        {
            Received = json;
            return ValueTask.FromResult<StoredDocument?>(null);
        }

        public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
            DocumentSelection selection, int limit, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<TransformResult> TransformAsync<TState>(
            DocumentSelection selection, IReadOnlyCollection<DocumentVersion>? ifVersions, TState state,
            DocumentTransform<TState> transform, DocumentCompanions<TState>? companions = null,
            CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
