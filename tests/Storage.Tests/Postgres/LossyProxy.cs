using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>
/// A proxy that closes connections: randomly at a message from the client, before the server gets it, or after, so that the response is
/// lost; or on demand, before the last message of a response.
/// </summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Random _random;
    private readonly Task _accepting;

    public LossyProxy(int server, int seed)
    {
        Server = server;
        _random = new Random(seed);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The port of the server that new connections go to.</summary>
    public int Server { get; set; }

    /// <summary>The number of messages in a thousand at which the connection is closed.</summary>
    public int Loss { get; set; }

    public int Cuts { get; private set; }

    /// <summary>
    /// Closes the connection of the next response after all its results, before the message that says that the server is ready again. A
    /// transaction without COMMIT ends between these.
    /// </summary>
    public bool CutsNextEnd { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll([_accepting, .. _connections]);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using (client)
        {
            try
            {
                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, Server, cut.Token);
                client.NoDelay = server.NoDelay = true;
                await Task.WhenAny(Copy(client, server, lossy: true, cut.Token), Copy(server, client, lossy: false, cut.Token));
                await cut.CancelAsync();
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
            }
        }
    }

    // "Z" (protocol-message-formats.html), its length, and one byte for the status.
    private static bool EndsWithReady(ReadOnlySpan<byte> response) =>
        response.Length > 6 && response[^6..^1].SequenceEqual("Z\0\0\0\u0005"u8);

    private async Task Copy(TcpClient from, TcpClient to, bool lossy, CancellationToken cancellationToken)
    {
        try
        {
            byte[] buffer = new byte[65536];
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer, cancellationToken)) > 0)
            {
                int chance = lossy ? Chance() : int.MaxValue;
                if (chance < Loss / 2)
                {
                    return;
                }

                if (!lossy && CutsNextEnd && EndsWithReady(buffer.AsSpan(0, read)))
                {
                    CutsNextEnd = false;
                    Cuts++;
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read - 6), cancellationToken);
                    return;
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                if (chance < Loss)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException
            or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private int Chance()
    {
        lock (_random)
        {
            int chance = _random.Next(1000);
            Cuts += chance < Loss ? 1 : 0;
            return chance;
        }
    }
}
