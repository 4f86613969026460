using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Writes error bodies as JSON. Derive from <see cref="JsonErrorWriter{TBody}"/> to write your own form; one type then defines the body
/// and its schema in OpenAPI.
/// </summary>
public abstract class JsonErrorWriter : IPatchErrorWriter
{
    // Responses are never embedded in HTML, so only the characters that JSON requires are escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Initializes the writer.</summary>
    /// <param name="contentType">The content type of the body.</param>
    /// <param name="bodyType">The serializer contract of the body.</param>
    protected JsonErrorWriter(string contentType, JsonTypeInfo bodyType)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        ArgumentNullException.ThrowIfNull(bodyType);
        ContentType = contentType;
        BodyType = bodyType;
        Forms = [this];
    }

    /// <summary>The content type of the body.</summary>
    public string ContentType { get; }

    /// <summary>The serializer contract of the body. OpenAPI descriptions derive the schema from it.</summary>
    public JsonTypeInfo BodyType { get; }

    /// <inheritdoc/>
    public IReadOnlyList<JsonErrorWriter> Forms { get; }

    /// <inheritdoc/>
    public virtual async Task WriteAsync(HttpContext context, PatchError patchError)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(patchError);
        ArrayBufferWriter<byte> body = ScratchBuffer.Take();
        using (var writer = new Utf8JsonWriter(body, Options))
        {
            Write(writer, context, patchError);
        }

        HttpResponse response = context.Response;
        response.ContentType = ContentType;
        response.ContentLength = body.WrittenCount;
        if (context.Request.Method != HttpMethods.Head) // case-sensitive, as in the server
        {
            await response.BodyWriter.WriteAsync(body.WrittenMemory);
        }

        ScratchBuffer.Return(body);
    }

    /// <summary>Writes the body: one JSON value.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="context">The request.</param>
    /// <param name="patchError">The error.</param>
    public abstract void Write(Utf8JsonWriter writer, HttpContext context, PatchError patchError);
}

/// <summary>Writes error bodies of one type, such as an API's own error envelope.</summary>
/// <param name="contentType">The content type of the body.</param>
/// <param name="bodyType">The serializer contract of the body, from a <c>JsonSerializerContext</c>.</param>
/// <typeparam name="TBody">
/// The body. Its serializer contract is also its schema in OpenAPI: <c>required</c> members are required, and
/// <see cref="System.ComponentModel.DescriptionAttribute"/> describes a member.
/// </typeparam>
public abstract class JsonErrorWriter<TBody>(string contentType, JsonTypeInfo<TBody> bodyType) : JsonErrorWriter(contentType, bodyType)
{
    private readonly JsonTypeInfo<TBody> _bodyType = bodyType;

    /// <summary>Creates the body of an error.</summary>
    /// <param name="context">The request; <see cref="RequestId.Get"/> returns its id.</param>
    /// <param name="patchError">The error.</param>
    protected abstract TBody CreateBody(HttpContext context, PatchError patchError);

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, HttpContext context, PatchError patchError)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(patchError);
        JsonSerializer.Serialize(writer, CreateBody(context, patchError), _bodyType);
    }
}
