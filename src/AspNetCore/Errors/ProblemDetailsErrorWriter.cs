using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The default form of a refusal: problem details (RFC 9457) as <c>application/problem+json</c>, with the members <c>code</c>, <c>requestId</c>, <c>errors</c>
/// (each with <c>pointer</c>, <c>code</c>, <c>detail</c> and the figures of its rule), <c>truncated</c>, <c>candidates</c> and <c>currentETag</c> where they apply.
/// </summary>
public sealed class ProblemDetailsErrorWriter : IPatchErrorWriter
{
    // An answer is never part of an HTML page, so that only what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public async Task WriteAsync(HttpContext context, PatchError refusal)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(refusal);
        context.Response.ContentType = "application/problem+json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, Options);
        writer.WriteStartObject();
        writer.WriteString("type", "about:blank");
        writer.WriteString("title", ReasonPhrases.GetReasonPhrase(refusal.Status));
        writer.WriteNumber("status", refusal.Status);
        writer.WriteString("detail", refusal.Message);
        writer.WriteString("instance", context.Request.PathBase.Add(context.Request.Path).ToUriComponent());
        writer.WriteString("code", refusal.Code);
        writer.WriteString("requestId", RequestId.Of(context));
        if (refusal.Problems.Count > 0)
        {
            WriteProblems(writer, refusal.Problems);
        }

        if (refusal.Truncated > 0)
        {
            writer.WriteNumber("truncated", refusal.Truncated);
        }

        if (refusal.Candidates.Count > 0)
        {
            WriteCandidates(writer, refusal.Candidates);
        }

        if (refusal.CurrentETag is not null)
        {
            writer.WriteString("currentETag", refusal.CurrentETag);
        }

        writer.WriteEndObject();
    }

    private static void WriteProblems(Utf8JsonWriter writer, IReadOnlyList<PatchProblem> problems)
    {
        writer.WriteStartArray("errors");
        foreach (PatchProblem problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer", problem.Pointer);
            writer.WriteString("code", problem.Code);
            writer.WriteString("detail", problem.Message);
            foreach ((string name, string value) in problem.Arguments)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteCandidates(Utf8JsonWriter writer, IReadOnlyList<SelectorCandidates> candidates)
    {
        writer.WriteStartObject("candidates");
        foreach (SelectorCandidates selector in candidates)
        {
            writer.WriteStartArray(selector.Selector);
            foreach (JsonElement value in selector.Values)
            {
                value.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
