using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The default form of a refusal: problem details (RFC 9457) as <c>application/problem+json</c>, with the members <c>code</c>, <c>requestId</c>, <c>errors</c>
/// (each with <c>pointer</c>, <c>code</c>, <c>detail</c> and the figures of its rule), <c>truncated</c>, <c>candidates</c> and <c>currentETag</c> where they apply.
/// </summary>
public sealed class ProblemDetailsErrorWriter() : JsonErrorWriter("application/problem+json")
{
    /// <inheritdoc/>
    public override string SchemaName => "ProblemDetails";

    /// <inheritdoc/>
    public override string JsonSchema => """
        {
          "type": "object",
          "description": "Problem details (RFC 9457).",
          "required": ["type", "title", "status", "detail", "instance", "code", "requestId"],
          "properties": {
            "type": { "type": "string", "format": "uri-reference" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "instance": { "type": "string", "format": "uri-reference" },
            "code": { "type": "string", "description": "What happened; stable." },
            "requestId": { "type": "string" },
            "errors": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                  "pointer": { "type": "string", "format": "json-pointer", "description": "Where in the body (RFC 6901)." },
                  "code": { "type": "string" },
                  "detail": { "type": "string" }
                },
                "additionalProperties": { "type": "string", "description": "A figure of the rule, such as max." }
              }
            },
            "truncated": { "type": "integer", "minimum": 1, "description": "How many errors there are beyond those listed." },
            "candidates": { "type": "object", "additionalProperties": { "type": "array" }, "description": "For 409: the values that would decide." },
            "currentETag": { "type": "string", "description": "For 412: the version as it is now." }
          }
        }
        """;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, HttpContext context, PatchError refusal)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(refusal);
        writer.WriteStartObject();
        writer.WriteString("type", "about:blank");
        writer.WriteString("title", ReasonPhrases.GetReasonPhrase(refusal.Status));
        writer.WriteNumber("status", refusal.Status);
        writer.WriteString("detail", refusal.Message);
        writer.WriteString("instance", context.Request.PathBase.Add(context.Request.Path).ToUriComponent());
        writer.WriteString("code", refusal.Code);
        writer.WriteString("requestId", RequestId.Of(context));
        WriteProblems(writer, "errors", "detail", refusal.Problems);
        if (refusal.Truncated > 0)
        {
            writer.WriteNumber("truncated", refusal.Truncated);
        }

        if (refusal.Candidates.Count > 0)
        {
            writer.WriteStartObject("candidates");
            foreach (SelectorCandidates selector in refusal.Candidates)
            {
                WriteValues(writer, selector.Selector, selector);
            }

            writer.WriteEndObject();
        }

        if (refusal.CurrentETag is not null)
        {
            writer.WriteString("currentETag", refusal.CurrentETag);
        }

        writer.WriteEndObject();
    }
}
