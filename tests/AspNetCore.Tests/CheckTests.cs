using System.Text.Json;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary><c>CheckAsync</c>: rules with services, outside the transaction, on exactly what is saved.</summary>
public sealed class CheckTests
{
    private static readonly DocumentKey Key = new("", Counter.Collection, "1");

    [Fact]
    public async Task The_check_has_the_patch_both_documents_and_the_services_of_the_request()
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: services => services.AddScoped<CurrentRequest>(),
            middleware: web => web.Use((context, next) =>
            {
                context.RequestServices.GetRequiredService<CurrentRequest>().Path = context.Request.Path.Value!;
                return next(context);
            }));
        StoredDocument stored = await app.AddAsync(1);
        int checks = 0;
        app.Hooks.OnCheck = async context =>
        {
            await Task.Yield();
            checks++;
            Assert.Equal((5, true, false), (context.Patch.Value, context.Patch.HasValue, context.Patch.HasNote));
            Assert.Equal((0, 5), (context.Before.Value, context.After.Value));
            Assert.True(context.After.ChangedAt > context.Before.ChangedAt);
            Assert.Equal("/checked/1", context.Services.GetRequiredService<CurrentRequest>().Path);
            Assert.True(context.CancellationToken.CanBeCanceled);
            Assert.Equal(stored.Version, (await app.Store.LoadAsync(Key))!.Version);
        };
        ApiResponse response = await app.SendAsync("PATCH", "/checked/1", """{"value":5}""");
        Assert.Equal((200, 1), (response.Status, checks));
        Assert.Equal(5, (await app.Store.LoadAsync(Key) is { } after ? Read(after) : null)?.Value);
        Assert.Equal(2, (await app.Store.LoadAsync(Key))!.Version.Number);
    }

    [Fact]
    public async Task A_problem_is_422_and_another_error_is_thrown()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        StoredDocument stored = await app.AddAsync(1);
        app.Hooks.OnCheck = context =>
        {
            context.Validation.Add("/value", "sold_out", "There are none left.");
            return Task.CompletedTask;
        };
        JsonElement error = ProblemAssert.Matches(
            await app.SendAsync("PATCH", "/checked/1", """{"value":5}"""), 422, "validation").GetProperty("errors")[0];
        Assert.Equal("""{"pointer":"/value","code":"sold_out","detail":"There are none left."}""", error.GetRawText());
        app.Hooks.OnCheck = _ => throw new PatchRejectedException(new PatchError(402, "unpaid", "Pay first."));
        ProblemAssert.Matches(await app.SendAsync("PATCH", "/checked/1", """{"value":5}"""), 402, "unpaid");
        app.Hooks.OnCheck = _ => throw new InvalidOperationException("secret of the server");
        ProblemAssert.Matches(await app.SendAsync("PATCH", "/checked/1", """{"value":5}"""), 500, "internal");
        Assert.Equal(stored, await app.Store.LoadAsync(Key));
        Assert.Empty(app.Hooks.CheckedSaved);
    }

    [Theory]
    [InlineData("/checked/1", """{"value":0}""", null, 200)]
    [InlineData("/checked/2", """{"value":5}""", null, 404)]
    [InlineData("/checked/1", """{"value":"5"}""", null, 422)]
    [InlineData("/checked/1", """{"value":5}""", "\"1-1\"", 412)]
    public async Task It_does_not_run_when_nothing_would_be_saved(string path, string json, string? ifMatch, int status)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        StoredDocument stored = await app.AddAsync(1);
        app.Hooks.OnCheck = _ => throw new InvalidOperationException("It ran.");
        ApiResponse response = await app.SendAsync("PATCH", path, json, ifMatch is null ? [] : [("If-Match", ifMatch)]);
        Assert.Equal(status, response.Status);
        Assert.Equal(stored, await app.Store.LoadAsync(Key));
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 412)]
    public async Task A_change_in_the_meantime_is_checked_again(bool isConditional, int status)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        StoredDocument stored = await app.AddAsync(1);
        var seen = new List<(int, string?)>();
        app.Hooks.OnCheck = async context =>
        {
            seen.Add((context.Before.Value, context.After.Note));
            if (seen.Count == 1)
            {
                await app.SendAsync("PATCH", "/counters/1", """{"value":7}""");
            }
        };
        ApiResponse response = await app.SendAsync(
            "PATCH", "/checked/1", """{"note":"n"}""", isConditional ? [("If-Match", $"\"{stored.Version}\"")] : []);
        Assert.Equal(status, response.Status);
        Assert.Equal(isConditional ? [(0, "n")] : [(0, "n"), (7, "n")], seen);
        Counter after = Read((await app.Store.LoadAsync(Key))!);
        Assert.Equal((7, isConditional ? null : "n"), (after.Value, after.Note));
    }

    [Fact]
    public async Task It_ends_with_409_when_others_come_between_each_time()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(1);
        int checks = 0;
        app.Hooks.OnCheck = async _ => await app.SendAsync("PATCH", "/counters/1", $$"""{"value":{{++checks}}}""");
        JsonElement problem = ProblemAssert.Matches(await app.SendAsync("PATCH", "/checked/1", """{"note":"n"}"""), 409, "conflict");
        Assert.Equal(
            "Counter is being changed by others at the same time; nothing was changed. Try again.",
            problem.GetProperty("detail").GetString());
        Assert.Equal(16, checks);
        Assert.Null(Read((await app.Store.LoadAsync(Key))!).Note);
        Assert.Empty(app.Hooks.CheckedSaved);
    }

    [Fact]
    public async Task A_document_that_is_deleted_in_the_meantime_is_404()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(1);
        app.Hooks.OnCheck = async _ => await app.Store.DeleteAsync(Key);
        ProblemAssert.Matches(await app.SendAsync("PATCH", "/checked/1", """{"note":"n"}"""), 404, "not_found");
    }

    [Fact]
    public async Task Without_a_check_the_store_is_called_once()
    {
        var store = new CountingStore();
        await using MiniApp app = await MiniApp.StartAsync(store);
        await app.AddAsync(1);
        Assert.Equal(200, (await app.SendAsync("PATCH", "/counters/1", """{"value":5}""")).Status);
        Assert.Equal((0, 1), (store.Finds, store.Transforms));
        Assert.Equal(200, (await app.SendAsync("PATCH", "/checked/1", """{"value":6}""")).Status);
        Assert.Equal((1, 2), (store.Finds, store.Transforms));
    }

    private static Counter Read(StoredDocument stored) => JsonSerializer.Deserialize(stored.Json.Span, CounterJson.Default.Counter)!;

    private sealed class CurrentRequest
    {
        public string Path { get; set; } = "";
    }

    private sealed class CountingStore : IDocumentStore
    {
        private readonly InMemoryDocumentStore _store = new();

        public int Finds { get; private set; }

        public int Transforms { get; private set; }

        public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
            _store.LoadAsync(key, cancellationToken);

        public ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
            DocumentSelection selection, int limit, CancellationToken cancellationToken = default)
        {
            Finds++;
            return _store.FindAsync(selection, limit, cancellationToken);
        }

        public ValueTask<TransformResult> TransformAsync<TState>(
            DocumentSelection selection,
            IReadOnlyCollection<DocumentVersion>? ifVersions,
            TState state,
            DocumentTransform<TState> transform,
            DocumentCompanions<TState>? companions = null,
            CancellationToken cancellationToken = default)
        {
            Transforms++;
            return _store.TransformAsync(selection, ifVersions, state, transform, companions, cancellationToken);
        }

        public ValueTask<StoredDocument?> InsertAsync(
            DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default) =>
            _store.InsertAsync(key, json, cancellationToken);

        public ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
            _store.DeleteAsync(key, cancellationToken);
    }
}
