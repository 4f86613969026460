using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Layers.PatchGen.Testing;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>Hooks, documents that are classes, keys of other types than string, and a required <c>If-Match</c>.</summary>
public sealed class HandlerTests
{
    private static readonly (string, string) Claims = ("X-Claims", "scope=counters:read counters:write");

    [Fact]
    public async Task A_class_document_is_patched_stamped_and_returned_without_hidden_members()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(7);
        ApiResponse response = await app.SendAsync("PATCH", "/counters/7", """{"value":5}""");
        Assert.Equal(200, response.Status);
        Assert.Equal(
            ["counterId", "owner", "slot", "value", "note", "changedAt"], response.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(5, response.Json.GetProperty("value").GetInt32());
        Assert.InRange(
            response.Json.GetProperty("changedAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        StoredDocument? stored = await app.Store.LoadAsync(new DocumentKey("", Counter.Collection, "7"));
        Assert.Equal("kept", JsonDocument.Parse(stored!.Json).RootElement.GetProperty("secret").GetString());
    }

    [Theory]
    [InlineData("/counters/x")]
    [InlineData("/counters/7.0")]
    [InlineData("/counters/%207")]
    [InlineData("/counters/99999999999")]
    [InlineData("/counters/٧")]
    [InlineData("/counters/8")]
    public async Task An_invalid_key_in_the_route_is_not_found(string path)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(7);
        ApiResponse response = await app.SendAsync("PATCH", path, """{"value":5}""");
        Assert.Equal((404, "Counter not found."), (response.Status, response.Json.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Documents_are_found_by_UUID_and_integer()
    {
        var owner = Guid.NewGuid();
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(1, owner: owner, slot: 10);
        await app.AddAsync(2, owner: owner, slot: long.MaxValue);
        ApiResponse one = await app.SendAsync(
            "GET", $"/owners/{owner.ToString().ToUpperInvariant()}/counters?slot={long.MaxValue}", null, Claims);
        Assert.Equal(2, one.Json.GetProperty("counterId").GetInt32());
        Assert.Equal(404, (await app.SendAsync("GET", $"/owners/{owner:N}/counters?slot=10", null, Claims)).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/owners/x/counters", null, Claims)).Status);
        ApiResponse wrong = await app.SendAsync("GET", $"/owners/{owner}/counters?slot=ten", null, Claims);
        Assert.Equal(422, wrong.Status);
        Assert.Equal("/slot", wrong.Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task A_missing_If_Match_is_428_if_the_document_exists()
    {
        var owner = Guid.NewGuid();
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(1, owner: owner, slot: 10);
        string path = $"/owners/{owner}/counters";
        ProblemAssert.Matches(await app.SendAsync("PATCH", path, """{"value":1}""", Claims), 428, "precondition_required");
        ProblemAssert.Matches(await app.SendAsync("PATCH", path, """{"value":1,"slot":11}""", Claims), 404, "not_found");
        ProblemAssert.Matches(await app.SendAsync("PATCH", path, """{"value":"x"}""", Claims), 422, "validation");
        string tag = (await app.SendAsync("GET", path, null, Claims)).ETag;
        Assert.Equal(200, (await app.SendAsync("PATCH", path, """{"value":1}""", Claims, ("If-Match", tag))).Status);
        Assert.Equal(200, (await app.SendAsync("PATCH", path, """{"value":2}""", Claims, ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task Validate_rejects_before_the_store_is_called()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        ApiResponse response = await app.SendAsync("PATCH", "/counters/404", """{"value":-1}""");
        JsonElement error = ProblemAssert.Matches(response, 422, "validation").GetProperty("errors")[0];
        Assert.Equal(
            """{"pointer":"/value","code":"negative","detail":"A negative value needs a note.","needs":"note"}""", error.GetRawText());
    }

    [Fact]
    public async Task Apply_can_reject_a_patch_and_nothing_is_saved()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        StoredDocument before = await app.AddAsync(1);
        ApiResponse response = await app.SendAsync("PATCH", "/counters/1", """{"value":1001}""");
        Assert.Equal("At most 0 fits.", ProblemAssert.Matches(response, 409, "full").GetProperty("detail").GetString());
        Assert.Equal(before.Version, (await app.Store.LoadAsync(before.Key))!.Version);
        Assert.Empty(app.Hooks.Saved);
    }

    [Fact]
    public async Task An_exception_in_Apply_is_500_without_details_and_nothing_is_saved()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        StoredDocument before = await app.AddAsync(1);
        ApiResponse response = await app.SendAsync("PATCH", "/counters/1", """{"note":"throw"}""");
        ProblemAssert.Matches(response, 500, "internal");
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
        Assert.Equal(before.Version, (await app.Store.LoadAsync(before.Key))!.Version);
        await app.AssertLoggedAsync(LogLevel.Error, entry => entry.Scopes.Contains(response.RequestId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OnSaved_runs_once_for_each_change_with_the_documents_before_and_after()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(1);
        var first = new TaskCompletionSource();
        app.Hooks.OnSaved = _ => first.TrySetResult();
        await app.SendAsync("PATCH", "/counters/1", """{"value":1}""");
        await first.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await app.SendAsync("PATCH", "/counters/1", """{"value":1}""");
        await app.SendAsync("PATCH", "/counters/1", """{"value":"x"}""");
        var second = new TaskCompletionSource();
        app.Hooks.OnSaved = _ => second.TrySetResult();
        ApiResponse response = await app.SendAsync("PATCH", "/counters/1", """{"value":2,"note":"n"}""", ("Prefer", "return=minimal"));
        await second.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(2, app.Hooks.Saved.Count);
        PatchSaved<CounterPatch, Counter> saved = app.Hooks.Saved[1];
        Assert.Equal((1, null), (saved.Before.Value, saved.Before.Note));
        Assert.Equal((2, "n"), (saved.After.Value, saved.After.Note));
        Assert.Equal(response.ETag, $"\"{saved.Version}\"");
        Assert.True(saved.Patch.HasNote);
    }

    [Theory]
    [InlineData("return=minimal")]
    [InlineData("return=representation")]
    public async Task The_client_does_not_wait_for_OnSaved(string prefer)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(1);
        using var release = new ManualResetEventSlim();
        app.Hooks.OnSaved = _ => release.Wait(TimeSpan.FromSeconds(60));
        ApiResponse response = await app.SendAsync(
            "PATCH", "/counters/1", """{"value":1}""", ("Prefer", prefer)).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(response.Status is 200 or 204);
        release.Set();
    }

    [Fact]
    public async Task An_exception_in_OnSaved_is_logged_and_does_not_change_the_response()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(1);
        app.Hooks.OnSaved = _ => throw new InvalidOperationException("secret of the server");
        ApiResponse response = await app.SendAsync("PATCH", "/counters/1", """{"value":1}""");
        Assert.Equal((200, 1), (response.Status, response.Json.GetProperty("value").GetInt32()));
        ApiResponse next = await app.SendAsync("PATCH", "/counters/1", """{"value":2}""");
        Assert.Equal(200, next.Status);
        await app.AssertLoggedAsync(LogLevel.Error, entry => entry.Text.Contains("OnSavedAsync", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_request_id_is_on_the_activity()
    {
        var ids = new ConcurrentQueue<object?>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => ids.Enqueue(activity.GetTagItem("patchgen.request_id")),
        };
        ActivitySource.AddActivityListener(listener);
        await using MiniApp app = await MiniApp.StartAsync();
        string id = (await app.SendAsync("GET", "/nowhere")).RequestId;

        // The activity may stop after the client has received the response.
        for (int i = 0; i < 400 && !ids.Contains(id); i++)
        {
            await Task.Delay(50);
        }

        Assert.Contains(id, ids);
    }

    [Fact]
    public async Task Endpoints_have_metadata_and_leave_the_media_type_to_the_handler()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        Endpoint[] endpoints = [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Where(
            endpoint => endpoint.Metadata.GetMetadata<PatchEndpoint>() is not null)];
        Assert.Equal(15, endpoints.Length); // eight with PATCH; PATCH, GET with HEAD, OPTIONS
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<MethodInfo>()));
        Assert.All(endpoints, endpoint => Assert.Null(endpoint.Metadata.GetMetadata<IAcceptsMetadata>()));
    }

    [Fact]
    public async Task A51_the_time_of_a_change_increases_when_the_clock_is_set_back()
    {
        var clock = new SetClock { Now = new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero) };
        await using MiniApp app = await MiniApp.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        await app.AddAsync(1);
        Assert.Equal(clock.Now, await ChangeAsync(1));
        DateTimeOffset first = clock.Now;
        clock.Now = first.AddHours(-1);
        Assert.Equal(first.AddTicks(1), await ChangeAsync(2));
        Assert.Equal(first.AddTicks(2), await ChangeAsync(3));
        clock.Now = first.AddTicks(3);
        Assert.Equal(clock.Now, await ChangeAsync(4));

        async Task<DateTimeOffset> ChangeAsync(int value) =>
            (await app.SendAsync("PATCH", "/counters/1", $$"""{"value":{{value}}}""")).Json.GetProperty("changedAt").GetDateTimeOffset();
    }

    [Fact]
    public void A_missing_service_or_an_invalid_limit_is_reported_at_start()
    {
        InvalidOperationException store = Assert.Throws<InvalidOperationException>(() => MiniApp.Build(store: null));
        Assert.Contains("IDocumentStore", store.Message, StringComparison.Ordinal);
        InvalidOperationException depth = Assert.Throws<InvalidOperationException>(() => MiniApp.Build(
            new InMemoryDocumentStore(), services => services.AddPatchGen(
                options => options.Read = new PatchReadOptions { MaxDepth = 65 })));
        Assert.Contains("MaxDepth", depth.Message, StringComparison.Ordinal);
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
