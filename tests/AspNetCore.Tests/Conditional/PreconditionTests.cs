using System.Text.Json;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary><c>If-Match</c> and <c>If-None-Match</c> together, checked once, inside the transaction of the store.</summary>
public sealed class PreconditionTests
{
    [Theory]
    [InlineData("", "", 200)]
    [InlineData("{tag}", "", 200)]
    [InlineData("*", "", 200)]
    [InlineData("\"1-1\"", "", 412)]
    [InlineData("\"1-1\", {tag}", "", 200)]
    [InlineData("W/{tag}", "", 412)]
    [InlineData("W/{tag}, {tag}", "", 200)]
    [InlineData("", "{tag}", 412)]
    [InlineData("", "W/{tag}", 412)]
    [InlineData("", "*", 412)]
    [InlineData("", "\"1-1\"", 200)]
    [InlineData("{tag}", "{tag}", 412)]
    [InlineData("{tag}", "\"1-1\"", 200)]
    [InlineData("\"1-1\"", "\"1-1\"", 412)]
    [InlineData("junk", "", 400)]
    [InlineData("", "junk", 400)]
    [InlineData("*, {tag}", "", 400)]
    public async Task A_change_is_made_when_both_headers_allow_it(string ifMatch, string ifNoneMatch, int status)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        string tag = $"\"{(await app.AddAsync(1)).Version}\"";
        (string, string)[] headers = [.. Headers(("If-Match", ifMatch), ("If-None-Match", ifNoneMatch))];
        ApiResponse response = await app.SendAsync("PATCH", "/counters/1", """{"value":5}""", headers);
        Assert.True(response.Status == status, response.Text);
        Assert.Equal(status == 200 ? 1 : 0, app.Hooks.Applied);
        if (status == 412)
        {
            Assert.Equal(tag, response.ETag);
            Assert.Equal(tag, response.Json.GetProperty("currentETag").GetString());
        }

        IEnumerable<(string, string)> Headers(params (string Name, string Value)[] sent) =>
            sent.Where(header => header.Value.Length > 0)
                .Select(header => (header.Name, header.Value.Replace("{tag}", tag, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("W/{tag}", true)]
    [InlineData("\"1-1\"", false)]
    public async Task A53_the_message_explains_that_a_tag_is_weak(string ifMatch, bool isWeak)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        string tag = $"\"{(await app.AddAsync(1)).Version}\"";
        ApiResponse response = await app.SendAsync(
            "PATCH", "/counters/1", """{"value":5}""", ("If-Match", ifMatch.Replace("{tag}", tag, StringComparison.Ordinal)));
        JsonElement problem = ProblemAssert.Matches(response, 412, "precondition_failed");
        Assert.Equal(
            isWeak
                ? "If-Match needs a strong entity tag; \"W/…\" is weak. A proxy that compresses responses may have weakened it."
                : "Counter has changed; read it again and retry.",
            problem.GetProperty("detail").GetString());
    }
}
