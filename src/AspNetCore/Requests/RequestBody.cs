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

    public static async ValueTask<BodyResult<TPatch>> ReadAsync<TPatch>(HttpContext context, PatchReadOptions options)
        where TPatch : IPatch<TPatch>
    {
        if (RequestContent.Check(context.Request) is { } unsupported)
        {
            return new(unsupported);
        }

        var size = new BodySizeLimit(options.MaxBytes);
        if (size.IsExceededBy(context.Request.ContentLength))
        {
            return new(size.Error);
        }

        PipeReader reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                ReadResult read = await reader.ReadAsync(context.RequestAborted);
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
            }
        }
        catch (BadHttpRequestException e)
        {
            return new(e.StatusCode switch
            {
                StatusCodes.Status400BadRequest => InvalidFraming,
                StatusCodes.Status413PayloadTooLarge => size.Error, // the server has a lower limit
                _ => PatchError.ForStatus(e.StatusCode),
            });
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException)
        {
            // The client has disconnected. Nobody receives this response; it is for logs and metrics.
            return new(PatchError.ForStatus(StatusCodes.Status499ClientClosedRequest));
        }
        catch (IOException)
        {
            // Kestrel throws this for a chunk whose size overflows.
            return new(InvalidFraming);
        }
    }

    /// <summary>Reads a body that is within the size limit.</summary>
    public static BodyResult<TPatch> Parse<TPatch>(ReadOnlySequence<byte> body, PatchReadOptions options)
        where TPatch : IPatch<TPatch> =>
        PatchReader.TryRead<TPatch>(body, options, out TPatch? patch, out PatchProblems problems) ? new(patch) : new(ErrorFor(problems));

    private static PatchError ErrorFor(PatchProblems problems)
    {
        PatchError error = problems.Verdict switch
        {
            PatchVerdict.Malformed => Malformed("Malformed body."),
            PatchVerdict.Fenced => new(
                StatusCodes.Status403Forbidden,
                PatchErrorCodes.ForbiddenFence,
                "The body has fields that are not open yet. Strip them and retry."),
            _ => PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity),
        };

        // Copied, because problems create their texts on every access.
        return error with { Problems = [.. problems], Truncated = problems.Truncated };
    }

    private static PatchError Malformed(string message) => new(StatusCodes.Status400BadRequest, PatchErrorCodes.MalformedBody, message);
}

/// <summary>A patch, or why there is none.</summary>
internal readonly struct BodyResult<TPatch>
{
    public BodyResult(TPatch patch) => Patch = patch;

    public BodyResult(PatchError error) => Error = error;

    public TPatch? Patch { get; }

    public PatchError? Error { get; }

    public bool IsPatch([NotNullWhen(true)] out TPatch? patch)
    {
        patch = Patch;
        return Error is null;
    }
}
