using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.OpenApi;

/// <summary>The OpenAPI document of the host, and its page.</summary>
public sealed class OpenApiTests(HostFixture host) : HostTest(host)
{
    private const string Influencer = "/v1/influencers/{influencerId}";
    private const string Engagement = "/v1/projects/{projectId}/engagement";

    [Fact]
    public async Task It_is_OpenAPI_3_1_and_lists_every_operation_and_response()
    {
        JsonNode document = await DocumentAsync();
        Assert.StartsWith("3.1.", (string?)document["openapi"], StringComparison.Ordinal);
        Assert.NotEmpty((string)document["info"]!["title"]!);
        Assert.NotEmpty((string)document["info"]!["version"]!);
        IEnumerable<string> operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation =>
            $"{operation.Key} {path.Key}: {string.Join(' ', operation.Value!["responses"]!.AsObject().Select(response => response.Key))}"));
        Assert.Equal(
            [
                $"get {Influencer}: 200 304 400 401 403 404 412 500 503",
                $"get {Engagement}: 200 304 400 401 403 404 409 412 422 500 503",
                $"patch {Influencer}: 200 204 400 401 403 404 412 413 415 422 500 503 507",
                $"patch {Engagement}: 200 204 400 401 403 404 409 412 413 415 422 500 503 507",
            ],
            operations.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Engagement layer", "Influencer"],
            document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Request_bodies_have_the_schemas_of_the_patches()
    {
        JsonNode document = await DocumentAsync();
        Assert.True(JsonNode.DeepEquals(
            Generated(writer => InfluencerPatch.WriteJsonSchema(writer)), WithoutDescriptions(BodyOf(document, Influencer))));
        Assert.True(JsonNode.DeepEquals(
            Generated(writer => EngagementPatch.WriteJsonSchema(writer)), WithoutDescriptions(BodyOf(document, Engagement))));
    }

    [Fact]
    public async Task Descriptions_come_from_the_documentation_comments()
    {
        JsonNode document = await DocumentAsync();
        JsonNode engagement = BodyOf(document, Engagement);
        Assert.StartsWith("The patch of an engagement config.", (string?)engagement["description"], StringComparison.Ordinal);
        Assert.Equal(
            "The master switch; false pauses engagement and keeps the config.",
            (string?)engagement["properties"]!["enabled"]!["description"]);
        Assert.Equal(
            "The delay before a reply. An ISO-8601 duration from PT30S to PT1H.",
            (string?)engagement["properties"]!["replyToComments"]!["properties"]!["autoReplyDelay"]!["description"]);
        Assert.Equal(
            "The delay before a reply; three minutes by default.",
            (string?)ResponseOf(document, Engagement)["properties"]!["replyToComments"]!["properties"]!["autoReplyDelay"]!["description"]);
    }

    /// <summary>Client generators take optional and additional members from the schema.</summary>
    [Fact]
    public async Task Responses_list_required_members_and_allow_additional_ones_where_documents_do()
    {
        JsonNode document = await DocumentAsync();
        JsonNode influencer = ResponseOf(document, Influencer);
        Assert.Equal(
            influencer["properties"]!.AsObject().Select(member => member.Key),
            influencer["required"]!.AsArray().Select(name => (string?)name));
        Assert.Equal("""["string","null"]""", influencer["properties"]!["ethnicity"]!["type"]!.ToJsonString());
        Assert.True((bool?)influencer["properties"]!["personality"]!["additionalProperties"]);
        Assert.Null(influencer["properties"]!["personality"]!["required"]);
        JsonNode layer = ResponseOf(document, Engagement);
        Assert.Equal("""["projectLayerId","enabled","firstComment","replyToComments"]""", layer["required"]!.ToJsonString());
        Assert.Equal("""["targets"]""", layer["properties"]!["firstComment"]!["required"]!.ToJsonString());
        Assert.Equal("\"string\"", layer["properties"]!["firstComment"]!["properties"]!["commentTemplate"]!["type"]!.ToJsonString());
        Assert.Equal("""["targets","autoReplyDelay"]""", layer["properties"]!["replyToComments"]!["required"]!.ToJsonString());
    }

    [Theory]
    [InlineData(Influencer, "influencerId", DemoData.Ava)]
    [InlineData(Engagement, "firstComment", "Brewing tip: use filtered water")]
    public async Task Example_responses_are_the_samples_of_the_API_pages(string path, string member, string text)
    {
        JsonNode document = await DocumentAsync();
        foreach (string method in (string[])["get", "patch"])
        {
            JsonNode content = document["paths"]![path]![method]!["responses"]!["200"]!["content"]!["application/json"]!;
            Assert.Contains(text, content["example"]![member]!.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(
                Resolve(document, content["schema"]!)["required"]!.AsArray().Select(name => (string?)name),
                content["example"]!.AsObject().Select(shown => shown.Key));
        }
    }

    [Fact]
    public async Task Schemas_match_the_declaration_of_the_patch()
    {
        JsonNode document = await DocumentAsync();
        JsonNode influencer = BodyOf(document, Influencer);
        Assert.False((bool)influencer["additionalProperties"]!);
        Assert.Equal(1, (int)influencer["minProperties"]!);
        Assert.Equal("""{"type":"string","minLength":1,"maxLength":128}""", influencer["properties"]!["name"]!.ToJsonString());
        Assert.Equal("""["string","null"]""", influencer["properties"]!["vibe"]!["type"]!.ToJsonString());
        Assert.Equal("""["male","female","nonbinary","unspecified",null]""", influencer["properties"]!["gender"]!["enum"]!.ToJsonString());
        Assert.True((bool)influencer["properties"]!["personality"]!["additionalProperties"]!);
        JsonNode engagement = BodyOf(document, Engagement);
        Assert.False((bool)engagement["additionalProperties"]!);
        Assert.False((bool)engagement["properties"]!["firstComment"]!["additionalProperties"]!);
        Assert.Null(engagement["minProperties"]);
    }

    [Fact]
    public async Task Fences_are_in_the_schema_and_the_description()
    {
        JsonNode document = await DocumentAsync();
        string description = (string)document["paths"]![Engagement]!["patch"]!["description"]!;
        foreach (string path in (string[])
        [
            "replies.tone", "replies.maxPerPostPerHour", "firstComment.strategy", "replyToComments.escalateNegativeSentiment",
        ])
        {
            Assert.Contains($"`{path}` until v2", description, StringComparison.Ordinal);
        }

        Assert.Equal(
            """[{"path":"strategy","until":"v2"}]""",
            BodyOf(document, Engagement)["properties"]!["firstComment"]!["x-fenced"]!.ToJsonString());
        Assert.DoesNotContain("Reserved", (string)document["paths"]![Influencer]!["patch"]!["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_are_route_values_selectors_and_conditional_headers()
    {
        JsonNode document = await DocumentAsync();
        Assert.Equal(["path influencerId", "header If-Match", "header Prefer"], ParametersOf(document, Influencer, "patch"));
        Assert.Equal(["path influencerId", "header If-None-Match", "header If-Match"], ParametersOf(document, Influencer, "get"));
        Assert.Equal(["path projectId", "header If-Match", "header Prefer"], ParametersOf(document, Engagement, "patch"));
        Assert.Equal(
            ["path projectId", "query projectLayerId", "header If-None-Match", "header If-Match"],
            ParametersOf(document, Engagement, "get"));
        Assert.NotNull(document["paths"]![Influencer]!["patch"]!["responses"]!["200"]!["headers"]!["ETag"]);
        Assert.NotNull(document["paths"]![Influencer]!["patch"]!["responses"]!["412"]!["headers"]!["ETag"]);
    }

    [Fact]
    public async Task Either_scheme_is_accepted_and_the_scope_is_listed()
    {
        JsonNode document = await DocumentAsync();
        JsonNode schemes = document["components"]!["securitySchemes"]!;
        Assert.Equal(
            ("apiKey", "header", "X-Api-Key"),
            ((string?)schemes["ApiKey"]!["type"], (string?)schemes["ApiKey"]!["in"], (string?)schemes["ApiKey"]!["name"]));
        Assert.Equal(("http", "bearer"), ((string?)schemes["Bearer"]!["type"], (string?)schemes["Bearer"]!["scheme"]));
        Assert.Equal(
            """[{"ApiKey":["influencers:write"]},{"Bearer":["influencers:write"]}]""",
            document["paths"]![Influencer]!["patch"]!["security"]!.ToJsonString());
        Assert.Equal(
            """[{"ApiKey":["engagement:read"]},{"Bearer":["engagement:read"]}]""",
            document["paths"]![Engagement]!["get"]!["security"]!.ToJsonString());
    }

    [Fact]
    public async Task Errors_have_both_formats_with_examples()
    {
        JsonNode document = await DocumentAsync();
        foreach ((string status, JsonNode? response) in document["paths"]![Engagement]!["patch"]!["responses"]!.AsObject().Where(
            response => response.Key[0] >= '4'))
        {
            JsonObject content = response!["content"]!.AsObject();
            Assert.Equal(["application/json", "application/problem+json"], content.Select(format => format.Key));
            Assert.All(
                content["application/json"]!["examples"]!.AsObject(),
                example => Assert.NotEmpty((string)example.Value!["value"]!["error"]!["code"]!));
            Assert.All(
                content["application/problem+json"]!["examples"]!.AsObject(),
                example => Assert.Equal(status, example.Value!["value"]!["status"]!.ToJsonString()));
        }

        // The example is the actual response.
        ApiResponse rejected = await PatchAsync((await Host.AddProjectAsync()).Path, """{"replies":{"tone":null}}""");
        JsonNode forbidden = document["paths"]![Engagement]!["patch"]!["responses"]!["403"]!;
        JsonNode documented = forbidden["content"]!["application/json"]!["examples"]!["fence"]!["value"]!;
        documented["error"]!["requestId"] = rejected.RequestId;
        Assert.Equal(
            rejected.Text,
            documented.ToJsonString(
                new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task The_response_schema_has_the_members_of_the_response()
    {
        JsonNode document = await DocumentAsync();
        JsonNode layer = ResponseOf(document, Engagement);
        ApiResponse response = await GetAsync((await Host.AddProjectAsync()).Path);
        Assert.Equal(
            response.Json.EnumerateObject().Select(member => member.Name), layer["properties"]!.AsObject().Select(member => member.Key));
        Assert.Equal("duration", (string?)layer["properties"]!["replyToComments"]!["properties"]!["autoReplyDelay"]!["format"]);
    }

    [Fact]
    public async Task Every_reference_resolves()
    {
        JsonNode document = await DocumentAsync();
        int count = 0;
        Walk(document);
        Assert.True(count > 20);

        void Walk(JsonNode? node)
        {
            if (node is JsonObject { } members)
            {
                if (members["$ref"] is JsonValue)
                {
                    Assert.NotNull(Resolve(document, members));
                    count++;
                }

                Assert.Null(members["$schema"]);
                Assert.All(members, member => Walk(member.Value));
            }
            else if (node is JsonArray items)
            {
                Assert.All(items, Walk);
            }
        }
    }

    [Theory]
    [InlineData(Influencer, "influencerId", DemoData.Ava)]
    [InlineData(Engagement, "projectId", DemoData.OneLayer)]
    public async Task The_example_request_is_accepted(string path, string parameter, string id)
    {
        JsonNode patch = (await DocumentAsync())["paths"]![path]!["patch"]!;
        Assert.Equal(id, (string?)patch["parameters"]!.AsArray().Single(listed => (string?)listed!["name"] == parameter)!["example"]);
        ApiResponse response = await PatchAsync(
            path.Replace($"{{{parameter}}}", id, StringComparison.Ordinal),
            patch["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString());
        Assert.Equal(200, response.Status);
    }

    [Fact]
    public async Task The_page_loads_the_document()
    {
        using HttpResponseMessage page = await Host.Client.GetAsync(new Uri("/docs", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Equal("/docs/index.html", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("swagger-ui", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "../openapi/v1.json", await Host.Client.GetStringAsync(new Uri("/docs/index.js", UriKind.Relative)), StringComparison.Ordinal);
    }

    private static string[] ParametersOf(JsonNode document, string path, string method) =>
        [.. document["paths"]![path]![method]!["parameters"]!.AsArray().Select(parameter => $"{parameter!["in"]} {parameter["name"]}")];

    private static JsonNode BodyOf(JsonNode document, string path) =>
        Resolve(document, document["paths"]![path]!["patch"]!["requestBody"]!["content"]!["application/json"]!["schema"]!);

    private static JsonNode ResponseOf(JsonNode document, string path) =>
        Resolve(document, document["paths"]![path]!["patch"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!);

    // Without documentation comments, schemas still describe the format of values.
    private static JsonNode WithoutDescriptions(JsonNode schema)
    {
        schema = schema.DeepClone();
        Remove(schema);
        return schema;

        static void Remove(JsonNode? node)
        {
            if (node is JsonObject keywords)
            {
                keywords.Remove("description");
                Assert.All(keywords, keyword => Remove(keyword.Value));
            }
        }
    }

    private static JsonNode Resolve(JsonNode document, JsonNode schema)
    {
        JsonNode? found = document;
        foreach (string name in ((string)schema["$ref"]!).Split('/')[1..])
        {
            found = found?[name];
        }

        return found ?? throw new KeyNotFoundException((string?)schema["$ref"]);
    }

    private static JsonObject Generated(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        JsonObject schema = WithoutDescriptions(JsonNode.Parse(buffer.WrittenSpan)!).AsObject();
        schema.Remove("$schema");
        return schema;
    }

    private async Task<JsonNode> DocumentAsync() =>
        JsonNode.Parse(await Host.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
}
