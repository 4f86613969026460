using System.Globalization;
using System.Text.Json;
using Layers.PatchGen.Host.Tests.Stores;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Limits;

/// <summary>The limits of a document after the merge (A50), over HTTP on every store.</summary>
public sealed class DocumentLimitTests(HostsOnPostgres postgres) : IClassFixture<HostsOnPostgres>
{
    private const int SmallDocument = 20_000;

    public static TheoryData<string> Stores => ["Memory", .. TestHost.StoresInFolders];

    [Theory]
    [MemberData(nameof(Stores))]
    public Task A_record_has_at_most_64_open_members(string store) => OnStoreAsync(store, FillOpenMembersAsync);

    [PostgresFact]
    public Task A_record_has_at_most_64_open_members_on_Postgres() => OnStoreAsync("Postgres", FillOpenMembersAsync);

    [Theory]
    [MemberData(nameof(Stores))]
    public Task A_record_does_not_grow_beyond_MaxDocumentBytes(string store) => OnStoreAsync(store, FillBytesAsync, SmallDocument);

    [PostgresFact]
    public Task A_record_does_not_grow_beyond_MaxDocumentBytes_on_Postgres() => OnStoreAsync("Postgres", FillBytesAsync, SmallDocument);

    [Theory]
    [MemberData(nameof(Stores))]
    public Task A_record_above_the_limit_may_shrink_or_keep_its_size(string store) => OnStoreAsync(store, ShrinkAsync, SmallDocument);

    [PostgresFact]
    public Task A_record_above_the_limit_may_shrink_or_keep_its_size_on_Postgres() => OnStoreAsync("Postgres", ShrinkAsync, SmallDocument);

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Sixteen_writers_together_add_at_most_64_members(string store) => OnStoreAsync(store, RaceAsync);

    [PostgresFact]
    public Task Sixteen_writers_together_add_at_most_64_members_on_Postgres() => OnStoreAsync("Postgres", RaceAsync);

    [Theory]
    [MemberData(nameof(Stores))]
    public Task The_default_limit_is_1_MiB(string store) => OnStoreAsync(store, FillMebibyteAsync);

    private static async Task FillOpenMembersAsync(HostOnStore host)
    {
        string path = await host.AddAsync(others: 0);
        for (int from = 0; from < 60; from += 10)
        {
            await host.AcceptedAsync(path, Open(from, 10));
        }

        await host.RejectedAsync(
            path, Open(60, 10), "/personality too_long", "Must have at most 64 further members, those already stored included.");
        ApiResponse full = await host.AcceptedAsync(path, Open(60, 4));
        Assert.Equal(64 + 2, full.Json.GetProperty("personality").EnumerateObject().Count()); // with traits and humor

        await host.RejectedAsync(path, """{"personality":{"one":1}}""", "/personality too_long");
        await host.RejectedAsync(path, """{"name":"Other","personality":{"k1":null,"one":1,"two":2}}""", "/personality too_long");
        await host.AcceptedAsync(path, """{"personality":{"k1":null,"one":1}}""");
        await host.AcceptedAsync(path, """{"personality":{"k2":[2],"humor":"wry"}}""");
        await host.AcceptedAsync(path, """{"personality":{"k3":null}}""");
        await host.AcceptedAsync(path, """{"personality":{"two":2}}""");
        await host.RejectedAsync(path, """{"personality":{"three":3}}""", "/personality too_long");
    }

    private static async Task FillBytesAsync(HostOnStore host)
    {
        string path = await host.AddAsync(others: 0);
        int size = 0;
        for (int i = 0; size + 4_100 < SmallDocument; i++)
        {
            size = (await host.AcceptedAsync(path, Open(i * 4, 4, new string('x', 1_000)))).Bytes.Length;
        }

        await host.RejectedAsync(
            path,
            Open(60, 4, new string('x', 1_000)),
            "/personality too_large",
            $"The document must not become larger than {SmallDocument} bytes.");
        // The null that it replaces has 4 bytes, the quotes have 2; the time may be 8 bytes longer.
        string filler = new('v', SmallDocument - size - 60);
        await host.AcceptedAsync(path, $$"""{"style":"{{filler}}"}""");
        await host.RejectedAsync(path, $$"""{"bodyType":"{{new string('b', 500)}}"}""", "/bodyType too_large");
        await host.RejectedAsync(
            path, $$"""{"style":"{{filler[1..]}}","vibe":"{{new string('b', 300)}}","name":"Al"}""", "/vibe too_large");
        await host.AcceptedAsync(path, $$"""{"style":"{{filler[500..]}}","bodyType":"{{new string('b', 500)}}"}""");
        await host.AcceptedAsync(path, $$"""{"style":"{{filler[500..]}}"}"""); // a no-op
        await host.AcceptedAsync(path, """{"personality":{"k1":null},"vibe":"calm and curious"}""");
        Assert.InRange((await host.GetAsync(path)).Bytes.Length, SmallDocument - 2_000, SmallDocument);
    }

    private static async Task ShrinkAsync(HostOnStore host)
    {
        string path = await host.AddAsync(others: 100, value: new string('x', 500));
        int size = (await host.GetAsync(path)).Bytes.Length;
        Assert.InRange(size, SmallDocument * 2, int.MaxValue);

        await host.AcceptedAsync(path, """{"personality":{"k0":null}}"""); // 100 members to 99
        await host.AcceptedAsync(path, """{"personality":{"k1":null,"other":1}}""");
        await host.AcceptedAsync(path, """{"personality":{"k2":1,"k2000":null}}""");
        await host.AcceptedAsync(path, """{"personality":{"k2":1}}"""); // a no-op
        await host.AcceptedAsync(path, """{"name":"Tost Persom"}"""); // the same length; updatedAt is longer
        await host.AcceptedAsync(path, """{"personality":{"humor":"wry"}}""");
        await host.RejectedAsync(path, """{"personality":{"more":1}}""", "/personality too_long");
        await host.RejectedAsync(path, """{"name":"A longer name than before"}""", "/name too_large");
        await host.RejectedAsync(path, """{"personality":{"k2":null},"name":"A longer name than before"}""", "/name too_large");
        await host.RejectedAsync(path, $$$"""{"personality":{"k3":"{{{new string('y', 520)}}}"}}""", "/personality too_large");

        await host.AcceptedAsync(
            path, JsonSerializer.Serialize(new { personality = Enumerable.Range(3, 60).ToDictionary(i => $"k{i}", _ => (string?)null) }));
        await host.AcceptedAsync(path, """{"personality":{"more":1},"name":"A longer name than before"}""");
    }

    private static async Task RaceAsync(HostOnStore host)
    {
        string path = await host.AddAsync(others: 2);
        int added = 0, rejected = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            for (int i = 0; i < 8; i++)
            {
                ApiResponse response = await host.PatchAsync(path, $$$"""{"personality":{"w{{{writer}}}_{{{i}}}":{{{i}}}}}""");
                if (response.Status == 200)
                {
                    Interlocked.Increment(ref added);
                }
                else
                {
                    Assert.Equal((422, "/personality too_long"), (response.Status, Assert.Single(response.Issues)));
                    Interlocked.Increment(ref rejected);
                }
            }
        }));
        Assert.Equal((62, 66), (added, rejected));
        Assert.Equal(64 + 2, (await host.GetAsync(path)).Json.GetProperty("personality").EnumerateObject().Count());
    }

    private static async Task FillMebibyteAsync(HostOnStore host)
    {
        string path = await host.AddAsync(others: 0);
        string value = new('x', 15_800);
        for (int from = 0; from < 64; from += 4)
        {
            await host.AcceptedAsync(path, Open(from, 4, value));
        }

        await host.RejectedAsync(path, Open(64, 4, value), "/personality too_long");
        await host.RejectedAsync(
            path,
            $$"""{"style":"{{new string('x', 50_000)}}"}""",
            "/style too_large",
            "The document must not become larger than 1048576 bytes.");
        ApiResponse response = await host.AcceptedAsync(path, $$"""{"style":"{{new string('x', 30_000)}}"}""");
        Assert.InRange(response.Bytes.Length, 1_040_000, 1_048_576);
    }

    private static string Open(int from, int count, object? value = null) =>
        JsonSerializer.Serialize(new { personality = Enumerable.Range(from, count).ToDictionary(i => $"k{i}", i => value ?? i) });

    private async Task OnStoreAsync(string store, Func<HostOnStore, Task> test, int? maxDocumentBytes = null)
    {
        string[] settings = maxDocumentBytes is { } bytes ? ["--MaxDocumentBytes", bytes.ToString(CultureInfo.InvariantCulture)] : [];
        await using var host = await HostOnStore.StartAsync(store, [.. settings, "--Store:Connection", postgres.Connection]);
        await test(host);
    }
}
