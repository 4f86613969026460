using System.Security.Claims;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore;

/// <summary>What every handler needs, looked up once for a request.</summary>
internal sealed partial class PatchServices(IDocumentStore store, IOptions<PatchGenOptions> options, TimeProvider time, ILogger<PatchServices> logger)
{
    private readonly string? _tenantClaim = options.Value.TenantClaim;

    public IDocumentStore Store { get; } = store;

    public PatchReadOptions Read { get; } = options.Value.Read;

    public int MaxDocumentBytes { get; } = options.Value.MaxDocumentBytes;

    public TimeProvider Time { get; } = time;

    public static PatchServices Of(HttpContext context) => context.RequestServices.GetRequiredService<PatchServices>();

    public string TenantOf(ClaimsPrincipal user) => _tenantClaim is null ? "" : user.FindFirst(_tenantClaim)?.Value ?? "";

    /// <summary>Answers that the store failed, and logs why: the client is not told.</summary>
    public Task RefuseAsync(HttpContext context, PatchEndpoint endpoint, StoreUnavailableException e)
    {
        switch (e.Fault)
        {
            case StoreFault.Unavailable:
                LogUnavailable(e, endpoint.Collection);
                break;
            case StoreFault.Full:
                LogFull(e, endpoint.Collection);
                break;
            case StoreFault.Unknown:
                LogUnknown(e, endpoint.Collection);
                break;
            default:
                LogDamaged(e, endpoint.Collection);
                break;
        }

        return ErrorAnswer.WriteAsync(context, ErrorAnswer.Of(e));
    }

    [LoggerMessage(1, LogLevel.Warning, "The store of {Collection} is out of reach or too busy.")]
    private partial void LogUnavailable(Exception e, string collection);

    [LoggerMessage(2, LogLevel.Error, "The store of {Collection} has no room: changes are refused until there is some.")]
    private partial void LogFull(Exception e, string collection);

    [LoggerMessage(3, LogLevel.Critical, "A document of {Collection} is damaged. It is neither answered nor changed; restore it from a backup.")]
    private partial void LogDamaged(Exception e, string collection);

    [LoggerMessage(5, LogLevel.Error, "It is not known whether a change of {Collection} was saved, or whether it would survive a failover. The client was told that it may have been made.")]
    private partial void LogUnknown(Exception e, string collection);

    [LoggerMessage(6, LogLevel.Warning, "A patch was rejected because the store cannot hold a document of {Collection} that large. Set MaxDocumentBytes below what it can hold.")]
    public partial void LogTooLarge(Exception e, string collection);

    [LoggerMessage(4, LogLevel.Error, "OnSavedAsync of {Resource} failed. The change was saved and has been answered.")]
    public partial void LogHookFailed(Exception e, string resource);
}
