using System.Text.Json;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary><see cref="IfMatch"/> and <see cref="IfNoneMatch"/> in endpoints of each kind.</summary>
public sealed class IfMatchTests : IAsyncLifetime
{
    private const string Valid = """{"value":2}""";

    private MiniApp _app = null!;

    public static TheoryData<string> Kinds => new(PageEndpoints.Kinds);

    private Pages Pages => _app.Services.GetRequiredService<Pages>();

    public async Task InitializeAsync() => _app = await StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public static TheoryData<string, string?, int> Conditions
    {
        get
        {
            TheoryData<string, string?, int> data = [];
            foreach (string kind in PageEndpoints.Kinds)
            {
                data.Add(kind, null, 200);
                data.Add(kind, "{tag}", 200);
                data.Add(kind, "*", 200);
                data.Add(kind, "\"other\", {tag}", 200);
                data.Add(kind, "W/{tag}, {tag}", 200);
                data.Add(kind, "\"other\"", 412);
                data.Add(kind, "W/{tag}", 412);
                data.Add(kind, "\"\"", 412);
                data.Add(kind, "{version}", 400); // without quotes
                data.Add(kind, "*, {tag}", 400);
                data.Add(kind, "\"open", 400);
                data.Add(kind, ",", 400);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task If_Match_decides_whether_the_document_is_changed(string kind, string? header, int status)
    {
        string version = Pages.Version.ToString();
        ApiResponse response = await SendAsync("PATCH", $"{kind}/page", Valid, header?.Replace("{tag}", $"\"{version}\"").Replace(
            "{version}", version));
        Assert.True(response.Status == status, response.Text);
        Assert.Equal(status == 200 ? 2 : 1, Pages.Page.Value);
        Assert.Equal(status == 400 ? 0 : 1, Pages.Calls);
        switch (status)
        {
            case 200:
                Assert.Equal($"\"{Pages.Version}\"", response.ETag);
                break;
            case 400:
                ProblemAssert.Matches(response, 400, "malformed_header");
                break;
            default:
                JsonElement problem = ProblemAssert.Matches(response, 412, "precondition_failed");
                Assert.Equal($"\"{version}\"", response.ETag);
                Assert.Equal(response.ETag, problem.GetProperty("currentETag").GetString());
                Assert.Equal(header!.StartsWith("W/", StringComparison.Ordinal), problem.GetProperty("detail").GetString()!.Contains(
                    "weak", StringComparison.Ordinal)); // A53
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_required_If_Match_is_428_when_it_is_missing(string kind)
    {
        ProblemAssert.Matches(await SendAsync("PATCH", $"{kind}/required", Valid, null), 428, "precondition_required");
        ProblemAssert.Matches(await SendAsync("PATCH", $"{kind}/required", Valid, "x"), 400, "malformed_header");
        Assert.Equal(0, Pages.Calls);
        Assert.Equal(200, (await SendAsync("PATCH", $"{kind}/required", Valid, "\"x\"")).Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A46_an_error_of_the_body_precedes_one_of_the_header(string kind)
    {
        foreach (string path in (string[])[$"{kind}/required", $"{kind}/page", $"{kind}/plain"])
        {
            ProblemAssert.Matches(await SendAsync("PATCH", path, "{", "x"), 400, "malformed_body");
            ProblemAssert.Matches(await SendAsync("PATCH", path, """{"valu":1}""", "x"), 422, "validation");
        }

        ProblemAssert.Matches(await SendAsync("PATCH", $"{kind}/required", """{"valu":1}""", null), 422, "validation");
        Assert.Equal(0, Pages.Calls);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_endpoint_without_IfMatch_never_ignores_the_header(string kind)
    {
        foreach (string header in (string[])["*", "\"x\"", "x", ""])
        {
            ProblemAssert.Matches(await SendAsync("PATCH", $"{kind}/plain", Valid, header), 412, "precondition_failed");
        }

        Assert.Equal(0, Pages.Calls);
        Assert.Equal(200, (await SendAsync("PATCH", $"{kind}/plain", Valid, null)).Status);
        Assert.Equal(200, (await SendAsync("PATCH", $"{kind}/header", Valid, "\"x\"")).Status); // takes it as a string
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_application_may_allow_it(string kind)
    {
        await using MiniApp app = await StartAsync(options => options.RejectUnsupportedIfMatch = false);
        Assert.Equal(200, (await app.SendAsync("PATCH", $"{kind}/plain", Valid, ("If-Match", "\"x\""))).Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task If_None_Match_is_304_for_GET_and_412_for_other_methods(string kind)
    {
        string tag = $"\"{Pages.Version}\"";
        foreach (string known in (string[])[tag, $"W/{tag}", $"\"x\", {tag}", "*"])
        {
            ApiResponse same = await SendAsync("GET", $"{kind}/page", null, known, "If-None-Match");
            Assert.Equal((304, tag, ""), (same.Status, same.ETag, same.Text));
            ApiResponse put = await SendAsync("PUT", $"{kind}/page", null, known, "If-None-Match");
            ProblemAssert.Matches(put, 412, "precondition_failed");
            Assert.Equal(tag, put.ETag);
        }

        foreach (string? other in (string?[])[null, "\"x\"", "W/\"x\""])
        {
            ApiResponse read = await SendAsync("GET", $"{kind}/page", null, other, "If-None-Match");
            Assert.Equal((200, tag, "1"), (read.Status, read.ETag, read.Text));
            Assert.Equal(200, (await SendAsync("PUT", $"{kind}/page", null, other, "If-None-Match")).Status);
        }

        int calls = Pages.Calls;
        ProblemAssert.Matches(await SendAsync("GET", $"{kind}/page", null, "x", "If-None-Match"), 400, "malformed_header");
        Assert.Equal(calls, Pages.Calls);
    }

    private Task<ApiResponse> SendAsync(string method, string path, string? json, string? header, string name = "If-Match") =>
        _app.SendAsync(method, path, json, header is null ? [] : [(name, header)]);

    private static Task<MiniApp> StartAsync(Action<PatchGenOptions>? configure = null) => MiniApp.StartAsync(
        services: services =>
        {
            services.AddSingleton<Pages>();
            services.AddPatchGen(configure);
            services.AddControllers().AddApplicationPart(typeof(PageController).Assembly);
        },
        middleware: app =>
        {
            PageEndpoints.Map(app);
            app.MapControllers();
        });
}
