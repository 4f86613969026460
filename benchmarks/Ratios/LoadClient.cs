using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>Sends bodies in turn on a persistent connection.</summary>
/// <param name="port">The port of the server, on the loopback interface.</param>
/// <param name="path">The path of the endpoint.</param>
/// <param name="status">The status that each response must have.</param>
/// <param name="bodies">The bodies.</param>
internal sealed class LoadClient(int port, string path, int status, params byte[][] bodies)
{
    private readonly byte[][] _requests = Array.ConvertAll(bodies, body => HttpBytes.Patch(path, "application/json", body));

    /// <summary>How many requests are sent together, before their responses are read (pipelining, RFC 9112 section 9.3.2).</summary>
    public int Pipelined { get; init; } = 1;

    /// <summary>Sends requests for some time, on a new connection.</summary>
    /// <returns>The number of responses.</returns>
    /// <exception cref="InvalidOperationException">A response had another status.</exception>
    public async Task<long> RunAsync(TimeSpan time)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        byte[][] sends = [.. Enumerable.Range(0, _requests.Length).Select(first =>
            Enumerable.Range(first, Pipelined).SelectMany(i => _requests[i % _requests.Length]).ToArray())];
        byte[] buffer = new byte[16_384 * Pipelined];
        long count = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time; count += Pipelined)
        {
            await socket.SendAsync(sends[count / Pipelined % sends.Length]);
            int received = 0, read = 0;
            for (int responses = 0; responses < Pipelined;)
            {
                int length = HttpBytes.ResponseLength(buffer.AsSpan(read..received), status);
                if (length > 0)
                {
                    responses++;
                    read += length;
                    continue;
                }

                int more = await socket.ReceiveAsync(buffer.AsMemory(received));
                received += more > 0 ? more : throw new InvalidOperationException($"{path}: the connection was closed.");
            }
        }

        return count;
    }
}
