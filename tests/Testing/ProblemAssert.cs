using System.Text.Json;

namespace Layers.PatchGen.Testing;

/// <summary>Asserts that a response is problem details (RFC 9457).</summary>
public static class ProblemAssert
{
    public static JsonElement Matches(ApiResponse response, int status, string code)
    {
        Assert.True(response.Status == status, $"Expected {status}, got {response.Status}: {response.Text}");
        Assert.Equal("application/problem+json", response.Header("Content-Type"));
        JsonElement problem = response.Json;
        Assert.Equal("about:blank", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal(response.RequestId, problem.GetProperty("requestId").GetString());
        return problem;
    }
}
