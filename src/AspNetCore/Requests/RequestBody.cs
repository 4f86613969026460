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
    /// <param name="request">The request.</param>
    /// <param name="options">The limits.</param>
    /// <param name="formats">The formats that are taken besides plain JSON.</param>
    /// <param name="format">The format of the body; none for plain JSON.</param>
    /// <returns>The error (415, 413), or null.</returns>
    public static PatchError? CheckHeaders(
        HttpRequest request, PatchReadOptions options, PatchFormats formats, out PatchFormats format)
    {
        var size = new BodySizeLimit(options.MaxBytes);
        return RequestContent.Check(request, formats, out format) ?? (size.IsExceededBy(request.ContentLength) ? size.Error : null);
    }

    /// <summary>Receives the body and reads it. Call <see cref="CheckHeaders"/> first.</summary>
    /// <exception cref="OperationCanceledException">
    /// The request was aborted: by the client, or by the application, as the platform's request timeouts do. The platform handles both.
    /// </exception>
    public static ValueTask<BodyResult<TPatch>> ReadAsync<TPatch>(HttpContext context, BodyFormat<TPatch> format)
        where TPatch : IPatch<TPatch>
    {
        PipeReader reader = context.Request.BodyReader;
        ValueTask<ReadResult> first = reader.ReadAsync(CancellationToken.None);
        if (!first.IsCompletedSuccessfully)
        {
            return ReadRestAsync(reader, first, context, format);
        }

        // A small body mostly arrives together with the headers.
        ReadResult read = first.Result;
        return TryParse(reader, read, format, out BodyResult<TPatch> result)
            ? new(result)
            : ReadRestAsync(reader, new(read), context, format);
    }

    /// <summary>Reads a body that is complete or too large; false if it is neither, and nothing was consumed.</summary>
    private static bool TryParse<TPatch>(PipeReader reader, ReadResult read, BodyFormat<TPatch> format, out BodyResult<TPatch> result)
        where TPatch : IPatch<TPatch>
    {
        var size = new BodySizeLimit(format.Options.MaxBytes);
        ReadOnlySequence<byte> body = read.Buffer;
        bool isTooLarge = size.IsExceededBy(body.Length);
        result = isTooLarge ? new(size.Error) : read.IsCompleted ? format.Read(body) : default;
        if (!isTooLarge && !read.IsCompleted)
        {
            return false;
        }

        reader.AdvanceTo(body.End);
        return true;
    }

    private static async ValueTask<BodyResult<TPatch>> ReadRestAsync<TPatch>(
        PipeReader reader, ValueTask<ReadResult> next, HttpContext context, BodyFormat<TPatch> format)
        where TPatch : IPatch<TPatch>
    {
        try
        {
            while (true)
            {
                ReadResult read = await CancelableAsync(next, reader, context);
                if (TryParse(reader, read, format, out BodyResult<TPatch> result))
                {
                    return result;
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (read.IsCanceled)
                {
                    context.RequestAborted.ThrowIfCancellationRequested();
                }

                next = reader.ReadAsync(CancellationToken.None);
            }
        }
        catch (BadHttpRequestException e)
        {
            CloseConnection(context);
            return new(e.StatusCode switch
            {
                StatusCodes.Status400BadRequest => InvalidFraming,
                StatusCodes.Status413PayloadTooLarge => new BodySizeLimit(format.Options.MaxBytes).Error, // the server has a lower limit
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
    private static ValueTask<ReadResult> CancelableAsync(ValueTask<ReadResult> read, PipeReader reader, HttpContext context)
    {
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
