using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>Formats over HTTP: media types, the order of the checks, problems, trials.</summary>
public sealed class FormatFlowTests : IAsyncLifetime
{
    private const string JsonPatch = "application/json-patch+json";
    private const string MergePatch = "application/merge-patch+json";
    private const string All = "application/json, application/merge-patch+json, application/json-patch+json";

    private MiniApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await MiniApp.StartAsync(services: static services =>
            services.AddPatchGen(static options => options.AllowValidateOnly = true));
        await _app.Store.InsertAsync(
            new DocumentKey("", Guest.Collection, "g1"),
            new Guest
            {
                Name = "Ann",
                Age = 40,
                Tags = ["a", "b"],
                Home = new Home { Street = "Main", City = "Bern", AlarmCode = "TOP1" },
                Scores = new() { ["x"] = 1 },
                Place = new Place(1, 2, "p"),
                VisitsAt = "noon",
                Bookings = [new Booking { Room = 1, Door = "TOP2" }],
                Pin = "TOP3",
                Hash = "TOP4",
            },
            FormatsJson.Stored.Guest);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("""[{"op":"replace","path":"/name","value":"Bea"}]""", "name", "\"Bea\"")]
    [InlineData("""[{"op":"add","path":"/tags/-","value":"c"},{"op":"remove","path":"/tags/0"}]""", "tags", """["b","c"]""")]
    [InlineData("""[{"op":"remove","path":"/age"}]""", "age", "null")]
    [InlineData("""[{"op":"move","from":"/visits_at","path":"/nickname"}]""", "nickname", "\"noon\"")]
    [InlineData("""[{"op":"replace","path":"/home","value":{"street":"New"}}]""", "home", """{"street":"New","city":null}""")]
    [InlineData("""[{"op":"add","path":"/home/floor","value":{"n":2}}]""", "home", """{"street":"Main","city":"Bern","floor":{"n":2}}""")]
    [InlineData("""[{"op":"add","path":"/scores/y","value":2},{"op":"remove","path":"/scores/x"}]""", "scores", """{"y":2}""")]
    [InlineData("""[{"op":"replace","path":"/scores","value":{"z":3}}]""", "scores", """{"z":3}""")]
    [InlineData("""[{"op":"replace","path":"/place/x","value":7}]""", "place", """{"x":7,"y":2,"label":"p"}""")]
    [InlineData("""[{"op":"copy","from":"/id","path":"/nickname"}]""", "nickname", "\"g1\"")]
    [InlineData("""[{"op":"add","path":"/extra","value":{"a":[1.50]}},{"op":"add","path":"/extra/a/0","value":null}]""",
        "extra", """{"a":[null,1.50]}""")]
    [InlineData("""[{"op":"test","path":"/id","value":"g1"},{"op":"add","path":"/homes","value":{"h":{"street":"S"}}}]""",
        "homes", """{"h":{"street":"S","city":null}}""")]
    public async Task JSON_Patch_changes_the_document(string body, string member, string expected)
    {
        ApiResponse response = await PatchAsync(JsonPatch, body);
        Assert.True(response.Status == 200, response.Text);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(response.Text)![member]), response.Text);
        Assert.Equal(All, response.Header("Accept-Patch"));
        Assert.DoesNotContain("TOP", response.Text, StringComparison.Ordinal);
        Guest stored = await StoredAsync();
        Assert.Equal(("TOP3", "TOP4"), (stored.Pin, stored.Hash));
        Assert.Equal("TOP1", stored.Home!.AlarmCode);
    }

    [Theory]
    [InlineData("""{"name":"Bea"}""", "name", "\"Bea\"")]
    [InlineData("""{"place":{"x":7,"label":null}}""", "place", """{"x":7,"y":2,"label":null}""")]
    [InlineData("""{"home":{"city":null,"floor":{"n":2,"m":null}}}""", "home", """{"street":"Main","city":null,"floor":{"n":2}}""")]
    [InlineData("""{"extra":{"a":{"b":null,"c":1}}}""", "extra", """{"a":{"c":1}}""")]
    [InlineData("""{"scores":{"x":null,"y":5}}""", "scores", """{"y":5}""")]
    public async Task Merge_patch_changes_the_document(string body, string member, string expected)
    {
        ApiResponse response = await PatchAsync(MergePatch, body);
        Assert.True(response.Status == 200, response.Text);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(response.Text)![member]), response.Text);
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/name","value":""}]""", 422, "/0/value", "too_short", "/name")]
    [InlineData("""[{"op":"remove","path":"/name"}]""", 422, "/0/path", "null_not_allowed", "/name")]
    [InlineData("""[{"op":"replace","path":"/nam","value":""}]""", 422, "/0/path", "unknown_member", "/nam")]
    [InlineData("""[{"op":"replace","path":"/id","value":"g2"}]""", 422, "/0/path", "unknown_member", "/id")]
    [InlineData("""[{"op":"remove","path":"/hash"}]""", 422, "/0/path", "unknown_member", "/hash")]
    [InlineData("""[{"op":"test","path":"/pin","value":"TOP3"}]""", 422, "/0/path", "unknown_member", "/pin")]
    [InlineData("""[{"op":"copy","from":"/pin","path":"/nickname"}]""", 422, "/0/from", "unknown_member", "/pin")]
    [InlineData("""[{"op":"remove","path":"/home/alarmCode"}]""", 422, "/0/path", "unknown_member", "/home/alarmCode")]
    [InlineData(
        """[{"op":"test","path":"/hash","value":"TOP4"},{"op":"remove","path":"/age"}]""",
        409, "/0/path", "missing_target", "/hash")]
    [InlineData(
        """[{"op":"test","path":"/nothing","value":"TOP4"},{"op":"remove","path":"/age"}]""",
        409, "/0/path", "missing_target", "/nothing")]
    [InlineData("""[{"op":"test","path":"/age","value":41},{"op":"remove","path":"/age"}]""", 409, "/0/path", "test_failed", "/age")]
    [InlineData("""[{"op":"add","path":"/bookings/-","value":{"room":2}}]""", 422, "/0/path", "unknown_member", "/bookings/-")]
    [InlineData("""[{"op":"add","path":"/tags/0","value":7}]""", 422, "/0/value", "wrong_type", "/tags/0")]
    [InlineData("""[{"op":"add","path":"/tags/0","value":7},{"op":"add","path":"/tags/0","value":"c"}]""",
        422, "/0/value", "wrong_type", "/tags/1")]
    [InlineData(
        """[{"op":"replace","path":"/tags","value":["1","2","3","4","5"]},{"op":"copy","from":"/tags/0","path":"/tags/-"}]""",
        422, "/1/path", "too_long", "/tags")]
    [InlineData("""[{"op":"move","from":"/id","path":"/nickname"}]""", 422, "/0/from", "unknown_member", "/id")]
    [InlineData("""[{"op":"replace","path":"/home","value":{"city":"C"}}]""", 422, "/0/value", "null_not_allowed", "/home/street")]
    [InlineData(
        """[{"op":"replace","path":"/home","value":{"street":5,"city":"C"}}]""",
        422, "/0/value/street", "wrong_type", "/home/street")]
    [InlineData("""[{"op":"add","path":"/home/floor","value":null}]""", 422, "/0/value", "null_not_allowed", "/home/floor")]
    [InlineData("""[{"op":"test","path":"/age","value":40}]""", 422, "", "empty_patch", null)]
    [InlineData("""[]""", 422, "", "empty_patch", null)]
    [InlineData("""[{"op":"add","path":"/plan","value":1}]""", 403, "/0/path", "fenced", "/plan")]
    [InlineData("""[{"op":"test","path":"/plan","value":1}]""", 403, "/0/path", "fenced", "/plan")]
    [InlineData("""[{"op":"replace","path":"/loyalty/tier/x","value":null},{"op":"x"}]""", 403, "/0/path", "fenced", "/loyalty/tier/x")]
    [InlineData("""[{"op":"add","path":"/loyalty","value":{"tier":1}}]""", 403, "/0/value/tier", "fenced", "/loyalty/tier")]
    [InlineData("""[{"op":"replace","path":"/isRegular","value":true}]""", 403, "/0/path", "missing_scope", "/isRegular")]
    [InlineData("""[{"op":"copy","from":"/isRegular","path":"/nickname"}]""", 403, "/0/from", "missing_scope", "/isRegular")]
    public async Task An_error_points_into_the_body_and_changes_nothing(
        string body, int status, string pointer, string code, string? path)
    {
        DocumentVersion before = (await LoadAsync()).Version;
        ApiResponse response = await PatchAsync(JsonPatch, body);
        Assert.True(response.Status == status, response.Text);
        JsonNode problem = Assert.Single(JsonNode.Parse(response.Text)!["errors"]!.AsArray())!;
        var found = ((string)problem["pointer"]!, (string)problem["code"]!, (string?)problem["path"]);
        Assert.True((pointer, code, path) == found, response.Text);
        Assert.DoesNotContain("TOP", response.Text, StringComparison.Ordinal);
        Assert.Equal(before, (await LoadAsync()).Version);
    }

    [Fact]
    public async Task A_hidden_member_can_be_written()
    {
        ApiResponse response = await PatchAsync(JsonPatch, """
            [{"op":"add","path":"/pin","value":"p1"},{"op":"replace","path":"/home/alarmCode","value":"c1"}]
            """);
        Assert.Equal(200, response.Status);
        Guest stored = await StoredAsync();
        Assert.Equal(("p1", "c1", "Main"), (stored.Pin, stored.Home!.AlarmCode, stored.Home.Street));
    }

    [Theory]
    [InlineData(JsonPatch, """[{"op":"add","path":"/plan","value":1}]""", 403)]
    [InlineData(JsonPatch, """[{"op":"add","path":"/nam","value":1}]""", 422)]
    [InlineData(JsonPatch, """[{"op":"add","path":"/name","value":1}]""", 404)]
    [InlineData(JsonPatch, """[{"op":"test","path":"/none","value":1},{"op":"remove","path":"/age"}]""", 404)]
    [InlineData(MergePatch, """{"name":1,"place":{"x":1}}""", 422)]
    [InlineData(MergePatch, """{"place":{"x":"1"}}""", 404)]
    public async Task Only_what_needs_the_document_comes_after_it_is_found(string type, string body, int status)
    {
        Assert.Equal(status, (await _app.SendAsync("PATCH", "/guests/none", body, ("Content-Type", type))).Status);
    }

    [Fact]
    public async Task Values_come_after_preconditions()
    {
        const string Wrong = """[{"op":"add","path":"/name","value":1}]""";
        Assert.Equal(412, (await PatchAsync(JsonPatch, Wrong, ("If-Match", "\"other\""))).Status);
        Assert.Equal(400, (await PatchAsync(JsonPatch, Wrong, ("If-Match", "other"))).Status);
        Assert.Equal(422, (await PatchAsync(JsonPatch, Wrong, ("If-Match", "*"))).Status);
    }

    [Theory]
    [InlineData("application/json-patch+json; charset=utf-8", 200)]
    [InlineData("Application/JSON-Patch+JSON", 200)]
    [InlineData("application/json-patch+json; charset=latin1", 415)]
    [InlineData("application/vnd.a+json", 415)]
    [InlineData("text/json", 415)]
    public async Task Media_types_are_compared_as_HTTP_says(string type, int status)
    {
        ApiResponse response = await PatchAsync(type, """[{"op":"replace","path":"/name","value":"Bea"}]""");
        Assert.Equal((status, All), (response.Status, response.Header("Accept-Patch")));
    }

    [Fact]
    public async Task Other_endpoints_take_plain_JSON_alone()
    {
        await _app.AddAsync(1);
        ApiResponse response = await _app.SendAsync("PATCH", "/counters/1", "[]", ("Content-Type", JsonPatch));
        Assert.Equal((415, "application/json"), (response.Status, response.Header("Accept-Patch")));
        Assert.Equal(All, (await _app.SendAsync("OPTIONS", "/guests/g1")).Header("Accept-Patch"));
    }

    [Theory]
    [InlineData(JsonPatch, """[{"op":"replace","path":"/name","value":"Bea"}]""", 200)]
    [InlineData(MergePatch, """{"name":"Bea"}""", 200)]
    [InlineData("application/json", """{"name":"Bea"}""", 200)]
    [InlineData("application/json", """{"name":"Ann"}""", 200)]
    [InlineData("application/json", """{"name":""}""", 422)]
    public async Task A_trial_changes_nothing(string type, string body, int status)
    {
        DocumentVersion before = (await LoadAsync()).Version;
        ApiResponse response = await _app.SendAsync("PATCH", "/guests/g1?validateOnly=true", body, ("Content-Type", type));
        Assert.True(response.Status == status, response.Text);
        Assert.Null(response.Header("ETag"));
        if (status == 200)
        {
            Assert.Equal(body.Contains("Bea", StringComparison.Ordinal) ? "Bea" : "Ann", (string)JsonNode.Parse(response.Text)!["name"]!);
        }

        Assert.Equal(before, (await LoadAsync()).Version);
    }

    [Theory]
    [InlineData("validateOnly=false", 200)]
    [InlineData("validateOnly=1", 400)]
    [InlineData("validateOnly", 400)]
    [InlineData("validateOnly=true&validateOnly=true", 400)]
    [InlineData("validateOnly=True", 400)]
    [InlineData("ValidateOnly=true", 400)]
    [InlineData("validate_only=true", 400)]
    [InlineData("dryRun=true", 400)]
    public async Task Other_values_and_spellings_are_rejected(string query, int status) =>
        Assert.Equal(status, (await _app.SendAsync("PATCH", $"/guests/g1?{query}", """{"name":"Bea"}""")).Status);

    [Fact]
    public async Task A_trial_meets_preconditions_and_a_missing_document()
    {
        const string Trial = "?validateOnly=true";
        Assert.Equal(404, (await _app.SendAsync("PATCH", "/guests/none" + Trial, """{"name":"Bea"}""")).Status);
        Assert.Equal(
            412, (await _app.SendAsync("PATCH", "/guests/g1" + Trial, """{"name":"Bea"}""", ("If-Match", "\"other\""))).Status);
    }

    private Task<ApiResponse> PatchAsync(string type, string body, params (string Name, string Value)[] headers) =>
        _app.SendAsync("PATCH", "/guests/g1", body, [("Content-Type", type), .. headers]);

    private async Task<StoredDocument> LoadAsync() => (await _app.Store.LoadAsync(new DocumentKey("", Guest.Collection, "g1")))!;

    private async Task<Guest> StoredAsync() => JsonSerializer.Deserialize((await LoadAsync()).Json.Span, FormatsJson.Stored.Guest)!;
}
