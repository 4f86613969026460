using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>The refusals of an operation: by status, each with examples that the application's own writer made.</summary>
internal sealed class Refusals(Components components, IPatchErrorWriter writer, string path)
{
    private const string SampleId = "req_01HXZ9G7KMV2QX8Y1S5RJW3B7T";

    private readonly SortedDictionary<int, List<(string Name, string Description, PatchError Error)>> _byStatus = [];

    /// <summary>Adds one; null adds nothing.</summary>
    public void Add(string name, string description, PatchError? error)
    {
        if (error is null)
        {
            return;
        }

        if (!_byStatus.TryGetValue(error.Status, out var errors))
        {
            _byStatus.Add(error.Status, errors = []);
        }

        errors.Add((name, description, error));
    }

    /// <summary>Adds what a body can be refused with.</summary>
    public void AddBody(PatchBodyDescription body, JsonObject schema, PatchReadOptions limits)
    {
        Add("malformed", "The body is not JSON in UTF-8, or nests too deep.", body.Refuse("{"u8, limits));
        if (Fences.Of(schema) is [var (fenced, _), ..])
        {
            Add("fence", "The body sends a member that is reserved.", body.Refuse(Encoding.UTF8.GetBytes(Fences.Body(fenced)), limits));
        }

        string first = (schema["properties"] as JsonObject)?.FirstOrDefault().Key ?? "member";
        Add("too_large", string.Create(CultureInfo.InvariantCulture, $"The body is longer than {limits.MaxBytes} bytes."), RequestContent.TooLarge(limits.MaxBytes));
        Add("media_type", "The body is not application/json in UTF-8, or is compressed.", PatchError.ForStatus(StatusCodes.Status415UnsupportedMediaType));
        Add("validation", "The body is JSON, but not a patch of this document, or the document would become too large. Every problem is listed.",
            body.Refuse(Encoding.UTF8.GetBytes(new JsonObject { [first] = new JsonArray(false), ["unheardOf"] = 1 }.ToJsonString()), limits));
    }

    /// <summary>Adds what the caller can be refused with.</summary>
    public void AddScopes(string[] scopes)
    {
        if (scopes.Length > 0)
        {
            string names = string.Join(' ', scopes);
            Add("unauthenticated", "No valid credentials; WWW-Authenticate says which are wanted.", PatchError.ForStatus(StatusCodes.Status401Unauthorized));
            Add("scope", $"The caller lacks the scope {names}.", new(StatusCodes.Status403Forbidden, PatchErrorCodes.ForbiddenScope, $"This needs the scope {names}."));
        }
    }

    /// <summary>Adds what a document can be refused with, where it is and as it is.</summary>
    public void AddDocument(DocumentContract contract, bool isRead)
    {
        PatchEndpoint endpoint = contract.Endpoint;
        Add("header", "If-Match or If-None-Match cannot be read.", Preconditions.TryRead(new HeaderDictionary { ["If-Match"] = "abc" }, out _, out PatchError? malformed) ? null : malformed);
        Add("not_found", $"{endpoint.Resource} not found: it never was, was deleted, or is another organisation's.", endpoint.NotFound);
        if (!endpoint.RouteParameters.Any(parameter => parameter.IsKey))
        {
            PatchError conflict = Selection.Ambiguous(contract, [], new SelectorValues());
            JsonElement[] values = [JsonElement.Parse("\"a\""), JsonElement.Parse("\"b\"")];
            Add("several", "Several documents fit, and the request does not say which.", conflict with { Candidates = [.. conflict.Candidates.Select(candidate => candidate with { Values = values })] });
        }

        if (isRead && endpoint.Selectors.Count > 0)
        {
            Add("query", "A query parameter is given twice, or is not of its type.", PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity) with { Message = "Invalid query." });
        }

        Add("changed", "The document is another version than If-Match names.", Preconditions.Failed(endpoint.Resource, Headers.SampleVersion));
        if (endpoint.RequireIfMatch && !isRead)
        {
            Add("if_match", "If-Match is required here.", Preconditions.Required);
        }

        if (!isRead)
        {
            Add("full", "The store has no room for the change.", PatchError.ForStatus(StatusCodes.Status507InsufficientStorage));
        }

        Add("internal", "The server failed; its log says why, by the request id.", PatchError.ForStatus(StatusCodes.Status500InternalServerError));
        Add("unavailable", "The store is out of reach or too busy; try again after Retry-After seconds.", PatchError.ForStatus(StatusCodes.Status503ServiceUnavailable));
    }

    /// <summary>Puts them into an operation, in the place of what may be there of the same status.</summary>
    public void WriteTo(OpenApiResponses responses)
    {
        foreach ((int status, var errors) in _byStatus)
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(' ', errors.Select(error => error.Description)),
                Headers = Headers.OfRefusal(status),
                Content = writer.Forms.ToDictionary(form => form.ContentType, form => new OpenApiMediaType
                {
                    Schema = components.Error(form),
                    Examples = errors.ToDictionary(error => error.Name, IOpenApiExample (error) => new OpenApiExample { Summary = error.Error.Message, Value = Sample(form, error.Error) }),
                }),
            };
        }
    }

    private JsonNode Sample(JsonErrorWriter form, PatchError error)
    {
        var context = new DefaultHttpContext { TraceIdentifier = SampleId };
        context.Request.Path = path;
        return JsonText.Of(json => form.Write(json, context, error));
    }
}
