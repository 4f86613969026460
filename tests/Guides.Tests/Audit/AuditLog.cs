using System.Text.Json;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Guides.Tests.Audit;

public sealed record AuditEntry(
    string AccountId, string? Version, string User, string Member, JsonElement? Before, JsonElement? After);

public interface IAuditLog
{
    Task WriteAsync(IEnumerable<AuditEntry> entries);
}

public sealed partial class AccountPatchHandler(IAuditLog log)
{
    protected override Task OnSavedAsync(PatchSaved<AccountPatch, Account> saved)
    {
        string user = saved.HttpContext.User.Identity?.Name ?? "anonymous";
        return log.WriteAsync(saved.Changes.Select(change => new AuditEntry(
            saved.After.AccountId, saved.Version, user, change.Pointer, change.Before, change.After)));
    }
}
