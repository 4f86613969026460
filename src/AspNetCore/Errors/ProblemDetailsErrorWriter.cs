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
