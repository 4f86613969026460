using System.Text.Json;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>Error bodies are written by the application's <see cref="IProblemDetailsService"/>, if it has one.</summary>
public sealed class ProblemDetailsServiceTests
{
    private const string Invalid = """{"value":"x","mood":1,"note":null}""";

    [Fact]
    public async Task Without_a_service_the_body_is_the_default_byte_for_byte()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        ApiResponse response = await app.SendAsync("PATCH", "/counters/1", """{"value":-1,"é":0}""");
        Assert.Equal(
            """{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"Invalid body.","instance":"/counters/1","""
            + $"\"code\":\"validation\",\"requestId\":\"{response.RequestId}\",\"errors\":["
            + """{"pointer":"/é","code":"unknown_member","detail":"Unknown member."}]}""",
            response.Text);
        ApiResponse rule = await app.SendAsync("PATCH", "/counters/1", """{"value":-1}""");
        Assert.EndsWith(
            ""","errors":[{"pointer":"/value","code":"negative","detail":"A negative value needs a note.","needs":"note"}]}""",
            rule.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task CustomizeProblemDetails_applies_to_every_error()
    {
        await using MiniApp app = await MiniApp.StartAsync(services: services => services.AddProblemDetails(Customize));
        foreach ((string method, string path, string? json, int status, string code) in new[]
        {
            ("PATCH", "/counters/1", Invalid, 422, "validation"),
            ("PATCH", "/counters/1", "{}", 404, "not_found"),
            ("GET", "/nowhere", null, 404, "not_found"),
            ("GET", "/throws", null, 500, "internal"),
        })
        {
            ApiResponse response = await app.SendAsync(method, path, json);
            JsonElement problem = ProblemAssert.Matches(response, status, code);
            Assert.Equal("kept by Layers", problem.GetProperty("team").GetString());
            Assert.Equal($"seen {code}", problem.GetProperty("seen").GetString());
            Assert.Contains("no-store", response.Header("Cache-Control"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_problems_are_in_the_customized_body()
    {
        await using MiniApp app = await MiniApp.StartAsync(services: services => services.AddProblemDetails(Customize));
        JsonElement problem = ProblemAssert.Matches(await app.SendAsync("PATCH", "/counters/1", Invalid), 422, "validation");
        Assert.Equal(
            ["/value wrong_type", "/mood unknown_member"],
            problem.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer")} {error.GetProperty("code")}"));
    }

    [Fact]
    public async Task MVC_keeps_the_extension_members_of_errors()
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: services =>
            {
                services.AddControllers().AddApplicationPart(typeof(MarkApiController).Assembly);
                services.AddProblemDetails(Customize);
            },
            middleware: web => web.MapControllers());
        ApiResponse response = await app.SendAsync("PATCH", "/api/marks/1", """{"value":500}""");
        Assert.StartsWith("application/problem+json", response.Header("Content-Type"), StringComparison.Ordinal); // MVC adds a charset
        JsonElement problem = response.Json;
        Assert.Equal((422, "validation"), (response.Status, problem.GetProperty("code").GetString()));
        Assert.Equal("/value", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal("kept by Layers", problem.GetProperty("team").GetString());
    }

    [Fact]
    public async Task A_client_that_does_not_accept_JSON_still_receives_a_body()
    {
        await using MiniApp app = await MiniApp.StartAsync(services: services => services.AddProblemDetails(Customize));
        ApiResponse response = await app.SendAsync("PATCH", "/counters/1", Invalid, ("Accept", "text/html"));
        JsonElement problem = ProblemAssert.Matches(response, 422, "validation");
        Assert.False(problem.TryGetProperty("team", out _)); // not written by a writer of the service
    }

    [Fact]
    public async Task A_registered_writer_writes_the_body()
    {
        await using MiniApp app = await MiniApp.StartAsync(services: services =>
        {
            services.AddSingleton<IProblemDetailsWriter, PlainWriter>();
            services.AddProblemDetails();
        });
        ApiResponse response = await app.SendAsync("PATCH", "/counters/1", Invalid);
        Assert.Equal((422, "validation: Invalid body."), (response.Status, response.Text));
        Assert.Equal("no-store", response.Header("Cache-Control"));
    }

    private static void Customize(ProblemDetailsOptions options) => options.CustomizeProblemDetails = context =>
    {
        context.ProblemDetails.Extensions["team"] = "kept by Layers";
        if (context.ProblemDetails.Extensions.TryGetValue("code", out object? code)) // MVC customizes before it copies extensions
        {
            context.ProblemDetails.Extensions["seen"] = "seen " + (string?)code;
        }
    };

    private sealed class PlainWriter : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public async ValueTask WriteAsync(ProblemDetailsContext context) =>
            await context.HttpContext.Response.WriteAsync($"{context.ProblemDetails.Extensions["code"]}: {context.ProblemDetails.Detail}");
    }
}
