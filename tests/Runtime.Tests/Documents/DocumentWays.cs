using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Documents;

/// <summary>Patches and documents of one kind, applied as bytes and, for reference, as objects.</summary>
internal abstract class DocumentWays(string name)
{
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 64 };

    public string Name => name;

    public abstract JsonTypeInfo Contract { get; }

    public abstract MemberTable Table { get; }

    /// <summary>The name of a property in C#.</summary>
    public static string? Declared(JsonPropertyInfo property) => (property.AttributeProvider as System.Reflection.MemberInfo)?.Name;

    /// <summary>The contract of the values of a property that are not null.</summary>
    public static JsonTypeInfo Contents(JsonPropertyInfo property) =>
        property.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);

    /// <summary>Reads a document and writes it as its contract does.</summary>
    public abstract byte[] Canonical(byte[] document);

    /// <summary>Applies a body both ways.</summary>
    /// <param name="document">The document.</param>
    /// <param name="body">The body.</param>
    /// <param name="now">The time of the change.</param>
    /// <returns>The results; null if the body is not valid.</returns>
    public abstract (Applied? Objects, Applied? Bytes)? Apply(byte[] document, byte[] body, DateTimeOffset now);
}

/// <summary>The result of a patch.</summary>
/// <param name="After">The new document; null if nothing has changed.</param>
/// <param name="Changed">The members that changed something.</param>
internal sealed record Applied(byte[]? After, string Changed);

internal sealed class DocumentWays<TPatch, TDocument> : DocumentWays
    where TPatch : IPatch<TPatch, TDocument>
{
    private readonly JsonTypeInfo<TDocument> _contract;
    private readonly DocumentPatcher<TPatch> _patcher;

    public DocumentWays(string name, JsonSerializerOptions options)
        : base(name)
    {
        _contract = (JsonTypeInfo<TDocument>)options.GetTypeInfo(typeof(TDocument));
        Assert.True(DocumentPatcher.TryCreate(_contract, Writing, out DocumentPatcher<TPatch>? patcher, out string? reason), reason);
        _patcher = patcher!;
    }

    public override JsonTypeInfo Contract => _contract;

    public override MemberTable Table => TPatch.Table;

    public override byte[] Canonical(byte[] document) => Write(JsonSerializer.Deserialize(document, _contract)!);

    public override (Applied? Objects, Applied? Bytes)? Apply(byte[] document, byte[] body, DateTimeOffset now)
    {
        if (!PatchReader.TryRead(body, out TPatch? patch, out _))
        {
            return null;
        }

        Applied? bytes = _patcher.TryApply(document, in patch, now, 64, out byte[]? after, out MemberSet<TPatch> changed)
            ? new(after, changed.ToString())
            : null;
        return (AsObject(document, patch, now), bytes);
    }

    private Applied? AsObject(byte[] document, TPatch patch, DateTimeOffset now)
    {
        try
        {
            TDocument read = JsonSerializer.Deserialize(document, _contract)!;
            TDocument patched = patch.ApplyTo(read, out MemberSet<TPatch> changed);
            return new(changed.IsEmpty ? null : Write(TPatch.Stamp(patched, now)), changed.ToString());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private byte[] Write(TDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            JsonSerializer.Serialize(writer, document, _contract);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
