using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;

namespace Layers.PatchGen.Benchmarks.Ratios.Pipes;

/// <summary>Sends requests over a <see cref="PipeTransport"/>, one at a time, and reads the responses to their end.</summary>
internal sealed class PipeClient(PipeTransport transport)
{
    /// <summary>A candidate that sends the bodies in turn.</summary>
    /// <param name="name">The name in the table.</param>
    /// <param name="path">The path of the endpoint.</param>
    /// <param name="status">The status that each response must have.</param>
    /// <param name="bodies">The bodies.</param>
    public Candidate Patches(string name, string path, int status, params byte[][] bodies) =>
        Patches(name, path, status, "application/json", bodies);

    /// <inheritdoc cref="Patches(string, string, int, byte[][])"/>
    public Candidate Patches(string name, string path, int status, string mediaType, params byte[][] bodies)
    {
        byte[][] requests = [.. bodies.Select(body => Request(path, mediaType, body))];
        byte[] start = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} ");
        int next = 0;
        return new(name, count =>
        {
            for (int i = 0; i < count; i++)
            {
                Send(requests[next++ % requests.Length], start);
            }
        });
    }

    private static byte[] Request(string path, string mediaType, byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"PATCH {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {mediaType}\r\nContent-Length: {body.Length}\r\n\r\n"),
        .. body,
    ];

    private void Send(byte[] request, byte[] start)
    {
        ValueTask<FlushResult> flush = transport.Requests.WriteAsync(request);
        if (!flush.IsCompleted)
        {
            flush.AsTask().Wait();
        }

        while (true)
        {
            ValueTask<ReadResult> read = transport.Responses.ReadAsync();
            ReadOnlySequence<byte> buffer = (read.IsCompleted ? read.Result : read.AsTask().Result).Buffer;
            if (IsComplete(buffer, start))
            {
                transport.Responses.AdvanceTo(buffer.End);
                return;
            }

            transport.Responses.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static bool IsComplete(ReadOnlySequence<byte> buffer, byte[] start)
    {
        ReadOnlySpan<byte> response = buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray();
        int head = response.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        if (!response.StartsWith(start))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(response));
        }

        ReadOnlySpan<byte> name = "\r\nContent-Length: "u8;
        int length = response[..head].IndexOf(name);
        return length < 0
            ? response.EndsWith("\r\n0\r\n\r\n"u8) // chunked
            : Utf8Parser.TryParse(response[(length + name.Length)..], out int bytes, out _) && response.Length >= head + 4 + bytes;
    }
}
