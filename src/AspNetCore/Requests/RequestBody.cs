using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Looks at the headers, reads a body to its end, within its limit, and hands it to the patch's reader: a patch, or a refusal.</summary>
internal static class RequestBody
{
    public static async ValueTask<BodyResult<TPatch>> ReadAsync<TPatch>(HttpContext context, PatchReadOptions limits)
        where TPatch : IPatch<TPatch>
    {
        if (RequestContent.Refuse(context.Request, limits.MaxBytes) is { } unread)
        {
            return new(unread);
        }

        PipeReader reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                ReadResult read = await reader.ReadAsync(context.RequestAborted);
                ReadOnlySequence<byte> body = read.Buffer;
                if (body.Length > limits.MaxBytes)
                {
                    reader.AdvanceTo(body.End);
                    return new(RequestContent.TooLarge(limits.MaxBytes));
                }

                if (read.IsCompleted)
                {
                    BodyResult<TPatch> result = Parse<TPatch>(body, limits);
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
                StatusCodes.Status400BadRequest => BadFraming,
                StatusCodes.Status413PayloadTooLarge => RequestContent.TooLarge(limits.MaxBytes), // a limit of the server below ours
                _ => PatchError.ForStatus(e.StatusCode),
            });
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException)
        {
            // The client is gone. The answer reaches nobody; it is what logs and metrics show.
            return new(PatchError.ForStatus(StatusCodes.Status499ClientClosedRequest));
        }
        catch (IOException)
        {
            // Kestrel says so of a chunk whose size is beyond any number.
            return new(BadFraming);
        }
    }

    /// <summary>The refusal that a verdict is answered with.</summary>
    public static PatchError Refuse(PatchProblems problems, int maxBytes)
    {
        PatchError error = problems.Verdict switch
        {
            PatchVerdict.Malformed when problems is [{ Code: PatchProblemCodes.TooLarge }, ..] => RequestContent.TooLarge(maxBytes),
            PatchVerdict.Malformed => Malformed("Malformed body."),
            PatchVerdict.Fenced => new(StatusCodes.Status403Forbidden, PatchErrorCodes.ForbiddenFence, "The body has fields that are not open yet. Strip them and retry."),
            _ => PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity),
        };
        return error with { Problems = SpellOut(problems), Truncated = problems.Truncated };
    }

    public static BodyResult<TPatch> Parse<TPatch>(ReadOnlySpan<byte> body, PatchReadOptions limits)
        where TPatch : IPatch<TPatch> =>
        TPatch.TryRead(body, limits, out TPatch? patch, out PatchProblems problems) ? new(patch) : new(Refuse(problems, limits.MaxBytes));

    private static PatchError BadFraming => Malformed("The body is not framed as HTTP asks, or ends too early.");

    private static PatchError Malformed(string message) => new(StatusCodes.Status400BadRequest, PatchErrorCodes.MalformedBody, message);

    // Once, however often a writer looks at them.
    private static PatchProblem[] SpellOut(PatchProblems problems)
    {
        var spelt = new PatchProblem[problems.Count];
        for (int i = 0; i < spelt.Length; i++)
        {
            spelt[i] = problems[i];
        }

        return spelt;
    }

    private static BodyResult<TPatch> Parse<TPatch>(ReadOnlySequence<byte> body, PatchReadOptions limits)
        where TPatch : IPatch<TPatch>
    {
        if (body.IsSingleSegment)
        {
            return Parse<TPatch>(body.FirstSpan, limits);
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(rented);
            return Parse<TPatch>(rented.AsSpan(0, (int)body.Length), limits);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
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
