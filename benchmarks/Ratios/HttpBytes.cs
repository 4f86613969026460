using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>Requests and responses of HTTP/1.1 as bytes, for clients that cost little beside the server.</summary>
internal static class HttpBytes
{
    /// <summary>A PATCH request.</summary>
    public static byte[] Patch(string path, string mediaType, byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"PATCH {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {mediaType}\r\nContent-Length: {body.Length}\r\n\r\n")),
        .. body,
    ];

    /// <summary>The length of the first response; 0 if it is not complete.</summary>
    /// <param name="received">The bytes that were received.</param>
    /// <param name="status">The status that the response must have.</param>
    /// <exception cref="InvalidOperationException">It has another status.</exception>
    public static int ResponseLength(ReadOnlySpan<byte> received, int status)
    {
        int head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return 0;
        }

        if (!Utf8Parser.TryParse(received["HTTP/1.1 ".Length..], out int found, out _) || found != status)
        {
            throw new InvalidOperationException($"Expected {status}, got {Encoding.UTF8.GetString(received)}");
        }

        int body = head + 4, field = received[..head].IndexOf("\r\nContent-Length: "u8);
        if (field >= 0)
        {
            return Utf8Parser.TryParse(received[(field + "\r\nContent-Length: ".Length)..], out int length, out _)
                && received.Length >= body + length
                ? body + length
                : 0;
        }

        int last = received[head..].IndexOf("\r\n0\r\n\r\n"u8); // chunked
        return last < 0 ? 0 : head + last + "\r\n0\r\n\r\n".Length;
    }
}
