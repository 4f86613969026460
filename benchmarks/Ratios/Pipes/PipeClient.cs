using System.Buffers;
using System.IO.Pipelines;

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
        byte[][] requests = Array.ConvertAll(bodies, body => HttpBytes.Patch(path, mediaType, body));
        int next = 0;
        return new(name, count =>
        {
            for (int i = 0; i < count; i++)
            {
                Send(requests[next++ % requests.Length], status);
            }
        });
    }

    private void Send(byte[] request, int status)
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
            if (HttpBytes.ResponseLength(buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray(), status) > 0)
            {
                transport.Responses.AdvanceTo(buffer.End);
                return;
            }

            transport.Responses.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
