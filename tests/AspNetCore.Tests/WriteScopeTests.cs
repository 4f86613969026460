using System.Text.Json;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>Members that callers need a scope for, and fences that are lifted for some callers.</summary>
[Collection("staff")]
public sealed class WriteScopeTests
{
    private static readonly string[] Paths = ["/staff/s1", "/own/staff"];

    public static TheoryData<string> Endpoints => new(Paths);

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A60_a_caller_without_the_scope_is_rejected_with_all_pointers(string path)
    {
        await using MiniApp app = await StartAsync();
        ApiResponse response = await app.SendAsync(
            "PATCH", path, """{"salary":"x","name":"","home":{"code":null}}""", ("X-Claims", "scope=hrx HR"));
        JsonElement problem = ProblemAssert.Matches(response, 403, "forbidden_scope");
        Assert.Equal(
            ["/salary missing_scope hr", "/home/code missing_scope hr:home"],
            problem.GetProperty("errors").EnumerateArray().Select(static error =>
                $"{error.GetProperty("pointer")} {error.GetProperty("code")} {error.GetProperty("scope")}"));
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"hr hr:home\"", response.Header("WWW-Authenticate"));
        Assert.Equal(0, app.Services.GetRequiredService<StaffWork>().Total);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A60_a_caller_with_the_scope_is_not(string path)
    {
        await using MiniApp app = await StartAsync();
        foreach (string claims in (string[])["scope=a hr hr:home", "scope=hr;scope=hr:home"])
        {
            ApiResponse response = await app.SendAsync(
                "PATCH", path, """{"salary":7,"home":{"code":"x"}}""", ("X-Claims", claims));
            Assert.True(response.Status == 200, response.Text);
            ProblemAssert.Matches(
                await app.SendAsync("PATCH", path, """{"salary":-1}""", ("X-Claims", claims)), 422, "validation");
        }

        Assert.Equal(200, (await app.SendAsync("PATCH", path, """{"name":"b"}""")).Status); // needs none
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A60_a_fence_precedes_a_scope(string path)
    {
        await using MiniApp app = await StartAsync();
        ProblemAssert.Matches(await app.SendAsync("PATCH", path, """{"salary":7,"soon":1}"""), 403, "forbidden_fence");
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A61_fences_are_lifted_for_the_requests_that_the_application_selects(string path)
    {
        int calls = 0;
        await using MiniApp app = await StartAsync(options => options.LiftedFencesSelector = context =>
        {
            calls++;
            return context.User.HasClaim("early", "yes") ? ["v1"] : [];
        });
        Assert.Equal(200, (await app.SendAsync("PATCH", path, """{"soon":"x"}""", ("X-Claims", "early=yes"))).Status);
        ProblemAssert.Matches(await app.SendAsync("PATCH", path, """{"soon":"x"}""", ("X-Claims", "early=no")), 403, "forbidden_fence");
        ProblemAssert.Matches(await app.SendAsync("PATCH", path, """{"soon":"x"}"""), 403, "forbidden_fence");
        Assert.Equal(3, calls);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A61_when_the_selection_fails_the_fences_stay_shut_and_the_response_is_500(string path)
    {
        await using MiniApp app = await StartAsync(options =>
            options.LiftedFencesSelector = static _ => throw new InvalidOperationException("secret of the server"));
        foreach (string body in (string[])["""{"soon":"x"}""", """{"name":"x"}""", "{"])
        {
            ApiResponse response = await app.SendAsync("PATCH", path, body);
            ProblemAssert.Matches(response, 500, "internal");
            Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
            await app.AssertLoggedAsync(LogLevel.Error, entry => entry.Scopes.Contains(response.RequestId, StringComparison.Ordinal));
        }

        Assert.Equal(0, app.Services.GetRequiredService<StaffWork>().Total);
    }

    private static Task<MiniApp> StartAsync(Action<PatchGenOptions>? configure = null) => MiniApp.StartAsync(
        services: services =>
        {
            services.AddSingleton<StaffWork>();
            services.AddPatchGen(configure);
        },
        middleware: static app =>
        {
            app.MapPatchHandler(new StaffHandler<StaffPatch>("/staff/{staffId}", app.Services.GetRequiredService<StaffWork>()));
            Staff.InsertAsync(app.Services, "s1").GetAwaiter().GetResult();
            app.MapPatch("/own/staff", static (PatchBody<StaffPatch> body, StaffWork work) =>
            {
                work.Applied++;
                return body.Patch.ToJson();
            });
        });
}
