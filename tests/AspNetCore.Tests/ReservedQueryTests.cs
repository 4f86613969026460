using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>A request for a dry run must not change a document by mistake.</summary>
public sealed class ReservedQueryTests
{
    [Theory]
    [InlineData("validateOnly=true", "validateOnly")]
    [InlineData("validateOnly=false", "validateOnly")]
    [InlineData("validateOnly", "validateOnly")]
    [InlineData("validateonly=true", "validateOnly")]
    [InlineData("validate_only=1", "validateOnly")]
    [InlineData("Validate-Only=true", "validateOnly")]
    [InlineData("%76alidateOnly=true", "validateOnly")]
    [InlineData("dryRun=true", "dryRun")]
    [InlineData("dryrun", "dryRun")]
    [InlineData("dry_run=false", "dryRun")]
    [InlineData("DRY-RUN=All", "dryRun")]
    [InlineData("x=1&dryRun=true", "dryRun")]
    public async Task A58_the_query_is_400_and_nothing_changes(string query, string named)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        StoredDocument before = await app.AddAsync(1);
        ApiResponse response = await app.SendAsync("PATCH", $"/counters/1?{query}", """{"value":5}""");
        string detail = ProblemAssert.Matches(response, 400, "unsupported_parameter").GetProperty("detail").GetString()!;
        Assert.StartsWith($"The query parameter {named} is not supported.", detail, StringComparison.Ordinal);
        Assert.Equal(before.Version, (await app.Store.LoadAsync(before.Key))!.Version);
        Assert.Equal(0, app.Hooks.Applied);
    }

    [Theory]
    [InlineData("validate=true")]
    [InlineData("dryRuns=true")]
    [InlineData("dry=run")]
    [InlineData("validateOnlyThis=true")]
    [InlineData("_")]
    [InlineData("")]
    [InlineData("fields=dryRun")]
    public async Task A58_other_query_parameters_are_ignored(string query)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(1);
        Assert.Equal(200, (await app.SendAsync("PATCH", $"/counters/1?{query}", """{"value":5}""")).Status);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/json", 400)]
    public async Task A46_the_media_type_comes_before_the_query_and_the_query_before_the_body(string contentType, int status)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        ApiResponse response = await app.SendAsync(
            "PATCH", "/counters/404?dryRun=true", """{"value":"x"}""", ("Content-Type", contentType));
        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task A58_a_GET_ignores_reserved_query_parameters()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        var owner = Guid.NewGuid();
        await app.AddAsync(1, owner: owner);
        ApiResponse response = await app.SendAsync(
            "GET", $"/owners/{owner}/counters?dryRun=true", null, ("X-Claims", "scope=counters:read"));
        Assert.Equal(200, response.Status);
    }
}
