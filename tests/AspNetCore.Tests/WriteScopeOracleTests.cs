using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>
/// A caller without the scope learns nothing about a scoped member: neither the response nor the work done depends on its rules, its value
/// or the document. Each random body is sent with three values, to two patches with different rules, for two documents and for none.
/// </summary>
[Collection("staff")] // counts what other tests of the collection count as well
public sealed partial class WriteScopeOracleTests(ITestOutputHelper output)
{
    private const int Bodies = 10_000;

    private static readonly string[] Values =
    [
        "null", "true", "0", "7", "-1", "1500", "1.5", "1e400", "\"\"", "\"abc\"", "\"abcde\"", "\"\\u00e9\"", "[]", "[1]", "{}",
        """{"a":{"b":1}}""",
    ];

    private static readonly string[] Names = ["name", "note", "nam", "salar", "salary2", "soon", "x"];

    [Fact]
    public async Task Response_and_work_do_not_depend_on_rules_value_or_document()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("PATCHGEN_SEED"), CultureInfo.InvariantCulture, out int set)
            ? set
            : Random.Shared.Next();
        output.WriteLine($"PATCHGEN_SEED={seed}");
        var random = new Random(seed);
        await using WebApplication app = Build();
        RequestDelegate first = Endpoint(app, "/staff/{staffId}"), second = Endpoint(app, "/other/{staffId}");
        int rejected = 0;
        for (int i = 0; i < Bodies; i++)
        {
            (string body, bool isScoped) = RandomBody(random);
            Outcome? expected = null;
            for (int value = 0; value < 3; value++)
            {
                string json = body.Replace("$", Values[random.Next(Values.Length)], StringComparison.Ordinal);
                foreach ((RequestDelegate endpoint, string id) in ((RequestDelegate, string)[])
                    [(first, "poor"), (second, "rich"), (first, "none")])
                {
                    // The rest of a body without a scoped member is a patch like any other: only its errors are compared.
                    Outcome outcome = await SendAsync(app.Services, endpoint, id, json);
                    Assert.Equal(0, outcome.ScopedChecks);
                    if (isScoped)
                    {
                        Assert.Equal(403, outcome.Status);
                        Assert.Equal((0, outcome.Response.Contains("forbidden_", StringComparison.Ordinal)), (outcome.Work, true));
                    }

                    if (isScoped || outcome.Status is 403 or 422)
                    {
                        expected ??= outcome;
                        Assert.Equal(expected, outcome);
                        rejected++;
                    }
                }
            }
        }

        Assert.InRange(rejected, Bodies, 9 * Bodies);
    }

    private static (string Json, bool IsScoped) RandomBody(Random random)
    {
        List<string> members = [];
        bool isScoped = false;
        for (int i = random.Next(5); i >= 0; i--)
        {
            switch (random.Next(6))
            {
                case 0:
                    members.Add("\"salary\":$");
                    isScoped = true;
                    break;
                case 1:
                    isScoped |= AddHome();
                    break;
                default:
                    members.Add($"\"{Names[random.Next(Names.Length)]}\":{Values[random.Next(Values.Length)]}");
                    break;
            }
        }

        return ($"{{{string.Join(',', members)}}}", isScoped);

        bool AddHome()
        {
            bool hasCode = random.Next(2) == 0;
            string city = $"\"city\":{Values[random.Next(Values.Length)]}";
            members.Add($$"""
                "home":{{{(hasCode ? random.Next(2) == 0 ? $"{city},\"code\":$" : $"\"code\":$,{city}" : city)}}}
                """);
            return hasCode;
        }
    }

    private static async Task<Outcome> SendAsync(IServiceProvider services, RequestDelegate endpoint, string id, string json)
    {
        StaffWork work = services.GetRequiredService<StaffWork>();
        int before = work.Total, checks = CountedAttribute.Checks, scopedChecks = CountedAttribute.ScopedChecks;
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(json));
        using var response = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(response));
        context.Request.Method = "PATCH";
        context.Request.Path = "/staff";
        context.Request.ContentType = "application/json";
        context.Request.Body = body;
        context.Request.RouteValues["staffId"] = id;
        await endpoint(context);
        await context.Response.CompleteAsync();
        string text = RequestId().Replace(Encoding.UTF8.GetString(response.ToArray()), "");
        string headers = string.Join('\n', context.Response.Headers
            .Where(static header => header.Key is not ("X-Request-Id" or "ETag"))
            .Select(static header => $"{header.Key}: {header.Value}"));
        return new(
            context.Response.StatusCode,
            $"{headers}\n{text}",
            work.Total - before,
            CountedAttribute.Checks - checks,
            CountedAttribute.ScopedChecks - scopedChecks);
    }

    private static RequestDelegate Endpoint(WebApplication app, string pattern) =>
        ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints)
            .OfType<RouteEndpoint>().Single(endpoint => endpoint.RoutePattern.RawText == pattern).RequestDelegate!;

    private static WebApplication Build()
    {
        WebApplication app = MiniApp.Build(new Storage.InMemoryDocumentStore(), static services => services.AddSingleton<StaffWork>());
        StaffWork work = app.Services.GetRequiredService<StaffWork>();
        app.MapPatchHandler(new StaffHandler<StaffPatch>("/staff/{staffId}", work));
        app.MapPatchHandler(new StaffHandler<OtherStaffPatch>("/other/{staffId}", work));
        Staff.InsertAsync(app.Services, "poor", salary: 1).GetAwaiter().GetResult();
        Staff.InsertAsync(app.Services, "rich", salary: 1_500).GetAwaiter().GetResult();
        return app;
    }

    [GeneratedRegex("req_[0-9A-Z]{26}")]
    private static partial Regex RequestId();

    private sealed record Outcome(int Status, string Response, int Work, int Checks, int ScopedChecks);
}
