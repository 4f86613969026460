using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Host.Errors;

/// <summary>The API's error envelope: <c>{"error":{"code","message","requestId","details"}}</c>.</summary>
public sealed record ApiError(ApiErrorBody Error);

/// <summary>The content of the envelope.</summary>
public sealed record ApiErrorBody
{
    [Description("The error code; stable. Branch on it.")]
    public required string Code { get; init; }

    public required string Message { get; init; }

    public required string RequestId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApiErrorDetails? Details { get; init; }
}

/// <summary>What there is to say beyond code and message.</summary>
public sealed record ApiErrorDetails
{
    [Description("For 422: the messages by field.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? FieldErrors { get; init; }

    [Description("For 422: the messages about the body as a whole.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? FormErrors { get; init; }

    [Description("For 403 of a fence or of a field that needs a scope: the fields to strip.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Fields { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ApiErrorIssue>? Issues { get; init; }

    [Description("The number of further issues that are not listed.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Truncated { get; init; }

    [Description("For 412: the current entity tag of the document.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CurrentETag { get; init; }

    [Description("For 409: the possible values of a missing selector, such as projectLayerIds: an array.")]
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Candidates { get; set; } // "set": System.Text.Json cannot initialize extension data
}

/// <summary>One problem of a body.</summary>
public sealed record ApiErrorIssue
{
    [Description("Where in the body: a JSON Pointer (RFC 6901).")]
    public required string Pointer { get; init; }

    public required string Code { get; init; }

    public required string Message { get; init; }

    [Description("An argument of the rule, such as max: a string.")]
    [JsonExtensionData]
    public IDictionary<string, object>? Arguments { get; set; } // "set": System.Text.Json cannot initialize extension data
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(string))] // the values of Arguments
[JsonSerializable(typeof(IReadOnlyList<JsonElement>))]
internal sealed partial class ApiErrorJson : JsonSerializerContext;
