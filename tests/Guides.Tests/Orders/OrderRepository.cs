using Dapper;
using Layers.PatchGen.AspNetCore;
using Microsoft.Data.Sqlite;

namespace Layers.PatchGen.Guides.Tests.Orders;

/// <summary>Orders in a table of SQLite.</summary>
public sealed class OrderRepository(SqliteConnection db) : IDocumentSource<Order>
{
    public async ValueTask<SourceResult<Order>> FindAsync(DocumentRequest<Order> request, CancellationToken cancellationToken)
    {
        Order? order = await db.QuerySingleOrDefaultAsync<Order>(
            "SELECT OrderId, Customer, Note, Quantity, Version FROM Orders WHERE Tenant = @Tenant AND OrderId = @OrderId",
            new { request.Tenant, OrderId = request[nameof(Order.OrderId)] });
        return order is null ? new(SourceStatus.NotFound) : new(SourceStatus.Found, new(order, order.Version));
    }

    public async ValueTask<SourceResult<Order>> PatchAsync(
        DocumentRequest<Order> request, DocumentChange<Order> change, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < 50; attempt++)
        {
            SourceResult<Order> found = await FindAsync(request, cancellationToken);
            if (found.Status != SourceStatus.Found)
            {
                return found;
            }

            SourceResult<Order> result = await change.ApplyAsync(found.Document);
            if (result.Status != SourceStatus.Changed)
            {
                return result;
            }

            // Saved only if the version is still the one that the patch was applied to.
            Order order = result.Document.Value with { Version = Guid.NewGuid().ToString("N") };
            int rows = await db.ExecuteAsync(
                """
                UPDATE Orders SET Customer = @Customer, Note = @Note, Quantity = @Quantity, Version = @Version
                WHERE Tenant = @Tenant AND OrderId = @OrderId AND Version = @Before
                """,
                new
                {
                    request.Tenant, order.OrderId, order.Customer, order.Note, order.Quantity, order.Version,
                    Before = result.Document.Version,
                });
            if (rows == 1)
            {
                return new(SourceStatus.Changed, new(order, order.Version));
            }

            await Task.Delay(Random.Shared.Next(1 << Math.Min(attempt, 6)), cancellationToken);
        }

        return new(SourceStatus.Conflict);
    }
}
