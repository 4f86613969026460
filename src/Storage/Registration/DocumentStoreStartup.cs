using Microsoft.Extensions.Hosting;

namespace Layers.PatchGen.Storage;

/// <summary>
/// Opens the store before the host's services start, so that a database that cannot be opened stops the start and not the first request.
/// </summary>
internal sealed class DocumentStoreStartup(IDocumentStore store) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        store is ILazyDocumentStore lazy ? lazy.OpenAsync(cancellationToken) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
