using System.Globalization;
using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Storage.Tests.Postgres;
using Layers.PatchGen.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>Connections that are lost at any message, also between a commit and its acknowledgement.</summary>
[Collection(Databases.Collection)]
public sealed class LostConnectionTests(Databases databases)
{
    private static readonly string Path = $"/products/{new Guid(7, 0, 0, new byte[8])}";

    [PostgresFact]
    public async Task An_acknowledged_change_is_there_and_any_other_is_503()
    {
        (int acknowledged, int unknown, int counter) = await RunAsync(retries: false);
        Assert.InRange(counter, acknowledged, acknowledged + unknown);
        Assert.True(acknowledged > 0 && unknown > 0, $"{acknowledged} acknowledged, {unknown} unknown");
    }

    /// <summary>The execution strategy saves again what it may have saved before. The version tells that it was.</summary>
    [PostgresFact]
    public async Task With_an_execution_strategy_that_retries_no_change_is_made_twice()
    {
        (int acknowledged, int unknown, int counter) = await RunAsync(retries: true);
        Assert.InRange(counter, acknowledged, acknowledged + unknown);
        Assert.True(acknowledged > 200, $"{acknowledged} acknowledged, {unknown} unknown");
    }

    private async Task<(int Acknowledged, int Unknown, int Counter)> RunAsync(bool retries)
    {
        int seed = Environment.GetEnvironmentVariable("PATCHGEN_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        await using Database database = await databases.CreateAsync(DatabaseKind.Postgres);
        var direct = new NpgsqlConnectionStringBuilder(database.Connection);
        await using var proxy = new LossyProxy(direct.Port, seed);
        string connection = new NpgsqlConnectionStringBuilder(database.Connection) { Port = proxy.Port }.ConnectionString;
        await using ShopApp app = await ShopApp.StartAsync(database, options: context => context.UseNpgsql(connection, npgsql =>
        {
            if (retries)
            {
                npgsql.EnableRetryOnFailure(20, TimeSpan.FromMilliseconds(20), null);
            }
        }));
        await app.AddAsync(new Product { ProductId = new(new Guid(7, 0, 0, new byte[8])), Name = "Tea", Version = Guid.NewGuid() });
        proxy.Loss = 60;
        int acknowledged = 0, unknown = 0;
        bool isSettled = true; // the server does not still run a change of which the connection is lost
        for (int i = 0; i < 250; i++)
        {
            // A change that was saved at the first attempt must not meet its own version at the second, which would be 412.
            string? tag = (await app.GetAsync(Path)).Header("ETag");
            (string, string)[] headers = tag is null ? [] : [("If-Match", tag)];
            ApiResponse response = await app.PatchAsync(Path, $$"""{"text":"{{i}}"}""", headers);
            Assert.True(
                response.Status is 200 or 503 || (response.Status == 412 && !isSettled),
                $"seed {seed}: {response.Status} {response.Text} {app.Errors()}");
            isSettled = response.Status == 200;
            acknowledged += isSettled ? 1 : 0;
            unknown += response.Status == 503 ? 1 : 0;
        }

        proxy.Loss = 0;
        NpgsqlConnection.ClearPool(new NpgsqlConnection(connection));
        int counter = (await app.WithAsync(db => db.Products.SingleAsync())).Counter;
        NpgsqlConnection.ClearPool(new NpgsqlConnection(connection));
        return (acknowledged, unknown, counter);
    }
}
