using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>Formats at an endpoint of the application's own.</summary>
public sealed class PatchBodyFormatTests : IAsyncLifetime
{
    private const string JsonPatch = "application/json-patch+json";
    private const string MergePatch = "application/merge-patch+json";

    private readonly Guest _guest = new()
    {
        Name = "Ann",
        Tags = ["a"],
        Home = new Home { Street = "Main", AlarmCode = "TOP" },
        Place = new Place(1, 2, "p"),
        VisitsAt = "noon",
        Pin = "TOP",
    };

    private MiniApp _app = null!;

    public async Task InitializeAsync() => _app = await MiniApp.StartAsync(
        services: static services => services.AddPatchGen(
            static options => options.Formats = PatchFormats.MergePatch | PatchFormats.JsonPatch),
        middleware: app => app.MapPatch("/own", (PatchBody<GuestPatch> body) =>
        {
            Guest patched = body.For(_guest, FormatsJson.Stored.Guest).ApplyTo(_guest, out _);
            return Results.Text(JsonSerializer.Serialize(patched, FormatsJson.Stored.Guest));
        }));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("application/json", """{"name":"Bea"}""", "name", "\"Bea\"")]
    [InlineData(MergePatch, """{"name":"Bea"}""", "name", "\"Bea\"")]
    [InlineData(MergePatch, """{"place":{"x":5}}""", "place", """{"x":5,"y":2,"label":"p"}""")]
    [InlineData(JsonPatch, """[{"op":"add","path":"/tags/0","value":"b"}]""", "tags", """["b","a"]""")]
    [InlineData(JsonPatch, """[{"op":"move","from":"/visits_at","path":"/nickname"}]""", "nickname", "\"noon\"")]
    public async Task For_translates_every_format(string type, string body, string member, string expected)
    {
        ApiResponse response = await SendAsync(type, body);
        Assert.True(response.Status == 200, response.Text);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(response.Text)![member]), response.Text);
        Assert.Equal("TOP", (string)JsonNode.Parse(response.Text)!["pin"]!);
    }

    [Theory]
    [InlineData(JsonPatch, """[{"op":"replace","path":"/name","value":""}]""", 422, "/0/value", "too_short")]
    [InlineData(JsonPatch, """[{"op":"remove","path":"/scores/x"}]""", 409, "/0/path", "missing_target")]
    [InlineData(JsonPatch, """[{"op":"test","path":"/pin","value":"TOP"}]""", 422, "/0/path", "unknown_member")]
    [InlineData(JsonPatch, """[{"op":"add","path":"/plan","value":1}]""", 403, "/0/path", "fenced")]
    [InlineData(JsonPatch, """[{"op":"add"}]""", 422, "/0", "missing_member")]
    [InlineData(MergePatch, """{"place":{"x":"5"}}""", 422, "/place/x", "wrong_type")]
    [InlineData(MergePatch, """{"plan":1,"place":{}}""", 403, "/plan", "fenced")]
    public async Task A_body_that_is_no_patch_of_the_document_is_the_response(
        string type, string body, int status, string pointer, string code)
    {
        ApiResponse response = await SendAsync(type, body);
        Assert.True(response.Status == status, response.Text);
        JsonNode problem = JsonNode.Parse(response.Text)!["errors"]![0]!;
        Assert.Equal((pointer, code), ((string)problem["pointer"]!, (string)problem["code"]!));
    }

    [Fact]
    public async Task Patch_says_what_to_call_instead()
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: static services => services.AddPatchGen(static options => options.Formats = PatchFormats.JsonPatch),
            middleware: static app => app.MapPatch("/own", static (PatchBody<GuestPatch> body) =>
            {
                Exception? thrown = Record.Exception(() => body.Patch);
                return Results.Text(thrown?.Message ?? "none");
            }));
        ApiResponse response = await app.SendAsync(
            "PATCH", "/own", """[{"op":"add","path":"/name","value":"B"}]""", ("Content-Type", JsonPatch));
        Assert.Equal("The body is in a format that needs the document: call For(document) instead of Patch.", response.Text);
    }

    private Task<ApiResponse> SendAsync(string type, string body) => _app.SendAsync("PATCH", "/own", body, ("Content-Type", type));
}
