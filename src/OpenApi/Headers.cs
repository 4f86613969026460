using System.Text.Json.Nodes;
using Layers.PatchGen.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>The headers of requests and responses.</summary>
internal static class Headers
{
    /// <summary>The version in the examples.</summary>
    public static EntityTag SampleVersion => "5e1c88d20b3f49a7-7";

    private static string SampleTag => SampleVersion.ToString();

    public static OpenApiParameter IfMatch(bool isRequired) => Request(
        "If-Match",
        "The version of the document: the ETag of an earlier response with its quotes, a list of ETags, or *. "
        + "The response is 412 when the document has another version.",
        isRequired);

    public static OpenApiParameter IfNoneMatch(bool isRead) => Request(
        "If-None-Match",
        isRead
            ? "The response is 304 when the document still has this version."
            : "The response is 412 when the document has this version, or for * when there is a document.");

    public static OpenApiParameter Prefer()
    {
        OpenApiParameter prefer = Request("Prefer", "With return=minimal, the response is 204 without the document (RFC 7240).");
        prefer.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["return=minimal", "return=representation"] };
        return prefer;
    }

    /// <summary>The headers of a response with a document, or with its version only.</summary>
    public static Dictionary<string, IOpenApiHeader> OfDocument(bool preferenceApplied = false)
    {
        Dictionary<string, IOpenApiHeader> headers = new() { ["ETag"] = ETag(), ["X-Request-Id"] = RequestId() };
        if (preferenceApplied)
        {
            headers["Preference-Applied"] = Response("The preference that was applied.", "return=minimal");
        }

        return headers;
    }

    public static OpenApiHeader ETag() => Response("The version of the document. It never recurs.", SampleTag);

    public static Dictionary<string, IOpenApiHeader> OfError(int status)
    {
        Dictionary<string, IOpenApiHeader> headers = new() { ["X-Request-Id"] = RequestId() };
        switch (status)
        {
            case StatusCodes.Status401Unauthorized:
                headers["WWW-Authenticate"] = Response("How to authenticate (RFC 9110 section 11.6.1).", "Bearer");
                break;
            case StatusCodes.Status412PreconditionFailed:
                headers["ETag"] = Response("The current version.", SampleTag);
                break;
            case StatusCodes.Status415UnsupportedMediaType:
                headers["Accept-Patch"] = Response("The supported media type (RFC 5789 section 2.2).", "application/json");
                break;
            case StatusCodes.Status503ServiceUnavailable:
                headers["Retry-After"] = Response("Seconds to wait.", "1");
                break;
        }

        return headers;
    }

    private static OpenApiHeader RequestId() => Response("The id of this request.", "req_01HXZ9G7KMV2QX8Y1S5RJW3B7T");

    private static OpenApiHeader Response(string description, string example) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };

    private static OpenApiParameter Request(string name, string description, bool isRequired = false) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Required = isRequired,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
