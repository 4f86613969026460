using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Writes every error response: status and headers here, the body by the registered <see cref="IPatchErrorWriter"/>.</summary>
internal static partial class ErrorResponse
{
    private static readonly PatchError Unavailable =
        PatchError.ForStatus(StatusCodes.Status503ServiceUnavailable) with { Headers = [new("Retry-After", "1")] };

    public static Task WriteAsync(HttpContext context, PatchError error)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted)
        {
            // The status is already sent. Aborting the connection is the only way to tell the client that the response is incomplete.
            context.Abort();
            return Task.CompletedTask;
        }

        response.StatusCode = error.Status;
        response.Headers.CacheControl = "no-store";
        Log(context, error, RequestId.SetHeader(context));
        if (error.Status == StatusCodes.Status499ClientClosedRequest)
        {
            return Task.CompletedTask; // it would not be received, and a write to a stream that was reset may throw
        }

        foreach ((string name, string value) in error.Headers)
        {
            response.Headers[name] = value;
        }

        return context.RequestServices.GetRequiredService<IPatchErrorWriter>().WriteAsync(context, error);
    }

    /// <summary>Writes the response for the exception that the exception handler middleware caught.</summary>
    public static Task WriteCaughtAsync(HttpContext context) =>
        WriteAsync(context, ForException(context.Features.Get<IExceptionHandlerFeature>()?.Error));

    /// <summary>
    /// The error for an exception. The exception's own message stays in the log: it may contain what clients must not see.
    /// </summary>
    public static PatchError ForException(Exception? exception) => exception switch
    {
        _ when Rejections.ErrorOf(exception, PatchReadOptions.Default.MaxProblems) is { } rejection => rejection,
        BadHttpRequestException bad => PatchError.ForStatus(bad.StatusCode),
        StoreUnavailableException { Fault: StoreFault.Unavailable } => Unavailable,
        StoreUnavailableException { Fault: StoreFault.Unknown } => Unavailable with
        {
            Message = "The change may have been made, or not. Read before you try again, or send If-Match.",
        },
        DocumentTooLargeException => PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity) with
        {
            Problems = [new PatchProblem("", PatchProblemCodes.TooLarge, "The document would be larger than the store can hold.")],
        },
        StoreUnavailableException { Fault: StoreFault.Full } => PatchError.ForStatus(StatusCodes.Status507InsufficientStorage),
        _ => PatchError.ForStatus(StatusCodes.Status500InternalServerError),
    };

    // In the text itself, since many loggers do not show scopes by default: clients report errors by this id.
    private static void Log(HttpContext context, PatchError error, string requestId)
    {
        ILogger logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorResponse).FullName!);
        if (logger.IsEnabled(LogLevel.Information))
        {
            HttpRequest request = context.Request;
            LogResponse(logger, requestId, request.Method, request.PathBase.Add(request.Path).ToUriComponent(), error.Status, error.Code);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{RequestId}: {Method} {Path} responded {Status} {Code}.", SkipEnabledCheck = true)]
    private static partial void LogResponse(ILogger logger, string requestId, string method, string path, int status, string code);
}
