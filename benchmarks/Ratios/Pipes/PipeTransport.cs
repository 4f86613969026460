using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Layers.PatchGen.Benchmarks.Ratios.Pipes;

/// <summary>
/// One connection of Kestrel in memory, without a network. All work of a request is done on the thread that writes it, so that a loop of
/// requests measures the code of the server and of the endpoint, and counts its allocations.
/// </summary>
internal sealed class PipeTransport : IConnectionListenerFactory, IConnectionListener
{
    private static readonly PipeOptions Options = new(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 0,
        resumeWriterThreshold: 0,
        useSynchronizationContext: false);

    private readonly Pipe _requests = new(Options);
    private readonly Pipe _responses = new(Options);
    private bool _isAccepted;

    /// <summary>Where requests are written.</summary>
    public PipeWriter Requests => _requests.Writer;

    /// <summary>Where responses are read.</summary>
    public PipeReader Responses => _responses.Reader;

    /// <inheritdoc/>
    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.Loopback, 0);

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return ValueTask.FromResult<IConnectionListener>(this);
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (_isAccepted)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        _isAccepted = true;
        return new DefaultConnectionContext(
            "pipes",
            new Duplex(_requests.Reader, _responses.Writer),
            new Duplex(_responses.Reader, _requests.Writer));
    }

    /// <summary>Accepts no further connection.</summary>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
