using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Flow;

/// <summary>The format of errors: problem details if the client prefers them, otherwise the envelope.</summary>
public sealed class NegotiationTests(HostFixture host) : HostTest(host)
{
    private const string Problem = "application/problem+json";

    [Theory]
    [InlineData(Problem)]
    [InlineData("APPLICATION/Problem+JSON")]
    [InlineData("application/json, application/problem+json")]
    [InlineData("application/problem+json, */*")]
    [InlineData("application/json;q=0.5, application/problem+json;q=0.9")]
    [InlineData("*/*;q=0.8, application/problem+json;q=0.8")]
    [InlineData("text/html, application/problem+json;q=0.1")]
    [InlineData("application/json;q=0.2, */*, application/problem+json;q=0.5")] // the most specific range for JSON counts
    public async Task Problem_details_if_the_client_prefers_them(string accept)
    {
        ApiResponse response = await PatchAsync(await Host.AddInfluencerAsync(), """{"gender":"robot"}""", headers: ("Accept", accept));
        var problem = ProblemAssert.Matches(response, 422, "validation");
        Assert.Equal("/gender", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal("Accept", response.Header("Vary"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/*")]
    [InlineData("application/json")]
    [InlineData("text/html")]
    [InlineData("application/problem+xml")]
    [InlineData("application/problem+json;q=0")]
    [InlineData("application/problem+json;q=0.5, application/json")]
    [InlineData("application/problem+json;q=0.5, */*")]
    [InlineData("application/problem+json;;;, \"")]
    public async Task The_envelope_otherwise(string? accept)
    {
        (string, string)[] headers = accept is null ? [] : [("Accept", accept)];
        ApiResponse response = await PatchAsync(await Host.AddInfluencerAsync(), """{"gender":"robot"}""", headers: headers);
        Assert.Equal((422, "VALIDATION"), (response.Status, response.Code));
        AssertEnvelope(response);
        Assert.Equal("Accept", response.Header("Vary"));
    }

    [Theory]
    [InlineData("GET", "/nowhere", DemoKeys.Full, 404, "not_found")]
    [InlineData("DELETE", "/v1/influencers/x", DemoKeys.Full, 405, "method_not_allowed")]
    [InlineData("GET", "/v1/influencers/x", null, 401, "unauthenticated")]
    [InlineData("GET", "/v1/influencers/x", DemoKeys.Engagement, 403, "forbidden_scope")]
    public async Task Errors_of_the_platform_have_the_same_format(string method, string path, string? key, int status, string code)
    {
        ApiResponse response = await SendAsync(new HttpMethod(method), path, null, key, ("Accept", Problem));
        ProblemAssert.Matches(response, status, code);
    }

    [Fact]
    public async Task A_fence_lists_the_members_as_errors()
    {
        ApiResponse response = await PatchAsync(
            (await Host.AddProjectAsync()).Path, """{"replies":{"tone":"x"}}""", headers: ("Accept", Problem));
        var problem = ProblemAssert.Matches(response, 403, "forbidden_fence");
        Assert.Equal("/replies/tone", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task A_successful_response_is_not_changed()
    {
        ApiResponse response = await GetAsync(await Host.AddInfluencerAsync(), headers: ("Accept", Problem));
        Assert.Equal((200, "application/json", null), (response.Status, response.Header("Content-Type"), response.Header("Vary")));
    }
}
