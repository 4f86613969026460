using System.Text.Json;

namespace Layers.PatchGen.Testing;

/// <summary>A response with its complete body.</summary>
public sealed class ApiResponse
{
    private readonly HttpResponseMessage _response;

    private ApiResponse(HttpResponseMessage response, byte[] bytes)
    {
        _response = response;
        Bytes = bytes;
    }

    public int Status => (int)_response.StatusCode;

    public byte[] Bytes { get; }

    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => field.ValueKind == JsonValueKind.Undefined ? field = JsonDocument.Parse(Bytes).RootElement : field;

    /// <summary>The <c>error</c> of the envelope.</summary>
    public JsonElement Error => Json.GetProperty("error");

    public string Code => Error.GetProperty("code").GetString()!;

    public string Message => Error.GetProperty("message").GetString()!;

    public JsonElement Details => Error.GetProperty("details");

    public string ETag => Header("ETag") ?? throw new InvalidOperationException($"{Status} has no ETag.");

    public string RequestId => Header("X-Request-Id") ?? throw new InvalidOperationException($"{Status} has no X-Request-Id.");

    /// <summary>The fields with errors, in the order of the envelope.</summary>
    public string[] Fields => [.. Details.GetProperty("fieldErrors").EnumerateObject().Select(member => member.Name)];

    /// <summary>The pointers and codes of the issues, in the order of the envelope.</summary>
    public string[] Issues =>
        [.. Details.GetProperty("issues").EnumerateArray().Select(issue => $"{issue.GetProperty("pointer")} {issue.GetProperty("code")}")];

    /// <summary>The body without the request id, to compare responses.</summary>
    public string WithoutRequestId => Text.Replace(RequestId, "req_", StringComparison.Ordinal);

    public static async Task<ApiResponse> ReadAsync(HttpResponseMessage response) =>
        new(response, await response.Content.ReadAsByteArrayAsync());

    public string? Header(string name) =>
        _response.Headers.TryGetValues(name, out IEnumerable<string>? values) || _response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>The names of the headers, sorted.</summary>
    public string[] HeaderNames =>
        [.. _response.Headers.Concat(_response.Content.Headers).Select(header => header.Key).Order(StringComparer.Ordinal)];
}
