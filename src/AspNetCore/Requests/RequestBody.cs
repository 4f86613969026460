using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Checks the headers of a request, receives its whole body, and reads it: the result is a patch or an error.</summary>
internal static class RequestBody
{
    private static PatchError InvalidFraming => Malformed("The body is not framed as HTTP requires, or ends too early.");

    /// <summary>Checks what the headers say about the body.</summary>
    /// <returns>The error (415, 413), or null.</returns>
    public static PatchError? CheckHeaders(HttpRequest request, PatchReadOptions options)
    {
        var size = new BodySizeLimit(options.MaxBytes);
        return RequestContent.Check(request) ?? (size.IsExceededBy(request.ContentLength) ? size.Error : null);
    }

    /// <summary>Receives the body and reads it. Call <see cref="CheckHeaders"/> first.</summary>
    /// <exception cref="OperationCanceledException">
    /// The request was aborted: by the client, or by the application, as the platform's request timeouts do. The platform handles both.
    /// </exception>
    public static async ValueTask<BodyResult<TPatch>> ReadAsync<TPatch>(HttpContext context, PatchReadOptions options)
        where TPatch : IPatch<TPatch>
    {
        var size = new BodySizeLimit(options.MaxBytes);
        PipeReader reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                ReadResult read = await ReadAsync(reader, context);
                ReadOnlySequence<byte> body = read.Buffer;
                if (size.IsExceededBy(body.Length))
                {
                    reader.AdvanceTo(body.End);
                    return new(size.Error);
                }

                if (read.IsCompleted)
                {
                    BodyResult<TPatch> result = Parse<TPatch>(body, options);
                    reader.AdvanceTo(body.End);
                    return result;
                }

                reader.AdvanceTo(body.Start, body.End);
                if (read.IsCanceled)
                {
                    context.RequestAborted.ThrowIfCancellationRequested();
                }
            }
        }
        catch (BadHttpRequestException e)
        {
            CloseConnection(context);
            return new(e.StatusCode switch
            {
                StatusCodes.Status400BadRequest => InvalidFraming,
                StatusCodes.Status413PayloadTooLarge => size.Error, // the server has a lower limit
                _ => PatchError.ForStatus(e.StatusCode),
            });
        }
        catch (IOException e) when (e is ConnectionResetException || !HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The client has disconnected or reset its HTTP/2 stream. This response is not received; it is for logs and metrics.
            context.Abort();
            return new(PatchError.ForStatus(StatusCodes.Status499ClientClosedRequest));
        }
        catch (IOException)
        {
            // Kestrel throws this for a chunk whose size overflows.
            CloseConnection(context);
            return new(InvalidFraming);
        }
        catch (Exception e) when (IsDecompression(e))
        {
            return new(Malformed("The body cannot be decompressed."));
        }
    }

    // A read is cancelled in the reader, not by a token: Kestrel could not drain the rest of the body after the latter.
    private static ValueTask<ReadResult> ReadAsync(PipeReader reader, HttpContext context)
    {
        ValueTask<ReadResult> read = reader.ReadAsync(CancellationToken.None);
        return read.IsCompleted ? read : WaitAsync(read, reader, context.RequestAborted);

        static async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read, PipeReader reader, CancellationToken aborted)
        {
            using (aborted.UnsafeRegister(static reader => Cancel((PipeReader)reader!), reader))
            {
                return await read;
            }
        }

        static void Cancel(PipeReader reader)
        {
            try
            {
                reader.CancelPendingRead();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // Kestrel throws this where the stream was reset. The read ends with it, too.
            }
        }
    }

    // The platform's request decompression reads through these streams. BrotliStream reports invalid data as an InvalidOperationException,
    // which elsewhere is a fault of the server, so the origin decides.
    private static bool IsDecompression(Exception e) =>
        e is InvalidDataException
        || (e is InvalidOperationException { StackTrace: { } trace }
            && trace.Contains("System.IO.Compression.BrotliStream", StringComparison.Ordinal));

    // Where a body ends is unknown after a framing error, so no further request can be read from the connection. HTTP/2 has no such header.
    private static void CloseConnection(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }
    }

    /// <summary>Reads a body that is within the size limit.</summary>
    public static BodyResult<TPatch> Parse<TPatch>(ReadOnlySequence<byte> body, PatchReadOptions options)
        where TPatch : IPatch<TPatch> =>
        PatchReader.TryRead<TPatch>(body, options, out TPatch? patch, out PatchProblems problems) ? new(patch) : new(ErrorFor(problems));

    /// <summary>The error for a body that was rejected. Copies the problems, which create their texts on every access.</summary>
    public static PatchError ErrorFor(PatchProblems problems) => ErrorFor(problems.Verdict, [.. problems], problems.Truncated);

    /// <summary>The error for a body that was rejected.</summary>
    public static PatchError ErrorFor(PatchVerdict verdict, IReadOnlyList<PatchProblem> problems, int truncated)
    {
        PatchError error = verdict switch
        {
            PatchVerdict.Malformed => Malformed("Malformed body."),
            PatchVerdict.Fenced => new(
                StatusCodes.Status403Forbidden,
                PatchErrorCodes.ForbiddenFence,
                "The body has fields that are not open yet. Strip them and retry."),
            PatchVerdict.MissingScope => MissingScopes.Forbidden(problems),
            _ => PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity),
        };
        return error with { Problems = problems, Truncated = truncated };
    }

    private static PatchError Malformed(string message) => new(StatusCodes.Status400BadRequest, PatchErrorCodes.MalformedBody, message);
}

/// <summary>A patch, one that needs the document, or why there is none.</summary>
internal readonly struct BodyResult<TPatch>
    where TPatch : IPatch<TPatch>
{
    public BodyResult(TPatch patch) => Patch = patch;

    public BodyResult(PendingPatch<TPatch> pending) => Pending = pending;

    public BodyResult(PatchError error) => Error = error;

    /// <summary>The patch, if there is no error and nothing is pending.</summary>
    public TPatch? Patch { get; }

    /// <summary>A patch in another format, which becomes a patch with the document; null for others.</summary>
    public PendingPatch<TPatch>? Pending { get; }

    public PatchError? Error { get; }

    public bool IsPatch([NotNullWhen(true)] out TPatch? patch)
    {
        patch = Patch;
        return Error is null && Pending is null;
    }
}
