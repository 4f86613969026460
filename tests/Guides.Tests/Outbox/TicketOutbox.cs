using System.Text.Json;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.Guides.Tests.Outbox;

public sealed partial class TicketPatchHandler(TicketOutbox outbox)
{
    protected override void OnSaving(PatchSaving<TicketPatch, Ticket> saving) => saving.Insert(
        TicketOutbox.Collection,
        $"{Guid.CreateVersion7()}",
        new TicketChanged(saving.After.TicketId, saving.After.State, saving.After.Assignee, saving.Version),
        TicketJson.Default.TicketChanged);

    protected override Task OnSavedAsync(PatchSaved<TicketPatch, Ticket> saved)
    {
        outbox.Wake();
        return Task.CompletedTask;
    }
}

/// <summary>Sends the messages of the outbox, the oldest first, and deletes each when it is sent.</summary>
public sealed partial class TicketOutbox(IDocumentStore store, ITicketEvents events, ILogger<TicketOutbox> logger) : BackgroundService
{
    public const string Collection = "ticket-outbox";
    private static readonly DocumentSelection Messages = new("", Collection, null, []);
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>Sends now what is waiting; otherwise it is sent within five seconds.</summary>
    public void Wake() => _wake.Release();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (StoredDocument message in await store.FindAsync(Messages, 100, stoppingToken))
                {
                    await events.SendAsync(
                        message.Key.Id, JsonSerializer.Deserialize(message.Json.Span, TicketJson.Default.TicketChanged)!, stoppingToken);
                    await store.DeleteAsync(message.Key, stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogNotSent(e);
            }

            await _wake.WaitAsync(TimeSpan.FromSeconds(5), stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A message was not sent; it is sent again later.")]
    private partial void LogNotSent(Exception e);
}

/// <summary>A queue, a bus or a web hook.</summary>
public interface ITicketEvents
{
    Task SendAsync(string messageId, TicketChanged change, CancellationToken cancellationToken);
}
