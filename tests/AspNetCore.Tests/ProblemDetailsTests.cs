using System.Text.Json;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>The default form of errors: problem details (RFC 9457).</summary>
public sealed class ProblemDetailsTests
{
    [Fact]
    public async Task A_rejected_body_lists_its_errors()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        ApiResponse response = await app.SendAsync("PATCH", "/counters/1", """{"value":"x","mood":1,"note":null}""");
        JsonElement problem = ProblemAssert.Matches(response, 422, "validation");
        Assert.Equal("Unprocessable Entity", problem.GetProperty("title").GetString());
        Assert.Equal("/counters/1", problem.GetProperty("instance").GetString());
        Assert.Equal(
            ["/value wrong_type", "/mood unknown_member"],
            problem.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer")} {error.GetProperty("code")}"));
        Assert.All(problem.GetProperty("errors").EnumerateArray(), error => Assert.NotEmpty(error.GetProperty("detail").GetString()!));
    }

    [Theory]
    [InlineData("PATCH", "/counters/1", "{", 400, "malformed_body")]
    [InlineData("PATCH", "/counters/1", "{}", 404, "not_found")]
    [InlineData("PATCH", "/owners/00000000-0000-0000-0000-000000000000/counters", "{}", 401, "unauthenticated")]
    [InlineData("GET", "/nowhere", null, 404, "not_found")]
    [InlineData("GET", "/counters/1", null, 405, "method_not_allowed")] // no ReadScope: PATCH only
    [InlineData("OPTIONS", "/counters/1", null, 405, "method_not_allowed")]
    [InlineData("GET", "/throws", null, 500, "internal")]
    public async Task Every_error_is_problem_details(string method, string path, string? json, int status, string code)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        ApiResponse response = await app.SendAsync(method, path, json);
        ProblemAssert.Matches(response, status, code);
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheme_that_sets_no_header_is_described_as_bearer()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        ApiResponse response = await app.SendAsync("PATCH", $"/owners/{Guid.Empty}/counters", "{}");
        Assert.Equal((401, "Bearer"), (response.Status, response.Header("WWW-Authenticate")));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("scope=counters:read", false)]
    [InlineData("scope=counters:writer xcounters:write", false)]
    [InlineData("scope=COUNTERS:WRITE", false)]
    [InlineData("role=counters:write", false)]
    [InlineData("scope=counters:write", true)]
    [InlineData("scope=a  counters:write b", true)]
    [InlineData("scope=a;scope=counters:write", true)]
    public async Task Scopes_can_be_in_one_claim_or_several(string claims, bool allowed)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        ApiResponse response = await app.SendAsync("PATCH", $"/owners/{Guid.Empty}/counters", "{}", ("X-Claims", claims));
        ProblemAssert.Matches(response, allowed ? 404 : 403, allowed ? "not_found" : "forbidden_scope");
        Assert.Equal(allowed ? null : "Bearer error=\"insufficient_scope\", scope=\"counters:write\"", response.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task The_names_of_the_claims_can_be_configured()
    {
        var owner = Guid.NewGuid();
        await using MiniApp app = await MiniApp.StartAsync(
            services: services => services.AddPatchGen(options => (options.ScopeClaim, options.TenantClaim) = ("scp", "tenant")));
        await app.AddAsync(1, "org_1", owner);
        Assert.Equal(
            200, (await app.SendAsync("GET", $"/owners/{owner}/counters", null, ("X-Claims", "scp=counters:read;tenant=org_1"))).Status);
        Assert.Equal(
            404, (await app.SendAsync("GET", $"/owners/{owner}/counters", null, ("X-Claims", "scp=counters:read;org=org_1"))).Status);
        Assert.Equal(
            403, (await app.SendAsync("GET", $"/owners/{owner}/counters", null, ("X-Claims", "scope=counters:read;tenant=org_1"))).Status);
    }

    [Fact]
    public async Task A_single_tenant_needs_no_claim()
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: services => services.AddPatchGen(options => options.TenantClaim = null));
        await app.AddAsync(1);
        Assert.Equal(200, (await app.SendAsync("PATCH", "/counters/1", """{"value":1}""", ("X-Claims", "org=org_1"))).Status);
    }

    [Fact]
    public async Task A_rate_limit_of_the_application_is_429_in_the_same_form()
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: services => services.AddRateLimiter(limits =>
            {
                limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limits.AddFixedWindowLimiter("one", window => (window.PermitLimit, window.Window) = (1, TimeSpan.FromHours(1)));
                limits.OnRejected = (rejected, _) =>
                {
                    rejected.HttpContext.Response.Headers.RetryAfter = "3600";
                    return ValueTask.CompletedTask;
                };
            }),
            middleware: web =>
            {
                web.UseRateLimiter();
                web.MapGet("/limited", () => "here").RequireRateLimiting("one");
            });
        Assert.Equal(200, (await app.SendAsync("GET", "/limited")).Status);
        ApiResponse response = await app.SendAsync("GET", "/limited");
        ProblemAssert.Matches(response, 429, "rate_limited");
        Assert.Equal("3600", response.Header("Retry-After"));
    }

    [Fact]
    public async Task The_current_tag_and_the_candidates_are_in_the_body()
    {
        var owner = Guid.NewGuid();
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(1, owner: owner, slot: 10);
        await app.AddAsync(2, owner: owner, slot: 20);
        (string, string)[] headers = [("X-Claims", "scope=counters:write"), ("If-Match", "\"1-1\"")];
        JsonElement conflict = ProblemAssert.Matches(
            await app.SendAsync("PATCH", $"/owners/{owner}/counters", """{"value":1}""", headers), 409, "conflict");
        Assert.Equal("""{"slot":[10,20]}""", conflict.GetProperty("candidates").GetRawText());
        ApiResponse failed = await app.SendAsync("PATCH", $"/owners/{owner}/counters", """{"value":1,"slot":20}""", headers);
        Assert.Equal(failed.ETag, ProblemAssert.Matches(failed, 412, "precondition_failed").GetProperty("currentETag").GetString());
    }
}
