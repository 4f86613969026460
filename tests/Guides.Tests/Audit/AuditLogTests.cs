using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Guides.Tests.Audit;

/// <summary>The audit log of the guide, and the changes that it is made from.</summary>
public sealed class AuditLogTests : IAuditLog, IAsyncLifetime
{
    private readonly TaskCompletionSource<List<AuditEntry>> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GuideApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await GuideApp.StartAsync(
            _ => new AccountPatchHandler(this), services => services.AddInMemoryDocumentStore());
        await _app.Services.GetRequiredService<IDocumentStore>().InsertAsync(
            new DocumentKey("", "account", "a1"),
            new Account
            {
                AccountId = "a1",
                Name = "Ada",
                Address = new Address { City = "London", Code = "old code" },
                Tags = ["x"],
                Limits = new() { ["kept"] = 1, ["a/b"] = 2 },
                Pin = "old pin",
            },
            AccountJson.Default.Account);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    Task IAuditLog.WriteAsync(IEnumerable<AuditEntry> entries)
    {
        _written.TrySetResult([.. entries]);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Each_changed_member_is_an_entry_without_hidden_values()
    {
        ApiResponse response = await _app.SendAsync("PATCH", "/accounts/a1", """
            {
              "name": "Ada",
              "address": { "city": null, "code": "new code" },
              "tags": ["x", "y"],
              "limits": { "a/b": null, "new": 3 },
              "pin": "new pin"
            }
            """);
        Assert.Equal(200, response.Status);
        List<AuditEntry> entries = await _written.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(
            [
                """/address/city: "London" -> null""",
                "/address/code:  -> ",
                """/tags: ["x"] -> ["x","y"]""",
                "/limits/a~1b: 2 -> ",
                "/limits/new:  -> 3",
                "/pin:  -> ",
            ],
            entries.Select(static entry => $"{entry.Member}: {entry.Before?.GetRawText()} -> {entry.After?.GetRawText()}"));
        Assert.All(entries, entry => Assert.Equal(("a1", response.ETag), (entry.AccountId, $"\"{entry.Version}\"")));
    }
}
