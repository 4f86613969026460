using System.Text.Json.Nodes;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>The headers of requests and answers.</summary>
internal static class Headers
{
    /// <summary>The version in the examples.</summary>
    public static DocumentVersion SampleVersion => new(0x5e1c88d20b3f49a7, 7);

    private static string SampleTag => Preconditions.ETag(SampleVersion);

    public static OpenApiParameter IfMatch(bool isRequired) =>
        Request("If-Match", "Change this version only, and answer 412 if the document is another by now: the ETag of an earlier answer, quotes included; a list of them; or *.", isRequired);

    public static OpenApiParameter IfNoneMatch() => Request("If-None-Match", "Answer 304 if the document still is this version.");

    public static OpenApiParameter Prefer()
    {
        OpenApiParameter prefer = Request("Prefer", "return=minimal asks for 204 without the document (RFC 7240).");
        prefer.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["return=minimal", "return=representation"] };
        return prefer;
    }

    /// <summary>The headers of an answer with a document, or with its version alone.</summary>
    public static Dictionary<string, IOpenApiHeader> OfDocument(bool preferenceApplied = false)
    {
        Dictionary<string, IOpenApiHeader> headers = new()
        {
            ["ETag"] = Answer("The version: strong, and never given twice.", SampleTag),
            ["X-Request-Id"] = RequestId(),
        };
        if (preferenceApplied)
        {
            headers["Preference-Applied"] = Answer("The preference that was followed.", "return=minimal");
        }

        return headers;
    }

    public static Dictionary<string, IOpenApiHeader> OfRefusal(int status)
    {
        Dictionary<string, IOpenApiHeader> headers = new() { ["X-Request-Id"] = RequestId() };
        switch (status)
        {
            case StatusCodes.Status401Unauthorized:
                headers["WWW-Authenticate"] = Answer("How to authenticate (RFC 9110 section 11.6.1).", "Bearer");
                break;
            case StatusCodes.Status412PreconditionFailed:
                headers["ETag"] = Answer("The version as it is now.", SampleTag);
                break;
            case StatusCodes.Status415UnsupportedMediaType:
                headers["Accept-Patch"] = Answer("The media type that is wanted (RFC 5789 section 2.2).", "application/json");
                break;
            case StatusCodes.Status503ServiceUnavailable:
                headers["Retry-After"] = Answer("Seconds to wait.", "1");
                break;
        }

        return headers;
    }

    private static OpenApiHeader RequestId() => Answer("The id of this request.", "req_01HXZ9G7KMV2QX8Y1S5RJW3B7T");

    private static OpenApiHeader Answer(string description, string example) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(example) };

    private static OpenApiParameter Request(string name, string description, bool isRequired = false) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Required = isRequired, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
