using System.Security.Claims;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The services of all handlers.</summary>
internal sealed partial class PatchServices(IOptions<PatchGenOptions> options, TimeProvider time, ILogger<PatchServices> logger)
{
    private readonly string? _tenantClaim = options.Value.TenantClaim;

    public PatchGenOptions Options { get; } = options.Value;

    public PatchReadOptions Read => Options.Read;

    public int MaxDocumentBytes { get; } = options.Value.MaxDocumentBytes;

    public TimeProvider Time { get; } = time;

    /// <summary>The tenant of the caller; empty without one.</summary>
    public string TenantOf(HttpContext context)
    {
        // HttpContext.User would create a user, with five objects, for a request that has none.
        ClaimsPrincipal? user = _tenantClaim is null ? null : context.Features.Get<IHttpAuthenticationFeature>()?.User;
        return user?.FindFirst(_tenantClaim!)?.Value ?? "";
    }

    /// <summary>Logs why the store failed, and writes an error response that does not say why.</summary>
    public Task WriteStoreErrorAsync(HttpContext context, PatchEndpoint endpoint, StoreUnavailableException e)
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

        return ErrorResponse.WriteAsync(context, ErrorResponse.ForException(e));
    }

    [LoggerMessage(1, LogLevel.Warning, "The store of {Collection} cannot be reached or is too busy.")]
    private partial void LogUnavailable(Exception e, string collection);

    [LoggerMessage(2, LogLevel.Error, "The store of {Collection} has no space left: it rejects changes until there is some.")]
    private partial void LogFull(Exception e, string collection);

    [LoggerMessage(3, LogLevel.Critical,
        "A document of {Collection} is damaged. It is neither returned nor changed; restore it from a backup.")]
    private partial void LogDamaged(Exception e, string collection);

    [LoggerMessage(5, LogLevel.Error,
        "A change of {Collection} may or may not have been saved, or might not survive a failover. The response said so.")]
    private partial void LogUnknown(Exception e, string collection);

    [LoggerMessage(6, LogLevel.Warning,
        "A patch was rejected because the store cannot hold a document of {Collection} that large. Lower MaxDocumentBytes.")]
    public partial void LogTooLarge(Exception e, string collection);

    [LoggerMessage(7, LogLevel.Debug, "Patches of {Pattern} are applied to the stored bytes.")]
    public partial void LogPatchesBytes(string pattern);

    [LoggerMessage(8, LogLevel.Debug, "Patches of {Pattern} are applied to objects: {Reason}.")]
    public partial void LogPatchesObjects(string pattern, string reason);

    [LoggerMessage(9, LogLevel.Debug,
        "A patch of {Pattern} is applied to the object if it changes a member that cannot be patched as bytes: {Reason}.")]
    public partial void LogNeedsObject(string pattern, string reason);

    [LoggerMessage(4, LogLevel.Error, "OnSavedAsync of {Resource} failed. The change is saved, and the client has its response.")]
    public partial void LogHookFailed(Exception e, string resource);
}
