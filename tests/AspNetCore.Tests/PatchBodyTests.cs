using System.Text;
using System.Text.RegularExpressions;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>
/// Custom endpoints: minimal APIs, with request delegates created at compile time or at run time, and both kinds of controllers.
/// </summary>
public sealed partial class PatchBodyTests : IAsyncLifetime
{
    private static readonly string[] Paths = ["/compiled/marks/1", "/runtime/marks/1", "/api/marks/1", "/plain/marks/1"];

    private MiniApp _app = null!;

    public static TheoryData<string> Endpoints => new(Paths);

    public async Task InitializeAsync() => _app = await StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task The_patch_is_bound_and_absent_members_are_not_required(string path)
    {
        Assert.Equal((200, """1 {"value":7}"""), await PatchAsync(path, """{"value":7}"""));
        Assert.Equal((200, """1 {"note":"abc"}"""), await PatchAsync(path, """ {"note":"abc"} """));
        Assert.Equal((200, """1 {"value":1,"note":"abcde"}"""), await PatchAsync(path, """{"note":"abcde","value":1}"""));
    }

    /// <summary>
    /// The platform's validation is active in the same application, and reports members that are missing in an ordinary body. It does not
    /// validate patches.
    /// </summary>
    [Theory]
    [InlineData("/compiled/ordinary")]
    [InlineData("/api/ordinary")]
    public async Task An_ordinary_body_is_validated_by_the_platform(string path)
    {
        Assert.Equal((200, "7 abc"), await PatchAsync(path, """{"value":7,"note":"abc"}"""));
        foreach (string json in (string[])["""{"value":7}""", """{"note":"abc"}"""])
        {
            ApiResponse response = await SendAsync(path, "application/json", json);
            Assert.Equal(400, response.Status);
            Assert.Contains("validation errors", response.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>The same response as that of the generated endpoint, except the id and the path of the request.</summary>
    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Errors_are_the_same_as_those_of_a_generated_endpoint(string path)
    {
        (int Status, string? ContentType, string Json)[] cases =
        [
            (422, "application/json", """{"value":0,"note":"abcdef","values":1}"""),
            (422, "application/json", """{"value":"1","value":2,"note":null}"""),
            (422, "application/json", "{}"),
            (422, "application/json", "[]"),
            (403, "application/json", """{"reset":1,"value":0}"""),
            (400, "application/json; charset=utf-8", """{"value":1"""),
            (400, "application/json", ""),
            (413, "application/json", $$"""{"note":"{{new string('x', 70_000)}}"}"""),
            (415, "text/plain", """{"value":1}"""),
            (415, "application/merge-patch+json", """{"value":1}"""),
            (415, "application/json; charset=utf-16", """{"value":1}"""),
            (415, null, """{"value":1}"""),
        ];
        foreach ((int status, string? contentType, string json) in cases)
        {
            ApiResponse expected = await SendAsync("/marks/1", contentType, json);
            ApiResponse response = await SendAsync(path, contentType, json);
            Assert.Equal(status, expected.Status);
            Assert.Equal(status, response.Status);
            Assert.Equal(Blank(expected), Blank(response));
            Assert.Equal(expected.HeaderNames, response.HeaderNames);
            Assert.Equal(expected.Header("Accept-Patch"), response.Header("Accept-Patch"));
            ProblemAssert.Matches(response, status, expected.Json.GetProperty("code").GetString()!);
        }
    }

    [Fact]
    public void A_test_can_create_a_body()
    {
        Assert.Equal(7, new PatchBody<MarkPatch>(new MarkPatch { Value = 7 }).Patch.Value);
        Assert.Throws<ArgumentNullException>(() => new PatchBody<ShelfPatch>((ShelfPatch)null!));
    }

    [Fact]
    public async Task A_rejected_body_does_not_reach_filters_or_the_endpoint()
    {
        bool called = false;
        await using MiniApp app = await StartAsync(web => web.MapPatch("/filtered", (PatchBody<MarkPatch> body) => "")
            .AddEndpointFilter(async (invocation, next) =>
            {
                called = true;
                Assert.Equal(1, invocation.GetArgument<PatchBody<MarkPatch>>(0).Patch.Value);
                return await next(invocation);
            }));
        Assert.Equal(422, (await app.SendAsync("PATCH", "/filtered", """{"value":0}""")).Status);
        Assert.False(called);
        Assert.Equal(200, (await app.SendAsync("PATCH", "/filtered", """{"value":1}""")).Status);
        Assert.True(called);
    }

    [Fact]
    public async Task The_options_apply_to_all_endpoints()
    {
        await using MiniApp app = await StartAsync(services: services => services.AddPatchGen(
            options => options.Read = new PatchReadOptions { MaxBytes = 16, LiftedFences = ["v2"] }));
        foreach (string path in Paths)
        {
            Assert.Equal(413, (await app.SendAsync("PATCH", path, """{"value":1,"note":"ab"}""")).Status);
            Assert.Equal(422, (await app.SendAsync("PATCH", path, """{"reset":1}""")).Status); // lifted, but not declared
        }
    }

    [Fact]
    public void The_generators_of_the_platform_ran()
    {
        Assert.Contains(GetType().Assembly.GetTypes(), type => type.Namespace == "Microsoft.AspNetCore.Http.Generated");
        Assert.Contains(GetType().Assembly.GetTypes(), type => type.Namespace == "Microsoft.Extensions.Validation.Generated");
    }

    [Fact]
    public void Every_endpoint_describes_its_body()
    {
        var descriptions = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PatchBodyDescription>()?.PatchType == typeof(MarkPatch))
            .Select(endpoint => endpoint.RoutePattern.RawText);
        Assert.Equal(
            ["/compiled/marks/{id}", "/marks/{counterId}", "/runtime/marks/{id}", "api/marks/{id}", "plain/marks/{id}"],
            descriptions.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_store_and_no_handlers_are_needed()
    {
        // The development environment validates services.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(["--environment", "Development", "--urls", "http://127.0.0.1:0"]);
        builder.Services.AddPatchGen();
        await using WebApplication app = builder.Build();
        app.MapPatch("/marks", (PatchBody<MarkPatch> body) => Marks.Json(body.Patch));
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using HttpResponseMessage response = await client.PatchAsync(
            "/marks", new StringContent("""{"value":1}""", Encoding.UTF8, "application/json"));
        Assert.Equal("""{"value":1}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_missing_service_is_reported()
    {
        await using WebApplication app = WebApplication.CreateSlimBuilder().Build();
        app.MapPatch("/marks", (PatchBody<MarkPatch> body) => "");
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(
            () => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ToList());
        Assert.Contains("AddPatchGen()", e.Message, StringComparison.Ordinal);
    }

    private static Task<MiniApp> StartAsync(
        Action<WebApplication>? middleware = null, Action<IServiceCollection>? services = null) => MiniApp.StartAsync(
        services: collection =>
        {
            collection.AddValidation();
            collection.AddControllers().AddApplicationPart(typeof(MarkController).Assembly);
            services?.Invoke(collection);
        },
        middleware: web =>
        {
            web.MapPatch("/compiled/marks/{id}", (int id, PatchBody<MarkPatch> body) => $"{id} {Marks.Json(body.Patch)}");
            web.MapPatch("/compiled/ordinary", (OrdinaryMark body) => $"{body.Value} {body.Note}").ExcludeFromDescription();
            Delegate createdAtRunTime = (int id, PatchBody<MarkPatch> body) => $"{id} {Marks.Json(body.Patch)}";
#pragma warning disable RDG002 // tests an endpoint that is created at run time
            web.MapPatch("/runtime/marks/{id}", createdAtRunTime);
#pragma warning restore RDG002
            web.MapControllers();
            middleware?.Invoke(web);
        });

    private async Task<(int, string)> PatchAsync(string path, string json)
    {
        ApiResponse response = await SendAsync(path, "application/json", json);
        return (response.Status, response.Text);
    }

    private Task<ApiResponse> SendAsync(string path, string? contentType, string json) =>
        _app.SendAsync("PATCH", path, json, ("Content-Type", contentType ?? ""));

    private static string Blank(ApiResponse response) => RequestParts().Replace(response.Text, "");

    [GeneratedRegex("""("instance":"[^"]*",)|("requestId":"[^"]*",?)""")]
    private static partial Regex RequestParts();
}
