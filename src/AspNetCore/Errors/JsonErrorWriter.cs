using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Error bodies in JSON; for those who write an <see cref="IPatchErrorWriter"/>.</summary>
/// <param name="contentType">The content type of the body.</param>
public abstract class JsonErrorWriter(string contentType) : IPatchErrorWriter
{
    // An answer is never part of an HTML page, so that only what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The content type of the body.</summary>
    public string ContentType { get; } = contentType;

    /// <summary>The JSON Schema (2020-12) of the body, for descriptions of the API; any object unless overridden.</summary>
    public virtual string JsonSchema => """{"type":"object"}""";

    /// <summary>What the schema is called in descriptions; <c>Error</c> unless overridden.</summary>
    public virtual string SchemaName => "Error";

    /// <inheritdoc/>
    public IReadOnlyList<JsonErrorWriter> Forms => [this];

    /// <inheritdoc/>
    public async Task WriteAsync(HttpContext context, PatchError refusal)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(refusal);
        ArrayBufferWriter<byte> body = ScratchBuffer.Take();
        using (var writer = new Utf8JsonWriter(body, Options))
        {
            Write(writer, context, refusal);
        }

        HttpResponse response = context.Response;
        response.ContentType = ContentType;
        response.ContentLength = body.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body.WrittenMemory);
        }

        ScratchBuffer.Return(body);
    }

    /// <summary>Writes the body, one JSON value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The request; <see cref="RequestId.Of"/> gives its id.</param>
    /// <param name="refusal">The refusal.</param>
    public abstract void Write(Utf8JsonWriter writer, HttpContext context, PatchError refusal);

    /// <summary>Writes problems as an array of objects: <c>pointer</c>, <c>code</c>, the message, and the figures of the rule by their names.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The name of the array.</param>
    /// <param name="messageName">What the message is called in each object.</param>
    /// <param name="problems">The problems; for none, nothing is written.</param>
    protected static void WriteProblems(Utf8JsonWriter writer, string name, string messageName, IReadOnlyList<PatchProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(problems);
        if (problems.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (PatchProblem problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer", problem.Pointer);
            writer.WriteString("code", problem.Code);
            writer.WriteString(messageName, problem.Message);
            foreach ((string argument, string value) in problem.Arguments)
            {
                writer.WriteString(argument, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the values that a selector may take, as an array.</summary>
    protected static void WriteValues(Utf8JsonWriter writer, string name, SelectorCandidates candidates)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(candidates);
        writer.WriteStartArray(name);
        foreach (JsonElement value in candidates.Values)
        {
            value.WriteTo(writer);
        }

        writer.WriteEndArray();
    }
}
