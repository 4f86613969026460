using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The id of a request: <c>req_</c> and a ULID (48 bits of time, 80 random bits, in Crockford's base 32). Each request has a new one, never
/// the client's. It is in the header <c>X-Request-Id</c> of every response, in error bodies, in the log scope, and on the current activity
/// as the tag <c>patchgen.request_id</c>.
/// </summary>
public static class RequestId
{
    private const string Prefix = "req_";
    private const string Header = "X-Request-Id";
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly Func<ILogger, string, IDisposable?> LogScope = LoggerMessage.DefineScope<string>("RequestId:{RequestId}");

    /// <summary>
    /// Gets the id of a request. The first call creates it and sets <see cref="HttpContext.TraceIdentifier"/> to it.
    /// </summary>
    /// <param name="context">The request.</param>
    public static string Get(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string current = context.TraceIdentifier;
        return current.StartsWith(Prefix, StringComparison.Ordinal) ? current : context.TraceIdentifier = Create();
    }

    /// <summary>Sets the header of the response.</summary>
    internal static string SetHeader(HttpContext context)
    {
        string id = Get(context);
        context.Response.Headers[Header] = id;
        return id;
    }

    /// <summary>The middleware that gives every request its id.</summary>
    internal static async Task InvokeAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        string id = SetHeader(context);
        Activity.Current?.SetTag("patchgen.request_id", id);
        using IDisposable? scope = LogScope(logger, id);
        await next(context);
    }

    // An id, not a secret: cryptographic random numbers would cost a system call for each.
    private static string Create() => string.Create(
        Prefix.Length + 26,
        DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        static (text, milliseconds) =>
        {
            Prefix.CopyTo(text);
            text = text[Prefix.Length..];
            Write(text[..10], (ulong)milliseconds);
            Write(text[10..18], (ulong)Random.Shared.NextInt64());
            Write(text[18..], (ulong)Random.Shared.NextInt64());
        });

    // Five bits for each character, from the lowest.
    private static void Write(Span<char> text, ulong value)
    {
        for (int i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }
    }
}
