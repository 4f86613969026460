using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>Concurrent patches of one row lose nothing. Each change counts up a column, as a read-modify-write.</summary>
[Collection(Databases.Collection)]
public sealed class ConcurrencyTests(Databases databases)
{
    private const int Writers = 16;
    private const int Changes = 20;

    /// <summary>A version that is an integer, a Guid, or made by the database; without and with a rule that waits.</summary>
    [Theory]
    [Databases("/orders/7")]
    [Databases("/products/00000000-0000-0000-0000-000000000007")]
    [Databases("/stocks/7")]
    public async Task All_changes_of_16_writers_are_kept(DatabaseKind kind, string path)
    {
        await using ShopApp app = await StartAsync(kind);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (int i = 0; i < Changes; i++)
            {
                string member = path.Contains("product", StringComparison.Ordinal) ? "text" : "note";
                ApiResponse response = await app.PatchAsync(path, $$"""{"{{member}}":"{{writer}}.{{i}}"}""");
                Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
            }
        }));
        Assert.Equal(Writers * Changes, (await app.GetAsync(path)).Json.GetProperty("counter").GetInt32());
    }

    /// <summary>The lock is that of one process: between two, the version alone decides.</summary>
    [Theory]
    [Databases("/orders/7")]
    [Databases("/stocks/7")]
    public async Task All_changes_of_two_hosts_are_kept(DatabaseKind kind, string path)
    {
        await using Database database = await databases.CreateAsync(kind);
        await using ShopApp first = await ShopApp.StartAsync(database), second = await ShopApp.StartAsync(database);
        await first.AddAsync(new Order { TenantId = "acme", Number = 7 }, new Stock { Id = 7 });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            ShopApp app = writer % 2 == 0 ? first : second;
            for (int i = 0; i < Changes; i++)
            {
                ApiResponse response = await app.PatchAsync(path, $$"""{"note":"{{writer}}.{{i}}"}""");
                Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
            }
        }));
        Assert.Equal(Writers * Changes, (await second.GetAsync(path)).Json.GetProperty("counter").GetInt32());
    }

    [Theory]
    [Databases("/orders/7")]
    [Databases("/products/00000000-0000-0000-0000-000000000007")]
    [Databases("/stocks/7")]
    public async Task Of_24_patches_with_one_If_Match_exactly_one_is_saved(DatabaseKind kind, string path)
    {
        await using ShopApp app = await StartAsync(kind);
        string member = path.Contains("product", StringComparison.Ordinal) ? "text" : "note";
        for (int round = 0; round < 20; round++)
        {
            string tag = (await app.GetAsync(path)).ETag;
            ApiResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 24).Select(
                racer => app.PatchAsync(path, $$"""{"{{member}}":"{{round}}.{{racer}}"}""", ("If-Match", tag))));
            Assert.Equal([.. Enumerable.Repeat(412, 23).Prepend(200)], responses.Select(static r => r.Status).Order());
            ApiResponse saved = Assert.Single(responses, static r => r.Status == 200), read = await app.GetAsync(path);
            Assert.Equal((saved.ETag, saved.Text), (read.ETag, read.Text));
            Assert.All(responses, response => Assert.Equal(saved.ETag, response.ETag)); // 412 names the current version
        }
    }

    [Theory]
    [Databases]
    public async Task A_writer_that_always_comes_between_is_409_after_the_timeout(DatabaseKind kind)
    {
        var intruder = new Intruder();
        await using ShopApp app = await ShopApp.StartAsync(
            await databases.CreateAsync(kind),
            services => services.Configure<EntityDocumentOptions<Order>>(order => order.RetryTimeout = TimeSpan.FromMilliseconds(200)),
            options: context => context.AddInterceptors(intruder));
        await app.AddAsync(new Order { TenantId = "acme", Number = 7 });
        intruder.App = app;
        ApiResponse response = await app.PatchAsync("/orders/7", """{"note":"a"}""");
        ProblemAssert.Matches(response, 409, "conflict");
        Assert.True(intruder.Writes > 0);
        intruder.App = null;
        Assert.Null((await app.WithAsync(db => db.Orders.SingleAsync())).Note);
    }

    [Theory]
    [Databases]
    public async Task Without_a_version_there_is_no_ETag_and_only_the_asterisk_matches(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.AddAsync(new Memo { Id = 7, Text = "a" });
        Assert.Null((await app.GetAsync("/memos/7")).Header("ETag"));
        Assert.Equal(412, (await app.PatchAsync("/memos/7", """{"text":"b"}""", ("If-Match", "\"1\""))).Status);
        ApiResponse saved = await app.PatchAsync("/memos/7", """{"text":"c"}""", ("If-Match", "*"));
        Assert.Equal((200, "c"), (saved.Status, saved.Json.GetProperty("text").GetString()));
        Assert.Null(saved.Header("ETag"));
        Assert.Equal(404, (await app.PatchAsync("/memos/8", """{"text":"c"}""", ("If-Match", "*"))).Status);
    }

    private async Task<ShopApp> StartAsync(DatabaseKind kind)
    {
        ShopApp app = await ShopApp.StartAsync(await databases.CreateAsync(kind));
        await app.AddAsync(
            new Order { TenantId = "acme", Number = 7 },
            new Product { ProductId = new(new Guid("00000000-0000-0000-0000-000000000007")), Name = "Tea", Version = Guid.NewGuid() },
            new Stock { Id = 7 });
        return app;
    }

    /// <summary>Changes the order before each save of another context.</summary>
    private sealed class Intruder : Microsoft.EntityFrameworkCore.Diagnostics.SaveChangesInterceptor
    {
        private readonly AsyncLocal<bool> _isOwn = new();

        public ShopApp? App { get; set; }

        public int Writes { get; private set; }

        public override async ValueTask<Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<int>> SavingChangesAsync(
            Microsoft.EntityFrameworkCore.Diagnostics.DbContextEventData eventData,
            Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<int> result,
            CancellationToken cancellationToken = default)
        {
            if (App is not null && !_isOwn.Value)
            {
                _isOwn.Value = true;
                Writes++;
                await App.WithAsync(db => db.Orders.ExecuteUpdateAsync(
                    static set => set.SetProperty(static order => order.Version, static order => order.Version + 1), cancellationToken));
                _isOwn.Value = false;
            }

            return result;
        }
    }
}
