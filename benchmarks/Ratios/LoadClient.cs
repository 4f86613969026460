using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>Sends bodies in turn, one request at a time, on a persistent connection.</summary>
internal sealed class LoadClient(int port, string path, int status, params byte[][] bodies)
{
    private readonly byte[][] _requests = Array.ConvertAll(bodies, body => Request(path, body));

    private readonly byte[] _statusLine = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} "));

    /// <summary>Sends requests for some time, on a new connection.</summary>
    /// <returns>The number of responses.</returns>
    /// <exception cref="InvalidOperationException">A response had another status.</exception>
    public async Task<long> RunAsync(TimeSpan time)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        byte[] response = new byte[16_384];
        long count = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time; count++)
        {
            await socket.SendAsync(_requests[count % _requests.Length]);
            int length = 0;
            do
            {
                int received = await socket.ReceiveAsync(response.AsMemory(length));
                length += received > 0 ? received : throw new InvalidOperationException($"{path}: the connection was closed.");
            }
            while (!IsComplete(response.AsSpan(0, length)));
            if (!response.AsSpan().StartsWith(_statusLine))
            {
                throw new InvalidOperationException($"{path}: expected {status}, got {Encoding.UTF8.GetString(response, 0, length)}");
            }
        }

        return count;
    }

    private static byte[] Request(string path, byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"PATCH {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n")),
        .. body,
    ];

    private static bool IsComplete(ReadOnlySpan<byte> response)
    {
        int head = response.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        int field = response[..head].IndexOf("Content-Length: "u8);
        if (field < 0)
        {
            return response.EndsWith("0\r\n\r\n"u8); // chunked
        }

        ReadOnlySpan<byte> digits = response[(field + "Content-Length: ".Length)..];
        int length = int.Parse(digits[..digits.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
        return response.Length >= head + 4 + length;
    }
}
