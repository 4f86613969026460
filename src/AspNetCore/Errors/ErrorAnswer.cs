using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The one way out for refusals: status and headers here, the body by <see cref="IPatchErrorWriter"/>.</summary>
internal static class ErrorAnswer
{
    private static readonly PatchError Unavailable = PatchError.ForStatus(StatusCodes.Status503ServiceUnavailable) with { Headers = [new("Retry-After", "1")] };

    public static Task WriteAsync(HttpContext context, PatchError error)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted)
        {
            // Half an answer cannot be taken back; ending the connection is the only way left to say that it is not whole.
            context.Abort();
            return Task.CompletedTask;
        }

        response.StatusCode = error.Status;
        response.Headers.CacheControl = "no-store";
        RequestId.Announce(context);
        foreach ((string name, string value) in error.Headers)
        {
            response.Headers[name] = value;
        }

        return context.RequestServices.GetRequiredService<IPatchErrorWriter>().WriteAsync(context, error);
    }

    /// <summary>Answers with what the exception handler caught.</summary>
    public static Task WriteCaughtAsync(HttpContext context) =>
        WriteAsync(context, Of(context.Features.Get<IExceptionHandlerFeature>()?.Error));

    /// <summary>The refusal that an exception stands for. What it says stays in the log: it may hold what clients should not see.</summary>
    public static PatchError Of(Exception? exception) => exception switch
    {
        PatchRejectedException refused => refused.Error,
        BadHttpRequestException bad => PatchError.ForStatus(bad.StatusCode),
        StoreUnavailableException { Fault: StoreFault.Unavailable } => Unavailable,
        StoreUnavailableException { Fault: StoreFault.Unknown } => Unavailable with { Message = "The change may have been made, or not. Read before you try again, or send If-Match." },
        DocumentTooLargeException => PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity) with
        {
            Problems = [new PatchProblem("", PatchProblemCodes.TooLarge, "The document would be larger than the store can hold.")],
        },
        StoreUnavailableException { Fault: StoreFault.Full } => PatchError.ForStatus(StatusCodes.Status507InsufficientStorage),
        _ => PatchError.ForStatus(StatusCodes.Status500InternalServerError),
    };
}
