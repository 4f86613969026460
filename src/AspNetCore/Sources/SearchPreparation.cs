using Layers.PatchGen.Storage;
using Microsoft.Extensions.Hosting;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Prepares the store for the searches of the endpoints before the server listens, so that no request waits until an index is created.
/// </summary>
internal sealed class SearchPreparation : IHostedService
{
    private readonly List<(IDocumentStore Store, string Collection, string[] Members)> _searches = [];

    /// <summary>Adds the searches of an endpoint: by the parameters of the route, and with all selectors.</summary>
    public void Add(IDocumentStore store, DocumentContract contract)
    {
        string[] route = Members(contract.RouteParameters), all = [.. route.Union(Members(contract.Selectors))];
        bool hasKey = contract.RouteParameters.Any(static parameter => parameter.Member.IsKey); // A document is found by its key alone.
        if (!hasKey && route.Length > 0)
        {
            _searches.Add((store, contract.Endpoint.Collection, route));
        }

        if (!hasKey && all.Length > route.Length && !contract.Selectors.Any(static selector => selector.Member.IsKey))
        {
            _searches.Add((store, contract.Endpoint.Collection, all));
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach ((IDocumentStore store, string collection, string[] members) in _searches)
        {
            await store.PrepareSearchAsync(collection, members, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string[] Members(IEnumerable<MatchedMember> matched) =>
        [.. matched.Where(static m => !m.Member.IsKey).Select(static m => m.DocumentMember)];
}
