using System.Collections.Concurrent;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Guides.Tests.Outbox;

/// <summary>The outbox of the guide, over SQLite.</summary>
public sealed class TicketOutboxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("patchgen-guide-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_change_is_sent_even_if_the_receiver_fails_at_times()
    {
        var sent = new Events { IsAvailable = attempt => attempt % 3 != 0 };
        await using GuideApp app = await StartAsync(sent);
        await AddAsync(app, "t1");
        ApiResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            i => app.SendAsync("PATCH", "/tickets/t1", $$"""{"assignee":"{{i}}"}""")));
        Assert.All(responses, response => Assert.Equal(200, response.Status));
        Assert.Equal(200, (await app.SendAsync("PATCH", "/tickets/t1", """{"state":"open"}""")).Status); // changes nothing
        Assert.Equal(404, (await app.SendAsync("PATCH", "/tickets/t2", """{"state":"open"}""")).Status);
        string[] versions = [.. responses.Select(response => response.ETag.Trim('"')).Order(StringComparer.Ordinal)];
        await sent.WaitForAsync(versions.Length);
        await WaitForEmptyAsync(app);
        Assert.Equal(versions, sent.Changes.Values.Select(change => change.Version).Order(StringComparer.Ordinal));
        Assert.All(responses, response => Assert.Contains(
            sent.Changes.Values,
            change => $"\"{change.Version}\"" == response.ETag && change.Assignee == response.Json.GetProperty("assignee").GetString()));
    }

    [Fact]
    public async Task What_was_not_sent_is_sent_after_a_restart()
    {
        var unavailable = new Events { IsAvailable = _ => false };
        await using (GuideApp app = await StartAsync(unavailable))
        {
            await AddAsync(app, "t1");
            Assert.Equal(200, (await app.SendAsync("PATCH", "/tickets/t1", """{"state":"closed"}""")).Status);
            Assert.Equal(200, (await app.SendAsync("PATCH", "/tickets/t1", """{"assignee":"Ava"}""")).Status);
        }

        Assert.Empty(unavailable.Changes);
        var sent = new Events();
        await using GuideApp restarted = await StartAsync(sent);
        await sent.WaitForAsync(2);
        await WaitForEmptyAsync(restarted);
        TicketChanged[] changes =
            [.. sent.Changes.OrderBy(message => message.Key, StringComparer.Ordinal).Select(message => message.Value)];
        Assert.Equal([("closed", null), ("closed", "Ava")], changes.Select(change => (change.State, change.Assignee)));
    }

    private Task<GuideApp> StartAsync(Events events) => GuideApp.StartAsync(
        services => ActivatorUtilities.CreateInstance<TicketPatchHandler>(services),
        services =>
        {
            services.AddSqliteDocumentStore(_folder);
            services.AddSingleton<ITicketEvents>(events);
            services.AddSingleton<TicketOutbox>();
            services.AddHostedService(provider => provider.GetRequiredService<TicketOutbox>());
        });

    private static async Task AddAsync(GuideApp app, string id) => await app.Services.GetRequiredService<IDocumentStore>().InsertAsync(
        new DocumentKey("", "ticket", id), new Ticket { TicketId = id, State = "open" }, TicketJson.Default.Ticket);

    private static async Task WaitForEmptyAsync(GuideApp app)
    {
        var store = app.Services.GetRequiredService<IDocumentStore>();
        for (int i = 0; i < 600; i++)
        {
            if ((await store.FindAsync(new DocumentSelection("", TicketOutbox.Collection, null, []), 1)).Count == 0)
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("The outbox is not empty.");
    }

    private sealed class Events : ITicketEvents
    {
        private int _attempts;

        public ConcurrentDictionary<string, TicketChanged> Changes { get; } = [];

        public Func<int, bool> IsAvailable { get; init; } = _ => true;

        public Task SendAsync(string messageId, TicketChanged change, CancellationToken cancellationToken)
        {
            if (!IsAvailable(Interlocked.Increment(ref _attempts)))
            {
                throw new HttpRequestException("Unavailable.");
            }

            Changes[messageId] = change;
            return Task.CompletedTask;
        }

        public async Task WaitForAsync(int count)
        {
            for (int i = 0; i < 2400 && Changes.Count < count; i++)
            {
                await Task.Delay(50);
            }
        }
    }
}
