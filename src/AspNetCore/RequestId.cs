using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The id of a request: <c>req_</c> and a ULID (48 bits of time, then random, in Crockford's base 32). It is new for each request, never the client's,
/// and stands in the header <c>X-Request-Id</c> of every answer, in the bodies of refusals, in the log scope and on the current activity.
/// </summary>
public static class RequestId
{
    private const string Prefix = "req_";
    private const string Header = "X-Request-Id";
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly Func<ILogger, string, IDisposable?> LogScope = LoggerMessage.DefineScope<string>("RequestId:{RequestId}");

    /// <summary>The id of a request. It is made when first asked for, and then is the <see cref="HttpContext.TraceIdentifier"/>.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string current = context.TraceIdentifier;
        return current.StartsWith(Prefix, StringComparison.Ordinal) ? current : context.TraceIdentifier = New();
    }

    /// <summary>Sets the header of the answer.</summary>
    internal static string Announce(HttpContext context)
    {
        string id = Of(context);
        context.Response.Headers[Header] = id;
        return id;
    }

    /// <summary>The middleware that gives every request its id, whatever answers it.</summary>
    internal static async Task RunAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        string id = Announce(context);
        Activity.Current?.SetTag("patchgen.request_id", id);
        using IDisposable? scope = LogScope(logger, id);
        await next(context);
    }

    // An id, not a secret: a generator of cryptographic quality would ask the operating system for each.
    private static string New() => string.Create(Prefix.Length + 26, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), static (text, milliseconds) =>
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, milliseconds << 16);
        Random.Shared.NextBytes(bytes[6..]);
        UInt128 value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        Prefix.CopyTo(text);
        for (int i = text.Length - 1; i >= Prefix.Length; i--)
        {
            text[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }
    });
}
