using System.Text.Json.Nodes;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.OpenApi.Tests;

/// <summary>The OpenAPI document of an application other than the host.</summary>
public sealed class OpenApiFrameworkTests
{
    [Fact]
    public async Task A_generated_endpoint_describes_types_and_a_required_If_Match()
    {
        JsonNode owned = (await DocumentAsync())["paths"]!["/owners/{owner}/counters"]!;
        JsonArray parameters = owned["patch"]!["parameters"]!.AsArray();
        Assert.Equal("uuid", (string?)parameters[0]!["schema"]!["format"]);
        Assert.Equal(("If-Match", true), ((string?)parameters[1]!["name"], (bool?)parameters[1]!["required"]));
        Assert.NotNull(owned["patch"]!["responses"]!["428"]);
        Assert.Null(owned["get"]!["responses"]!["428"]);
        Assert.Equal("int64", (string?)owned["get"]!["parameters"]![1]!["schema"]!["format"]);
        Assert.Equal(["patch", "get"], owned.AsObject().Select(operation => operation.Key)); // neither HEAD nor OPTIONS
        Assert.Null(owned["patch"]!["security"]); // no security scheme is declared
        Assert.Equal(["application/problem+json"], owned["patch"]!["responses"]!["404"]!["content"]!.AsObject().Select(form => form.Key));
    }

    [Fact]
    public async Task Hidden_members_and_responses_that_cannot_occur_are_not_described()
    {
        JsonNode document = await DocumentAsync();
        Assert.Null(document["components"]!["schemas"]!["Counter"]!["properties"]!["secret"]);
        JsonObject open = document["paths"]!["/counters/{counterId}"]!["patch"]!["responses"]!.AsObject();
        Assert.Null(open["401"]);
        Assert.Null(open["409"]); // the key is unique
        Assert.NotNull(document["paths"]!["/checked/{counterId}"]!["patch"]!["responses"]!["409"]);
        Assert.Null(document["paths"]!["/owners/{owner}/counters"]!["get"]!["responses"]!["428"]);
    }

    [Theory]
    [InlineData("/compiled/marks")]
    [InlineData("/runtime/marks")]
    [InlineData("/api/marks/{id}")]
    public async Task The_body_of_a_PatchBody_endpoint_is_described_with_its_errors(string path)
    {
        JsonNode document = await DocumentAsync();
        JsonNode patch = document["paths"]![path]!["patch"]!;
        Assert.Equal("#/components/schemas/MarkPatch", (string?)patch["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]);
        Assert.Equal(["application/json"], patch["requestBody"]!["content"]!.AsObject().Select(content => content.Key));
        Assert.Equal(["200", "400", "403", "412", "413", "415", "422"], patch["responses"]!.AsObject().Select(response => response.Key));
        Assert.Contains("`reset` until v2", (string?)patch["description"], StringComparison.Ordinal);
        Assert.DoesNotContain(patch["parameters"]?.AsArray() ?? [], parameter => (string?)parameter!["name"] == "body");
        JsonNode body = document["components"]!["schemas"]!["MarkPatch"]!;
        Assert.Equal(("1", "reset"), (body["minProperties"]?.ToJsonString(), (string?)body["x-fenced"]![0]!["path"]));
        Assert.Equal(
            [
                "Cart", "CartPatch", "CheckedCounterPatch", "CheckedInvoicePatch", "Counter", "CounterPatch", "Guest", "GuestPatch",
                "Invoice", "InvoicePatch", "JsonPatch", "MarkPatch", "OwnedCounterPatch", "PatchProblemDetails", "Shelf", "ShelfPatch",
            ],
            document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_list_that_is_patched_by_key_is_described()
    {
        JsonNode document = await DocumentAsync();
        JsonNode lines = document["components"]!["schemas"]!["CartPatch"]!["properties"]!["lines"]!;
        Assert.Equal("object", (string?)lines["type"]);
        Assert.Equal("^(?:0|-?[1-9][0-9]*)$", (string?)lines["propertyNames"]!["pattern"]);
        Assert.Equal(["object", "null"], lines["additionalProperties"]!["type"]!.AsArray().Select(static type => (string?)type));
        Assert.Equal("array", (string?)document["components"]!["schemas"]!["Cart"]!["properties"]!["lines"]!["type"]);
        JsonNode patch = document["paths"]!["/carts/{id}"]!["patch"]!;
        JsonNode examples = patch["responses"]!["409"]!["content"]!["application/problem+json"]!["examples"]!;
        Assert.Equal("/coupons/1", (string?)examples["missing_item"]!["value"]!["errors"]![0]!["pointer"]);
        Assert.Contains("`lines.*.discount` needs `sales`", (string?)patch["description"], StringComparison.Ordinal);
        Assert.Contains("`lines.*.gift` until v2", (string?)patch["description"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/compiled/page")]
    [InlineData("/runtime/page")]
    [InlineData("/versioned/page")]
    public async Task Conditional_headers_of_an_endpoint_are_described(string path)
    {
        JsonNode page = (await DocumentAsync())["paths"]![path]!;
        AssertOperation(page["patch"]!, "If-Match", isRequired: true, ["200", "400", "403", "412", "413", "415", "422", "428"]);
        AssertOperation(page["get"]!, "If-None-Match", isRequired: false, ["200", "304", "400"]);
        AssertOperation(page["put"]!, "If-None-Match", isRequired: false, ["200", "400", "412"]);
        Assert.NotNull(page["get"]!["responses"]!["304"]!["headers"]!["ETag"]);

        static void AssertOperation(JsonNode operation, string header, bool isRequired, string[] statuses)
        {
            JsonNode parameter = Assert.Single(operation["parameters"]!.AsArray())!;
            Assert.Equal((header, "header"), ((string?)parameter["name"], (string?)parameter["in"]));
            Assert.Equal(isRequired, (bool?)parameter["required"] ?? false);
            Assert.NotEmpty((string?)parameter["description"] ?? "");
            Assert.Equal("string", (string?)parameter["schema"]!["type"]);
            Assert.Equal(statuses, operation["responses"]!.AsObject().Select(response => response.Key).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Members_that_need_a_scope_and_lifted_fences_are_described()
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: static services =>
            {
                services.AddOpenApi(options => options.AddPatchGen());
                services.AddPatchGen(static options => options.LiftedFencesSelector = static _ => ["v1"]);
            },
            middleware: static web =>
            {
                web.MapOpenApi();
                web.MapPatch("/staff", (PatchBody<StaffPatch> body) => "");
            });
        JsonNode document = JsonNode.Parse((await app.SendAsync("GET", "/openapi/v1.json")).Text)!;
        JsonNode patch = document["paths"]!["/staff"]!["patch"]!;
        string description = (string)patch["description"]!;
        Assert.Contains("without the scope: `salary` needs `hr`; `home.code` needs `hr:home`.", description, StringComparison.Ordinal);
        Assert.Contains("`soon` until v1. Some callers may send them earlier.", description, StringComparison.Ordinal);
        JsonNode examples = patch["responses"]!["403"]!["content"]!["application/problem+json"]!["examples"]!;
        Assert.Equal("forbidden_fence", (string?)examples["fence"]!["value"]!["code"]);
        Assert.Equal("forbidden_scope", (string?)examples["write_scope"]!["value"]!["code"]);
        Assert.Equal("/salary", (string?)examples["write_scope"]!["value"]!["errors"]![0]!["pointer"]);
        JsonNode schema = document["components"]!["schemas"]!["StaffPatch"]!;
        Assert.Equal("""[{"path":"salary","scope":"hr"}]""", schema["x-write-scopes"]!.ToJsonString());
        Assert.NotNull(schema["properties"]!["salary"]);
    }

    private static async Task<JsonNode> DocumentAsync()
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: services =>
            {
                services.AddControllers()
                    .AddApplicationPart(typeof(MarkController).Assembly)
                    .AddApplicationPart(typeof(VersionedController).Assembly);
                services.AddOpenApi(options => options.AddPatchGen());
            },
            middleware: web =>
            {
                web.MapOpenApi();
                web.MapControllers();
                web.MapPatch("/compiled/marks", (PatchBody<MarkPatch> body) => Marks.Json(body.Patch));
#pragma warning disable RDG002 // tests an endpoint that is created at run time
                Delegate createdAtRunTime = (PatchBody<MarkPatch> body) => Marks.Json(body.Patch);
                web.MapPatch("/runtime/marks", createdAtRunTime);
                web.MapPatch("/compiled/page", ([RequireIfMatch] IfMatch match, PatchBody<MarkPatch> body) => "");
                web.MapGet("/compiled/page", (IfNoneMatch none) => "");
                web.MapPut("/compiled/page", (IfNoneMatch none) => "");
                Delegate patch = ([RequireIfMatch] IfMatch match, PatchBody<MarkPatch> body) => "";
                Delegate known = (IfNoneMatch none) => "";
                web.MapPatch("/runtime/page", patch);
                web.MapGet("/runtime/page", known);
                web.MapPut("/runtime/page", known);
#pragma warning restore RDG002
            });
        ApiResponse response = await app.SendAsync("GET", "/openapi/v1.json");
        Assert.Equal(200, response.Status);
        return JsonNode.Parse(response.Text)!;
    }
}

[ApiController]
[Route("versioned")]
public sealed class VersionedController : ControllerBase
{
    [HttpPatch("page")]
    public string Patch(PatchBody<MarkPatch> body, [RequireIfMatch] IfMatch match) => Request.Method;

    [HttpGet("page")]
    [HttpPut("page")]
    public string Known(IfNoneMatch none) => Request.Method;
}
