using Layers.PatchGen.Testing;
using Layers.PatchGen.Storage;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>The response and the log entry when the store fails.</summary>
public sealed class StoreFaultTests
{
    [Theory]
    [InlineData(StoreFault.Unavailable, 503, "unavailable", "1", LogLevel.Warning)]
    [InlineData(StoreFault.Unknown, 503, "unavailable", "1", LogLevel.Error)]
    [InlineData(StoreFault.Full, 507, "insufficient_storage", null, LogLevel.Error)]
    [InlineData(StoreFault.Damaged, 500, "internal", null, LogLevel.Critical)]
    public async Task A_fault_of_the_store_is_reported_without_details(
        StoreFault fault, int status, string code, string? retryAfter, LogLevel level)
    {
        await using MiniApp app = await MiniApp.StartAsync(new FailingStore(fault));
        foreach (ApiResponse response in (ApiResponse[])
        [
            await app.SendAsync("PATCH", "/counters/1", """{"value":1}"""),
            await app.SendAsync("GET", $"/owners/{Guid.Empty}/counters", null, ("X-Claims", "scope=counters:read")),
        ])
        {
            ProblemAssert.Matches(response, status, code);
            Assert.Equal(retryAfter, response.Header("Retry-After"));
            Assert.Equal(fault == StoreFault.Unknown, response.Text.Contains("may have been made", StringComparison.Ordinal));
            Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
            await app.AssertLoggedAsync(level, entry => entry.Scopes.Contains(response.RequestId, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Searches_of_endpoints_are_prepared_when_the_application_starts()
    {
        var store = new FailingStore(StoreFault.Unavailable);
        await using MiniApp app = await MiniApp.StartAsync(store);
        Assert.Contains("counters by owner", store.Prepared);
        Assert.DoesNotContain(store.Prepared, static search => search.Contains("counterId", StringComparison.Ordinal));
    }

    private sealed class FailingStore(StoreFault fault) : IDocumentStore
    {
        public List<string> Prepared { get; } = [];

        public ValueTask PrepareSearchAsync(string collection, IReadOnlyList<string> members, CancellationToken cancellationToken = default)
        {
            Prepared.Add($"{collection} by {string.Join(", ", members)}");
            return ValueTask.CompletedTask;
        }

        public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) => throw Fault();

        public ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
            DocumentSelection selection, int limit, CancellationToken cancellationToken = default) =>
            throw Fault();

        public ValueTask<TransformResult> TransformAsync<TState>(
            DocumentSelection selection,
            IReadOnlyCollection<DocumentVersion>? ifVersions,
            TState state,
            DocumentTransform<TState> transform,
            DocumentCompanions<TState>? companions = null,
            CancellationToken cancellationToken = default) =>
            throw Fault();

        public ValueTask<StoredDocument?> InsertAsync(
            DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default) =>
            throw Fault();

        public ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default) => throw Fault();

        private StoreUnavailableException Fault() => new(fault, "secret of the server");
    }
}
