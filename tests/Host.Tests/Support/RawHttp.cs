using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>Sends raw bytes to the host, such as an HTTP client would not send.</summary>
public static class RawHttp
{
    /// <summary>Sends bytes and reads until the host closes the connection.</summary>
    /// <param name="address">The host.</param>
    /// <param name="pieces">The bytes to send; each piece in its own segment.</param>
    /// <param name="closeAfter">Whether the sending side is closed after the last piece.</param>
    /// <param name="until">The text after which reading ends, if the connection may stay open.</param>
    /// <param name="timeout">The time for the exchange, after which the test fails.</param>
    public static async Task<RawResponse> SendAsync(
        Uri address, IEnumerable<byte[]> pieces, bool closeAfter = false, string? until = null, TimeSpan? timeout = null)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(20));
        var received = new MemoryStream();
        try
        {
            foreach (byte[] piece in pieces)
            {
                await socket.SendAsync(piece, limit.Token);
            }

            if (closeAfter)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // The host responded and closed before it received everything. The response can still be read.
        }

        byte[] buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, limit.Token)) > 0)
            {
                received.Write(buffer, 0, count);
                if (until is not null && Encoding.UTF8.GetString(received.ToArray()).Contains(until, StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
        catch (SocketException)
        {
            // A reset counts as closed.
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The host did not close the connection. Received: {Encoding.Latin1.GetString(received.ToArray())}");
        }

        return new RawResponse(Encoding.UTF8.GetString(received.ToArray()));
    }

    public static Task<RawResponse> SendAsync(Uri address, string request, bool closeAfter = false, string? until = null) =>
        SendAsync(address, [Encoding.Latin1.GetBytes(request)], closeAfter, until);
}

/// <summary>All bytes received on one connection, as text.</summary>
public sealed record RawResponse(string Text)
{
    /// <summary>The statuses of the responses, in order; empty if the connection was closed without a response.</summary>
    public int[] Statuses =>
        [.. Text.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries).Select(
            response => int.Parse(response.AsSpan(0, 3), CultureInfo.InvariantCulture))];
}
