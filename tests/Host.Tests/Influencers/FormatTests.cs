using System.Text;
using System.Text.Json.Nodes;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;

namespace Layers.PatchGen.Host.Tests.Influencers;

/// <summary>The setting <c>Formats</c>: merge-patch and JSON Patch of influencers.</summary>
public sealed class FormatTests : IAsyncLifetime, IDisposable
{
    private const string JsonPatch = "application/json-patch+json";
    private const string MergePatch = "application/merge-patch+json";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        _app = HostApp.Build(TestHost.Arguments(_folder.Path, "--Store:Kind", "Memory", "--Formats", "MergePatch, JsonPatch"));
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData(MergePatch)]
    public async Task A54_the_body_of_page_A_is_a_merge_patch_too(string type)
    {
        ApiResponse response = await PatchAsync(type, """{"vibe":"precise","personality":{"humor":"dry"}}""");
        Assert.True(response.Status == 200, response.Text);
        Assert.Equal("application/json, application/merge-patch+json, application/json-patch+json", response.Header("Accept-Patch"));
        Assert.Equal("precise", (string)JsonNode.Parse(response.Text)!["vibe"]!);
    }

    [Fact]
    public async Task A55_objects_are_merged_at_every_depth()
    {
        await PatchAsync("application/json", """{"personality":{"pet":{"kind":"cat","name":"Mo","age":{"years":3,"months":2}}}}""");
        ApiResponse response = await PatchAsync(MergePatch, """{"personality":{"pet":{"name":null,"age":{"years":4}}}}""");
        Assert.Equal(
            """{"kind":"cat","age":{"years":4,"months":2}}""", JsonNode.Parse(response.Text)!["personality"]!["pet"]!.ToJsonString());
    }

    [Fact]
    public async Task A56_operations_are_applied_in_order()
    {
        ApiResponse response = await PatchAsync(JsonPatch, """
            [{"op":"test","path":"/name","value":"Ava Chen"},{"op":"replace","path":"/personality/traits/0","value":"warm"},
             {"op":"add","path":"/personality/traits/-","value":"bold"},{"op":"remove","path":"/vibe"},
             {"op":"copy","from":"/name","path":"/personality/alias"}]
            """);
        Assert.True(response.Status == 200, response.Text);
        JsonNode record = JsonNode.Parse(response.Text)!;
        JsonArray traits = record["personality"]!["traits"]!.AsArray();
        Assert.Equal(("warm", "bold", "Ava Chen"), ((string)traits[0]!, (string)traits[^1]!, (string)record["personality"]!["alias"]!));
        Assert.Null(record["vibe"]);
    }

    [Fact]
    public async Task A57_the_envelope_names_the_operation_and_the_field()
    {
        ApiResponse response = await PatchAsync(JsonPatch, """
            [{"op":"replace","path":"/vibe","value":"x"},{"op":"replace","path":"/name","value":""},
             {"op":"add","path":"/status","value":"x"}]
            """);
        Assert.Equal((422, "VALIDATION"), (response.Status, response.Code));
        Assert.Equal(["/2/path unknown_member"], response.Issues);
        response = await PatchAsync(JsonPatch, """[{"op":"replace","path":"/name","value":""}]""");
        Assert.Equal(["name"], response.Fields);
        Assert.Equal(["/0/value too_short"], response.Issues);
        response = await PatchAsync(JsonPatch, """[{"op":"test","path":"/name","value":"Bo"},{"op":"remove","path":"/vibe"}]""");
        Assert.Equal((409, "TEST_FAILED"), (response.Status, response.Code));
        Assert.DoesNotContain("Ava", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A54_engagement_takes_plain_JSON_alone()
    {
        ApiResponse response = await SendAsync($"/v1/projects/{DemoData.OneLayer}/engagement", MergePatch, "{}");
        Assert.Equal((415, "application/json"), (response.Status, response.Header("Accept-Patch")));
    }

    [Fact]
    public async Task OpenAPI_describes_each_format_with_its_schema()
    {
        JsonNode document = JsonNode.Parse(await _client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        JsonObject content = document["paths"]!["/v1/influencers/{influencerId}"]!["patch"]!["requestBody"]!["content"]!.AsObject();
        Assert.Equal(["application/json", MergePatch, JsonPatch], content.Select(static one => one.Key));
        Assert.Equal("#/components/schemas/InfluencerPatch", (string)content[MergePatch]!["schema"]!["$ref"]!);
        Assert.Equal("#/components/schemas/JsonPatch", (string)content[JsonPatch]!["schema"]!["$ref"]!);
        Assert.Equal(64, (int)document["components"]!["schemas"]!["JsonPatch"]!["maxItems"]!);
        JsonObject errors = document["paths"]!["/v1/influencers/{influencerId}"]!["patch"]!["responses"]!["409"]!.AsObject();
        Assert.Contains("test_failed", errors.ToJsonString(), StringComparison.Ordinal);
    }

    private Task<ApiResponse> PatchAsync(string type, string json) => SendAsync($"/v1/influencers/{DemoData.Ava}", type, json);

    private async Task<ApiResponse> SendAsync(string path, string type, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path);
        request.Headers.Add("X-Api-Key", "lp_live_demo_full");
        request.Content = new StringContent(json, Encoding.UTF8, type);
        using HttpResponseMessage response = await _client.SendAsync(request);
        return await ApiResponse.ReadAsync(response);
    }
}
