using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>The error responses of an operation, by status. The examples are written by the application's own error writer.</summary>
internal sealed class ErrorResponses(DocumentComponents components, IPatchErrorWriter writer, string path)
{
    private const string SampleId = "req_01HXZ9G7KMV2QX8Y1S5RJW3B7T";

    private readonly SortedDictionary<int, List<(string Name, string Description, PatchError Error)>> _byStatus = [];

    /// <summary>Adds an error; null adds nothing.</summary>
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

    /// <summary>Adds the errors of a body.</summary>
    public void AddBody(PatchBodyDescription body, JsonObject schema, PatchReadOptions limits)
    {
        Add("malformed", "The body is not JSON in UTF-8, or is nested too deeply.", body.ErrorFor("{"u8.ToArray(), limits));
        if (body.ReservedMembers(limits) is [var reserved, ..])
        {
            Add("fence", "The body has a reserved member.", body.ErrorFor(BodyWith(reserved.Path), limits));
        }

        if (body.ScopedMembers is [var scoped, ..])
        {
            Add("write_scope", "The body has a member that the caller may not write.", body.ErrorFor(BodyWith(scoped.Path), limits));
        }

        if (body.ListsWithoutNewItems.FirstOrDefault() is { } list)
        {
            string[] item = [.. list.Split('.').Select(static name => name == "*" ? "1" : name), "1"];
            Add(
                "missing_item",
                "The body has a value for a key that the list of the document does not have.",
                Rejections.Unexpected(PatchErrorCodes.MissingTarget, [Rejections.NewItem(item)]));
        }

        limits = limits with { WriteScopes = [.. body.ScopedMembers.Select(static member => member.Scope)] };

        var size = new BodySizeLimit(limits.MaxBytes);
        Add("too_large", size.Error.Message, size.Error);
        Add(
            "media_type",
            "The body does not have a supported media type, is not UTF-8, or is compressed.",
            PatchError.ForStatus(StatusCodes.Status415UnsupportedMediaType));
        string first = (schema["properties"] as JsonObject)?.FirstOrDefault().Key ?? "member";
        string invalid = new JsonObject { [first] = new JsonArray(false), ["unknown"] = 1 }.ToJsonString();
        Add(
            "validation",
            "The body is JSON, but not a patch of this document, or the document would become too large. Every problem is listed.",
            body.ErrorFor(Encoding.UTF8.GetBytes(invalid), limits));
    }

    /// <summary>Adds the errors of formats that need the document.</summary>
    public void AddFormats(PatchFormats formats)
    {
        if (formats.HasFlag(PatchFormats.JsonPatch))
        {
            var path = new OperationPath(0, "path", ["member"]);
            Add(
                "missing_target",
                "An operation addresses a member or item that the document does not have.",
                JsonPatch.MissingTarget(path));
            Add("test_failed", "A test of the body failed.", JsonPatch.TestFailed(path));
        }
    }

    private static byte[] BodyWith(string path) => Encoding.UTF8.GetBytes(path.Split('.').Reverse()
        .Aggregate((JsonNode?)null, static (value, name) => new JsonObject { [name] = value })!.ToJsonString());

    /// <summary>Adds the errors of authentication and authorization.</summary>
    public void AddScopes(string[] scopes)
    {
        if (scopes.Length > 0)
        {
            string names = string.Join(' ', scopes);
            Add(
                "unauthenticated",
                "No valid credentials; WWW-Authenticate says which are required.",
                PatchError.ForStatus(StatusCodes.Status401Unauthorized));
            Add("scope", $"The caller lacks the scope {names}.", MissingScopes.Forbidden(names));
        }
    }

    /// <summary>Adds the error of a malformed conditional header.</summary>
    public void AddMalformedHeader() => Add("header", "If-Match or If-None-Match is malformed.", Preconditions.Malformed);

    /// <summary>Adds the errors of <c>If-Match</c>.</summary>
    public void AddIfMatch(string resource, bool isRequired)
    {
        Add(
            "changed",
            "The document has another version than If-Match names.",
            Preconditions.Failed(resource, Headers.SampleVersion));
        if (isRequired)
        {
            Add("if_match", "If-Match is required.", Preconditions.Required);
        }
    }

    /// <summary>Adds the errors of a generated endpoint that concern the document.</summary>
    public void AddDocument(DocumentContract contract, bool isRead)
    {
        PatchEndpoint endpoint = contract.Endpoint;
        Add(
            "not_found",
            $"{endpoint.Resource} not found: it does not exist, was deleted, or belongs to another tenant.",
            endpoint.NotFound);
        if (!endpoint.RouteParameters.Any(parameter => parameter.IsKey))
        {
            AddAmbiguous(contract);
        }

        if (isRead && endpoint.Selectors.Count > 0)
        {
            Add("query", "A query parameter is given more than once, or does not have its type.", Selection.InvalidQuery);
        }

        AddMalformedHeader();
        AddIfMatch(endpoint.Resource, endpoint.RequireIfMatch && !isRead);
        if (!isRead)
        {
            Add(
                "reserved_query",
                "The query has validateOnly or dryRun, which are not supported.",
                ReservedQuery.Unsupported("dryRun"));
            Add(
                "full", "The store has no space left for the change.", PatchError.ForStatus(StatusCodes.Status507InsufficientStorage));
        }

        Add(
            "internal",
            "The server failed; its log has the cause, by the request id.",
            PatchError.ForStatus(StatusCodes.Status500InternalServerError));
        Add(
            "unavailable",
            "The store cannot be reached or is too busy; try again after Retry-After seconds.",
            PatchError.ForStatus(StatusCodes.Status503ServiceUnavailable));
    }

    /// <summary>Writes them into an operation; they replace responses with the same status.</summary>
    public void WriteTo(OpenApiResponses responses)
    {
        foreach ((int status, var errors) in _byStatus)
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(' ', errors.Select(error => error.Description)),
                Headers = Headers.OfError(status),
                Content = writer.Forms.ToDictionary(form => form.ContentType, form => new OpenApiMediaType
                {
                    Schema = components.Error(form),
                    Examples = errors.ToDictionary(error => error.Name, IOpenApiExample (error) => Example(form, error.Error)),
                }),
            };
        }
    }

    private void AddAmbiguous(DocumentContract contract)
    {
        PatchError conflict = Selection.Ambiguous(contract, [], new SelectorValues(contract));
        JsonElement[] values = [JsonElement.Parse("\"a\""), JsonElement.Parse("\"b\"")];
        Add("several", "Several documents match, and the request does not select one.", conflict with
        {
            Candidates = [.. conflict.Candidates.Select(candidate => candidate with { Values = values })],
        });
    }

    private OpenApiExample Example(JsonErrorWriter form, PatchError error)
    {
        var context = new DefaultHttpContext { TraceIdentifier = SampleId };
        context.Request.Path = path;
        return new OpenApiExample { Summary = error.Message, Value = JsonText.Parse(json => form.Write(json, context, error)) };
    }
}
