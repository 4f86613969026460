using System.Text.Json;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Host.Errors;

/// <summary>
/// The API's form of an error: <c>{"error":{"code","message","requestId","details"}}</c>. Clients branch on the code; <c>details</c> stands where there is something to say:
/// messages by field for 422, and for every problem its pointer, its code and the figures of its rule.
/// </summary>
public sealed class ApiErrorWriter() : JsonErrorWriter("application/json")
{
    /// <inheritdoc/>
    public override string JsonSchema => """
        {
          "type": "object",
          "required": ["error"],
          "properties": {
            "error": {
              "type": "object",
              "required": ["code", "message", "requestId"],
              "properties": {
                "code": { "type": "string", "description": "What happened; stable. Branch on it." },
                "message": { "type": "string" },
                "requestId": { "type": "string" },
                "details": {
                  "type": "object",
                  "properties": {
                    "fieldErrors": { "type": "object", "additionalProperties": { "type": "array", "items": { "type": "string" } }, "description": "For 422: messages by field." },
                    "formErrors": { "type": "array", "items": { "type": "string" }, "description": "For 422: what is wrong with the body as a whole." },
                    "fields": { "type": "array", "items": { "type": "string" }, "description": "For 403 of a fence: the fields to strip." },
                    "issues": {
                      "type": "array",
                      "items": {
                        "type": "object",
                        "required": ["pointer", "code", "message"],
                        "properties": {
                          "pointer": { "type": "string", "format": "json-pointer", "description": "Where in the body (RFC 6901)." },
                          "code": { "type": "string" },
                          "message": { "type": "string" }
                        },
                        "additionalProperties": { "type": "string", "description": "A figure of the rule, such as max." }
                      }
                    },
                    "truncated": { "type": "integer", "minimum": 1, "description": "How many issues there are beyond those listed." },
                    "currentETag": { "type": "string", "description": "For 412: the version as it is now." }
                  },
                  "additionalProperties": { "type": "array", "description": "For 409: the values that would decide, as projectLayerIds." }
                }
              }
            }
          }
        }
        """;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, HttpContext context, PatchError refusal)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(refusal);
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("code", refusal.Code.ToUpperInvariant());
        writer.WriteString("message", refusal.Message);
        writer.WriteString("requestId", RequestId.Of(context));
        if (refusal.Problems.Count > 0 || refusal.Candidates.Count > 0 || refusal.CurrentETag is not null)
        {
            writer.WriteStartObject("details");
            WriteDetails(writer, refusal);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter writer, PatchError refusal)
    {
        if (refusal.Code == PatchErrorCodes.Validation)
        {
            WriteFieldErrors(writer, refusal.Problems);
        }
        else if (refusal.Code == PatchErrorCodes.ForbiddenFence)
        {
            WriteStrings(writer, "fields", refusal.Problems.Select(problem => FieldOf(problem.Pointer)).Distinct());
        }

        WriteProblems(writer, "issues", "message", refusal.Problems);
        if (refusal.Truncated > 0)
        {
            writer.WriteNumber("truncated", refusal.Truncated);
        }

        foreach (SelectorCandidates selector in refusal.Candidates)
        {
            WriteValues(writer, selector.Selector + "s", selector);
        }

        if (refusal.CurrentETag is not null)
        {
            writer.WriteString("currentETag", refusal.CurrentETag);
        }
    }

    private static void WriteFieldErrors(Utf8JsonWriter writer, IReadOnlyList<PatchProblem> problems)
    {
        writer.WriteStartObject("fieldErrors");
        foreach (var field in problems.Where(problem => problem.Pointer.Length > 0).GroupBy(problem => FieldOf(problem.Pointer), problem => problem.Message))
        {
            WriteStrings(writer, field.Key, field);
        }

        writer.WriteEndObject();
        string[] ofTheWhole = [.. problems.Where(problem => problem.Pointer.Length == 0).Select(problem => problem.Message)];
        if (ofTheWhole.Length > 0)
        {
            WriteStrings(writer, "formErrors", ofTheWhole);
        }
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    // The pointer /firstComment/targets/1 is about the field firstComment.targets: names joined by dots, up to an item of an array.
    private static string FieldOf(string pointer)
    {
        string[] parts = pointer.Split('/')[1..];
        int item = Array.FindIndex(parts, 1, part => part.Length > 0 && part.All(char.IsAsciiDigit));
        return string.Join('.', (item < 0 ? parts : parts[..item])
            .Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)));
    }
}
