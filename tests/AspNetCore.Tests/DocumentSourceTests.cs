using System.Text.Json;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>Documents of a source that the application registers, as objects.</summary>
public sealed class DocumentSourceTests
{
    private static readonly (string, string) Claims = ("X-Claims", "scope=counters:read counters:write");

    [Fact]
    public async Task A_class_document_is_changed_in_place_and_hooks_see_it_as_it_was()
    {
        var source = new CounterSource { Version = "a" };
        await using MiniApp app = await StartAsync(source);
        var saved = new TaskCompletionSource();
        app.Hooks.OnSaved = _ => saved.TrySetResult();
        ApiResponse response = await app.SendAsync("PATCH", "/counters/7", """{"value":5}""");
        await saved.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((200, "\"a+\"", 5), (response.Status, response.ETag, source.Counters[0].Value));
        Assert.False(response.Json.TryGetProperty("secret", out _));
        PatchSaved<CounterPatch, Counter> hook = Assert.Single(app.Hooks.Saved);
        Assert.Equal((0, 5, "a+"), (hook.Before.Value, hook.After.Value, hook.Version));
        Assert.Same(source.Counters[0], hook.After);
        Assert.NotEqual(default, source.Counters[0].ChangedAt);
    }

    [Theory]
    [InlineData(null, null, 200)]
    [InlineData("If-Match", "*", 200)]
    [InlineData("If-Match", "\"a\"", 412)]
    [InlineData("If-None-Match", "\"a\"", 200)]
    [InlineData("If-None-Match", "*", 412)]
    public async Task A63_a_document_without_a_version_has_no_ETag_and_matches_only_the_asterisk(string? header, string? value, int status)
    {
        var source = new CounterSource();
        await using MiniApp app = await StartAsync(source);
        ApiResponse response = await app.SendAsync(
            "PATCH", "/counters/7", """{"value":5}""", header is null ? [] : [(header, value!)]);
        Assert.Equal((status, status == 200 ? 5 : 0), (response.Status, source.Counters[0].Value));
        Assert.Null(response.Header("ETag"));
    }

    [Fact]
    public async Task The_request_has_the_values_in_their_types()
    {
        var source = new CounterSource();
        await using MiniApp app = await StartAsync(source);
        await app.SendAsync("PATCH", "/counters/7", """{"value":5}""", ("X-Claims", "org=acme"));
        Assert.Equal(("acme", 7), (source.Request!.Tenant, source.Request[nameof(Counter.CounterId)]));
        Assert.Equal("counters", source.Request.Endpoint.Collection);
        Assert.Same(CounterJson.Default.Counter, source.Request.Json);
        Assert.Throws<ArgumentException>(() => source.Request["counterId"]);
        var owner = Guid.NewGuid();
        await app.SendAsync("GET", $"/owners/{owner}/counters?slot={long.MaxValue}", null, Claims);
        Assert.Equal(
            ((object?)owner, (object?)long.MaxValue), (source.Request[nameof(Counter.Owner)], source.Request[nameof(Counter.Slot)]));
        await app.SendAsync("GET", $"/owners/{owner}/counters", null, Claims);
        Assert.Null(source.Request[nameof(Counter.Slot)]);
    }

    [Fact]
    public async Task Several_candidates_are_409_with_the_missing_selector()
    {
        var source = new CounterSource();
        source.Counters.Add(new Counter { CounterId = 8, Slot = 11 });
        await using MiniApp app = await StartAsync(source);
        ApiResponse response = await app.SendAsync("GET", $"/owners/{Guid.Empty}/counters", null, Claims);
        JsonElement candidates = ProblemAssert.Matches(response, 409, "conflict").GetProperty("candidates");
        Assert.Equal("""{"slot":[0,11]}""", candidates.GetRawText());
        Assert.Equal(409, (await app.SendAsync(
            "PATCH", $"/owners/{Guid.Empty}/counters", """{"value":1}""", Claims, ("If-Match", "*"))).Status);
    }

    [Theory]
    [InlineData(SourceStatus.Conflict, 409, "conflict")]
    [InlineData(SourceStatus.NotFound, 404, "not_found")]
    [InlineData(SourceStatus.Found, 500, "internal")]
    [InlineData(SourceStatus.Rejected, 500, "internal")]
    public async Task Other_statuses_have_their_response(SourceStatus status, int expected, string code)
    {
        await using MiniApp app = await StartAsync(new CounterSource { Always = status });
        ProblemAssert.Matches(await app.SendAsync("PATCH", "/counters/7", """{"value":5}"""), expected, code);
        Assert.Empty(app.Hooks.Saved);
        if (expected == 500)
        {
            await app.AssertLoggedAsync(LogLevel.Error, entry => entry.Text.Contains(nameof(CounterSource), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Limits_hold_for_objects()
    {
        var source = new CounterSource();
        await using MiniApp app = await MiniApp.StartAsync(services: services =>
        {
            services.AddSingleton<IDocumentSource<Counter>>(source);
            services.AddPatchGen(options => options.MaxDocumentBytes = 300);
        });
        ApiResponse response = await app.SendAsync("PATCH", "/counters/7", $$"""{"note":"{{new string('x', 300)}}"}""");
        JsonElement error = ProblemAssert.Matches(response, 422, "validation").GetProperty("errors")[0];
        Assert.Equal(("/note", "too_large"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal(0, source.Saves);
    }

    [Fact]
    public async Task A_scoped_source_gets_the_services_of_the_request()
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: services =>
            {
                services.AddScoped<CurrentRequest>();
                services.AddScoped<IDocumentSource<Counter>>(provider => new CounterSource
                {
                    Version = $"v{provider.GetRequiredService<CurrentRequest>().Path.Length}",
                });
            },
            middleware: web => web.Use((context, next) =>
            {
                context.RequestServices.GetRequiredService<CurrentRequest>().Path = context.Request.Path.Value!;
                return next(context);
            }));
        Assert.Equal("\"v11+\"", (await app.SendAsync("PATCH", "/counters/7", """{"value":5}""")).ETag);
    }

    [Fact]
    public async Task A_source_is_used_for_its_documents_only()
    {
        await using MiniApp app = await StartAsync(new CounterSource());
        await app.AddAsync(9);
        Assert.Equal(404, (await app.SendAsync("PATCH", "/counters/9", """{"value":5}""")).Status);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("a b")]
    [InlineData("ü")]
    [InlineData("a\r\nX: b")]
    public void A_version_that_no_entity_tag_can_have_is_an_exception(string version) =>
        Assert.Throws<ArgumentException>(() => new SourceDocument<string>("", version));

    private static Task<MiniApp> StartAsync(CounterSource source) =>
        MiniApp.StartAsync(services: services => services.AddSingleton<IDocumentSource<Counter>>(source));

    private sealed class CurrentRequest
    {
        public string Path { get; set; } = "";
    }

    /// <summary>Objects in a list. Each change appends a plus to their version, if they have one.</summary>
    private sealed class CounterSource : IDocumentSource<Counter>
    {
        public List<Counter> Counters { get; } = [new Counter { CounterId = 7 }];

        public string? Version { get; set; }

        public SourceStatus? Always { get; init; }

        public int Saves { get; private set; }

        public DocumentRequest<Counter>? Request { get; private set; }

        public ValueTask<SourceResult<Counter>> FindAsync(DocumentRequest<Counter> request, CancellationToken cancellationToken)
        {
            Request = request;
            SourceDocument<Counter>[] found =
            [
                .. Counters
                    .Where(counter => request.Endpoint.Pattern != "/counters/{counterId}"
                        || counter.CounterId.Equals(request[nameof(Counter.CounterId)]))
                    .Select(one => new SourceDocument<Counter>(one, Version)),
            ];
            return ValueTask.FromResult<SourceResult<Counter>>(found.Length switch
            {
                0 => new(SourceStatus.NotFound),
                1 => new(SourceStatus.Found, found[0]),
                _ => new(SourceStatus.Ambiguous) { Candidates = found },
            });
        }

        public async ValueTask<SourceResult<Counter>> PatchAsync(
            DocumentRequest<Counter> request, DocumentChange<Counter> change, CancellationToken cancellationToken)
        {
            SourceResult<Counter> found = await FindAsync(request, cancellationToken);
            if (Always is { } status)
            {
                return new(status, found.Document);
            }

            if (found.Status != SourceStatus.Found)
            {
                return found;
            }

            SourceResult<Counter> result = await change.ApplyAsync(found.Document);
            if (result.Status == SourceStatus.Changed)
            {
                Saves++;
                Version = Version is null ? null : Version + "+";
                return new(SourceStatus.Changed, new(result.Document.Value, Version));
            }

            return result;
        }
    }
}
