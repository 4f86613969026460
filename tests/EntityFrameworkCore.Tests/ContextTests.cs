using System.Data;
using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>The context is that of the request, with the application's transaction, and nothing stays tracked that was not saved.</summary>
[Collection(Databases.Collection)]
public sealed class ContextTests(Databases databases)
{
    [Theory]
    [Databases("/orders/7", """{"note":"a"}""", null, 200, true)]
    [Databases("/orders/7", """{"note":null}""", null, 200, false)]
    [Databases("/orders/7", """{"note":"a"}""", "\"99\"", 412, false)]
    [Databases("/orders/7", """{"customerId":99}""", null, 409, false)]
    [Databases("/orders/8", """{"note":"a"}""", null, 404, false)]
    public async Task Only_what_was_saved_stays_tracked(
        DatabaseKind kind, string path, string body, string? ifMatch, int status, bool isTracked)
    {
        var tracked = new TaskCompletionSource<int>();
        await using ShopApp app = await StartAsync(kind, async (context, next) =>
        {
            await next(context);
            tracked.SetResult(context.RequestServices.GetRequiredService<ShopDb>().ChangeTracker.Entries().Count());
        });
        (string, string)[] headers = ifMatch is null ? [] : [("If-Match", ifMatch)];
        Assert.Equal(status, (await app.PatchAsync(path, body, headers)).Status);
        Assert.Equal(isTracked, await tracked.Task > 0);
    }

    [Theory]
    [Databases]
    public async Task What_the_application_has_loaded_stays_tracked_and_the_row_is_read_again(DatabaseKind kind)
    {
        var isStillTracked = new TaskCompletionSource<bool>();
        await using ShopApp app = await StartAsync(kind, async (context, next) =>
        {
            ShopDb db = context.RequestServices.GetRequiredService<ShopDb>();
            Memo memo = await db.Memos.SingleAsync();
            await db.Orders.SingleAsync();
            await db.Orders.ExecuteUpdateAsync(
                static set => set.SetProperty(static o => o.Note, "now")
                    .SetProperty(static o => o.Shipping.City, "now")
                    .SetProperty(static o => o.Version, 5));
            await next(context);
            isStillTracked.SetResult(db.Entry(memo).State == EntityState.Unchanged);
        });
        ApiResponse response = await app.PatchAsync("/orders/7", """{"priority":1}""", ("If-Match", "\"5\""));
        Assert.Equal((200, "now"), (response.Status, response.Json.GetProperty("note").GetString()));
        Assert.Equal("now", response.Json.GetProperty("shipping").GetProperty("city").GetString());
        Assert.True(await isStillTracked.Task);
    }

    [Theory]
    [Databases]
    public async Task Changes_that_were_not_saved_before_are_an_error_of_the_server(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind, static (context, next) =>
        {
            context.RequestServices.GetRequiredService<ShopDb>().Add(new Memo { Id = 99 });
            return next(context);
        });
        Assert.Equal(500, (await app.PatchAsync("/orders/7", """{"note":"a"}""")).Status);
        await app.AssertLoggedAsync("ShopDb has changes that were not saved before the PATCH of Order");
    }

    [Theory]
    [Databases(true)]
    [Databases(false)]
    public async Task A_transaction_of_the_application_decides(DatabaseKind kind, bool commits)
    {
        var isDone = new TaskCompletionSource();
        await using ShopApp app = await StartAsync(kind, async (context, next) =>
        {
            ShopDb db = context.RequestServices.GetRequiredService<ShopDb>();
            await using (IDbContextTransaction transaction = await db.Database.BeginTransactionAsync())
            {
                db.Add(new Memo { Id = 99, Text = "audit" });
                await db.SaveChangesAsync();
                await next(context);
                if (commits)
                {
                    await transaction.CommitAsync();
                }
            }

            isDone.SetResult();
        });
        Assert.Equal(200, (await app.PatchAsync("/orders/7", """{"note":"a"}""")).Status);
        await isDone.Task;
        Assert.Equal(commits ? "a" : null, (await app.WithAsync(db => db.Orders.SingleAsync())).Note);
        Assert.Equal(commits ? 2 : 1, await app.WithAsync(db => db.Memos.CountAsync()));
    }

    [PostgresFact]
    public async Task A_serialization_failure_in_a_transaction_of_the_application_is_409()
    {
        ShopApp? running = null;
        await using ShopApp app = await StartAsync(DatabaseKind.Postgres, async (context, next) =>
        {
            ShopDb db = context.RequestServices.GetRequiredService<ShopDb>();
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            await db.Memos.CountAsync(); // takes the snapshot
            await running!.WithAsync(other => other.Orders.ExecuteUpdateAsync(static set => set.SetProperty(static o => o.Note, "theirs")));
            await next(context);
        });
        running = app;
        ProblemAssert.Matches(await app.PatchAsync("/orders/7", """{"note":"a"}"""), 409, "conflict");
        Assert.Equal("theirs", (await app.WithAsync(db => db.Orders.SingleAsync())).Note);
    }

    [PostgresFact]
    public async Task A_retrying_execution_strategy_saves_once()
    {
        await using Database database = await databases.CreateAsync(DatabaseKind.Postgres);
        await using ShopApp app = await ShopApp.StartAsync(
            database, options: context => context.UseNpgsql(database.Connection, static npgsql => npgsql.EnableRetryOnFailure()));
        await app.AddAsync(new Order { TenantId = "acme", Number = 7 });
        Assert.Equal(200, (await app.PatchAsync("/orders/7", """{"note":"a"}""")).Status);
        Assert.Equal(1, (await app.WithAsync(db => db.Orders.SingleAsync())).Counter);
    }

    [PostgresFact]
    public async Task A_server_that_stops_is_503()
    {
        await using Database database = await databases.CreateAsync(DatabaseKind.Postgres);
        await using ShopApp app = await ShopApp.StartAsync(database);
        await app.AddAsync(new Order { TenantId = "acme", Number = 7 });
        string name = new Npgsql.NpgsqlConnectionStringBuilder(database.Connection).Database!;
        await databases.Server!.AdminAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await databases.Server.AdminAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        ApiResponse[] responses = [await app.GetAsync("/orders/7"), await app.PatchAsync("/orders/7", """{"note":"a"}""")];
        await databases.Server.AdminAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
        Assert.Contains(responses, static response => response.Status == 503);
        Assert.Equal(200, (await app.PatchAsync("/orders/7", """{"note":"a"}""")).Status);
    }

    private async Task<ShopApp> StartAsync(
        DatabaseKind kind, Func<Microsoft.AspNetCore.Http.HttpContext, Microsoft.AspNetCore.Http.RequestDelegate, Task> middleware)
    {
        ShopApp app = await ShopApp.StartAsync(await databases.CreateAsync(kind), middleware: web => web.Use(middleware));
        await app.AddAsync(
            new Order { TenantId = "acme", Number = 7, Lines = [new() { TenantId = "acme", Product = "Tea" }] },
            new Memo { Id = 7, Text = "old" });
        return app;
    }
}
