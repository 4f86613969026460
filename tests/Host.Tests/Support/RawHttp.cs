using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>Speaks to the host without an HTTP client's manners.</summary>
public static class RawHttp
{
    /// <summary>Sends bytes as they are, and reads until the host closes the connection or is silent for long.</summary>
    /// <param name="address">The host.</param>
    /// <param name="pieces">What is sent; each piece in a segment of its own.</param>
    /// <param name="closeAfter">Whether our half of the connection is closed after the last piece.</param>
    /// <param name="until">The last that is read, where the connection may stay open longer.</param>
    /// <param name="patience">How long a silence ends the reading. The test fails if it does.</param>
    public static async Task<RawResponse> SendAsync(
        Uri address, IEnumerable<byte[]> pieces, bool closeAfter = false, string? until = null, TimeSpan? patience = null)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(20));
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
            // The host has answered and closed before it had all of it; what it said can still be read.
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
            // Reset: as good as closed.
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The host neither answered nor closed. So far: {Encoding.Latin1.GetString(received.ToArray())}");
        }

        return new RawResponse(Encoding.UTF8.GetString(received.ToArray()));
    }

    public static Task<RawResponse> SendAsync(Uri address, string request, bool closeAfter = false, string? until = null) =>
        SendAsync(address, [Encoding.Latin1.GetBytes(request)], closeAfter, until);
}

/// <summary>Everything that came back on one connection.</summary>
public sealed record RawResponse(string Text)
{
    /// <summary>The statuses of the responses, in order; none when the connection was closed without an response.</summary>
    public int[] Statuses =>
        [.. Text.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries).Select(
            response => int.Parse(response.AsSpan(0, 3), CultureInfo.InvariantCulture))];
}
