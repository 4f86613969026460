using System.Data.Common;
using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>What errors of a database mean. SQL Server is not run: its exceptions are made as its provider makes them.</summary>
[Collection(Databases.Collection)]
public sealed class FaultTests(Databases databases)
{
    [Theory]
    [InlineData("2627", null, 409, "conflict")] // a key is in use
    [InlineData("2601", null, 409, "conflict")] // an index is unique
    [InlineData("547", null, 409, "conflict")] // a foreign key, or CHECK
    [InlineData("515", null, 409, "conflict")] // NOT NULL
    [InlineData("2628", null, 422, "validation")] // a text is too long
    [InlineData("8115", null, 422, "validation")] // overflow
    [InlineData("-2", null, 503, "unavailable")] // timeout
    [InlineData("10054", null, 503, "unavailable")]
    [InlineData("208", null, 500, "internal")] // no such table
    [InlineData(null, "23505", 409, "conflict")]
    [InlineData(null, "22001", 422, "validation")]
    [InlineData(null, "42P01", 500, "internal")]
    public async Task An_error_of_the_database_is_one_of_the_client_only_where_it_is(string? number, string? state, int status, string code)
    {
        var server = new FailingServer(new ServerException(number, state), times: int.MaxValue);
        await using ShopApp app = await StartAsync(server);
        ProblemAssert.Matches(await app.PatchAsync("/orders/7", """{"note":"a"}"""), status, code);
    }

    [Theory]
    [InlineData("1205", null)] // chosen as the victim of a deadlock
    [InlineData("3960", null)] // snapshot isolation
    [InlineData(null, "40001")]
    public async Task A_change_that_loses_to_another_is_tried_again(string? number, string? state)
    {
        var server = new FailingServer(new ServerException(number, state), times: 2);
        await using ShopApp app = await StartAsync(server);
        Assert.Equal(200, (await app.PatchAsync("/orders/7", """{"note":"a"}""")).Status);
        Assert.Equal(2, server.Failures);
    }

    private async Task<ShopApp> StartAsync(FailingServer server)
    {
        ShopApp app = await ShopApp.StartAsync(
            await databases.CreateAsync(DatabaseKind.Sqlite), options: context => context.AddInterceptors(server));
        await app.AddAsync(new Order { TenantId = "acme", Number = 7 });
        server.IsOn = true;
        return app;
    }

    private sealed class ServerException : DbException
    {
        public ServerException(string? number, string? state)
            : base("The server does not say.") => (Data["HelpLink.EvtID"], SqlState) = (number, state);

        public override string? SqlState { get; }
    }

    private sealed class FailingServer(DbException error, int times) : DbCommandInterceptor
    {
        public bool IsOn { get; set; }

        public int Failures { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            if (!IsOn || eventData.CommandSource != CommandSource.SaveChanges || Failures == times)
            {
                return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
            }

            Failures++;
            throw error;
        }
    }
}
