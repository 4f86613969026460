using System.Collections.Concurrent;
using System.Text.Json;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Stores;

/// <summary>
/// A rule that takes 20 ms while 16 writers patch one document: what is stored never breaks it, and no patch with 200 is lost.
/// </summary>
public sealed class CheckRaceTests(HostsOnPostgres hosts) : IClassFixture<HostsOnPostgres>
{
    private const int Writers = 16;
    private const int Patches = 12;

    [Fact]
    public Task In_memory() => RaceAsync(new InMemoryDocumentStore());

    [Fact]
    public async Task LiteDb()
    {
        using var folder = new TemporaryFolder();
        await using LiteDbDocumentStore store = await LiteDbDocumentStore.OpenAsync(new LiteDbStoreOptions { Path = folder.Path });
        await RaceAsync(store);
    }

    [Fact]
    public async Task Sqlite()
    {
        using var folder = new TemporaryFolder();
        await using SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(new SqliteStoreOptions { Path = folder.Path });
        await RaceAsync(store);
    }

    [PostgresFact]
    public async Task PostgreSql()
    {
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(
            new PostgresStoreOptions { ConnectionString = hosts.Connection });
        await RaceAsync(store);
    }

    /// <summary>Each writer increments the value that it has read; the rule allows only the next value.</summary>
    private static async Task RaceAsync(IDocumentStore store)
    {
        var statuses = new ConcurrentBag<(int Status, bool IsValue)>();
        Hooks hooks;
        StoredDocument first;
        await using (MiniApp app = await MiniApp.StartAsync(store))
        {
            hooks = app.Hooks;
            hooks.OnCheck = CheckAsync;
            first = await app.AddAsync(1);
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
            {
                for (int i = 0; i < Patches; i++)
                {
                    int value = Read((await store.LoadAsync(first.Key))!).Value;
                    bool isValue = writer % 4 != 0;
                    ApiResponse response = await app.SendAsync(
                        "PATCH",
                        "/checked/1",
                        isValue ? $$"""{"value":{{value + 1}},"note":"{{writer}}-{{i}}"}""" : $$"""{"note":"{{writer}}-{{i}}"}""");
                    Assert.True(response.Status is 200 or 409 or 422, response.Text);
                    statuses.Add((response.Status, isValue));
                }
            }));
        }

        StoredDocument last = (await store.LoadAsync(first.Key))!;
        int saved = statuses.Count(one => one.Status == 200);
        Assert.True(saved >= Patches, $"Only {saved} patches were saved.");
        Assert.Equal(statuses.Count(one => one is { Status: 200, IsValue: true }), Read(last).Value);
        Assert.Equal(first.Version.Number + saved, last.Version.Number);
        Assert.Equal(saved, hooks.CheckedSaved.Select(one => one.Version).Distinct().Count());
        Assert.All(hooks.CheckedSaved, one => Assert.InRange(one.After.Value - one.Before.Value, 0, 1));
        Console.WriteLine($"{store.GetType().Name}: {string.Join(", ", statuses.CountBy(one => one.Status).OrderBy(one => one.Key))}");
    }

    private static async Task CheckAsync(PatchCheckContext<CheckedCounterPatch, Counter> context)
    {
        await Task.Delay(20);
        if (context.Patch.HasValue && context.After.Value != context.Before.Value + 1)
        {
            context.Validation.Add("/value", "not_next", $"Must be {context.Before.Value + 1}.");
        }
    }

    private static Counter Read(StoredDocument stored) => JsonSerializer.Deserialize(stored.Json.Span, CounterJson.Default.Counter)!;
}
