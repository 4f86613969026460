using System.Text.Json.Nodes;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
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
        Assert.Equal(["200", "400", "403", "413", "415", "422"], patch["responses"]!.AsObject().Select(response => response.Key));
        Assert.Contains("`reset` until v2", (string?)patch["description"], StringComparison.Ordinal);
        Assert.DoesNotContain(patch["parameters"]?.AsArray() ?? [], parameter => (string?)parameter!["name"] == "body");
        JsonNode body = document["components"]!["schemas"]!["MarkPatch"]!;
        Assert.Equal(("1", "reset"), (body["minProperties"]?.ToJsonString(), (string?)body["x-fenced"]![0]!["path"]));
        Assert.Equal(
            [
                "CheckedCounterPatch", "CheckedInvoicePatch", "Counter", "CounterPatch", "Invoice", "InvoicePatch", "MarkPatch",
                "OwnedCounterPatch", "PatchProblemDetails", "Shelf", "ShelfPatch",
            ],
            document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).Order(StringComparer.Ordinal));
    }

    private static async Task<JsonNode> DocumentAsync()
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: services =>
            {
                services.AddControllers().AddApplicationPart(typeof(MarkController).Assembly);
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
#pragma warning restore RDG002
            });
        ApiResponse response = await app.SendAsync("GET", "/openapi/v1.json");
        Assert.Equal(200, response.Status);
        return JsonNode.Parse(response.Text)!;
    }
}
