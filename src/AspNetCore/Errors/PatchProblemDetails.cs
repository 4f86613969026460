using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The default error body: problem details (RFC 9457) with members of its own after <see cref="Instance"/>.</summary>
[Description("Problem details (RFC 9457).")]
public sealed record PatchProblemDetails
{
    /// <summary>Always <c>about:blank</c>: the status and the code identify the error.</summary>
    public required string Type { get; init; }

    /// <summary>The reason phrase of the status.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The message.</summary>
    public required string Detail { get; init; }

    /// <summary>The path of the request.</summary>
    public required string Instance { get; init; }

    /// <summary>The error code: one of <see cref="PatchErrorCodes"/>, or your own.</summary>
    [Description("The error code; stable.")]
    public required string Code { get; init; }

    /// <summary>The id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The problems of the body.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PatchProblemDetailsItem>? Errors { get; init; }

    /// <summary>The number of problems that are not in <see cref="Errors"/>.</summary>
    [Description("The number of further errors that are not listed.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Truncated { get; init; }

    /// <summary>For 409: the values that each missing selector may have.</summary>
    [Description("For 409: the values that each missing selector may have.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<JsonElement>>? Candidates { get; init; }

    /// <summary>For 412: the current entity tag of the document.</summary>
    [Description("For 412: the current entity tag of the document.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CurrentETag { get; init; }
}

/// <summary>One problem of a body, as <see cref="PatchProblemDetails"/> lists it.</summary>
public sealed record PatchProblemDetailsItem
{
    /// <summary>Where: a JSON Pointer (RFC 6901) into the body.</summary>
    [Description("Where in the body: a JSON Pointer (RFC 6901).")]
    public required string Pointer { get; init; }

    /// <summary>What: one of <see cref="PatchProblemCodes"/>, or your own code.</summary>
    public required string Code { get; init; }

    /// <summary>The message.</summary>
    public required string Detail { get; init; }

    /// <summary>The arguments of the rule, such as <c>max</c>, as strings beside the other members.</summary>
    [Description("An argument of the rule, such as max: a string.")]
    [JsonExtensionData]
    public IDictionary<string, object>? Arguments { get; set; } // "set": System.Text.Json cannot initialize extension data
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PatchProblemDetails))]
[JsonSerializable(typeof(string))] // the values of Arguments
[JsonSerializable(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))]
internal sealed partial class ErrorJson : JsonSerializerContext;
