using System.Collections.Concurrent;

namespace Layers.PatchGen.Storage;

/// <summary>
/// The only writer of a database: a thread with a session and a queue. The writes that are waiting are committed in one transaction, so
/// that they share the cost of one flush. Each write is acknowledged after the commit.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private const int MaxGroup = 256;

    private readonly string _owner;
    private readonly Func<IFileSession> _open;
    private readonly BlockingCollection<WriteItem> _queue;
    private readonly List<WriteItem> _group = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IFileSession? _session;

    /// <summary>Starts the thread.</summary>
    /// <param name="owner">The store's type, for messages.</param>
    /// <param name="session">The session to begin with.</param>
    /// <param name="open">Opens a session in its place after an error.</param>
    /// <param name="maxQueued">The maximum number of writes that wait.</param>
    public GroupCommit(Type owner, IFileSession session, Func<IFileSession> open, int maxQueued)
    {
        _owner = owner.FullName!;
        _session = session;
        _open = open;
        _queue = new BlockingCollection<WriteItem>(maxQueued);
        WriteQueues.Add(this, owner, () => _queue.Count);
        new Thread(Run) { IsBackground = true, Name = $"{owner.Name} writer" }.Start();
    }

    /// <summary>Queues a write; the task ends after its commit.</summary>
    /// <param name="work">Runs on the writer's thread, inside a transaction. Its exception reaches the caller.</param>
    /// <param name="cancellationToken">Cancels the write until its work begins.</param>
    public Task<T> WriteAsync<T>(Func<IFileSession, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_queue.IsAddingCompleted, this);
        var item = new WriteItem<T>(work, cancellationToken);
        try
        {
            if (!_queue.TryAdd(item) && item.TryStart())
            {
                item.Fail(new StoreUnavailableException(
                    StoreFault.Unavailable, $"{_queue.BoundedCapacity} writes are waiting already. Try again later."));
            }
        }
        catch (InvalidOperationException) when (_queue.IsAddingCompleted && item.TryStart())
        {
            item.Fail(new ObjectDisposedException(_owner));
        }

        return item.Task;
    }

    /// <summary>
    /// Completes what is queued, rejects later writes and ends the thread. The session stays open until <see cref="Dispose"/>.
    /// </summary>
    public Task StopAsync()
    {
        _queue.CompleteAdding();
        return _stopped.Task;
    }

    /// <summary>Closes the session. The thread must have ended.</summary>
    public void Dispose()
    {
        WriteQueues.Remove(this);
        _session?.Dispose();
        _queue.Dispose();
    }

    private void Run()
    {
        foreach (WriteItem item in _queue.GetConsumingEnumerable())
        {
            if (item.TryStart())
            {
                RunGroup(item);
                _session?.Checkpoint();
            }
        }

        _stopped.SetResult();
    }

    private void RunGroup(WriteItem first)
    {
        _group.Clear();
        _group.Add(first);
        if (TryCommit(WithQueued(first)) is not { } fault)
        {
            return;
        }

        if (_group.Count == 1)
        {
            first.Fail(fault);
            return;
        }

        // Run each write alone: one that is too large for the disk must not fail the others.
        foreach (WriteItem item in _group)
        {
            if (TryCommit([item]) is { } own)
            {
                item.Fail(own);
            }
        }
    }

    /// <summary>Enumerates the item and those waiting behind it, and adds them to the group.</summary>
    private IEnumerable<WriteItem> WithQueued(WriteItem first)
    {
        yield return first;
        while (_group.Count < MaxGroup && _queue.TryTake(out WriteItem? next))
        {
            if (next.TryStart())
            {
                _group.Add(next);
                yield return next;
            }
        }
    }

    /// <summary>Runs items in one transaction and acknowledges them.</summary>
    /// <returns>Null; or the error, when nothing was changed and no item was acknowledged.</returns>
    private Exception? TryCommit(IEnumerable<WriteItem> items)
    {
        var done = new List<WriteItem>();
        try
        {
            if (_session?.Fault is not null)
            {
                CloseSession();
            }

            _session ??= _open();
            _session.Begin();
            foreach (WriteItem item in items)
            {
                item.Run(_session);
                if (_session.Fault is not null)
                {
                    throw _session.Fault;
                }

                done.Add(item);
            }

            _session.Commit();
        }
        catch (Exception exception)
        {
            // The session can be used again once there is room on the disk. After any other error a new one is safer.
            if (_session is not null && !(_session.TryRollback() && exception is StoreUnavailableException { Fault: StoreFault.Full }))
            {
                CloseSession();
            }

            return exception;
        }

        foreach (WriteItem item in done)
        {
            item.Acknowledge();
        }

        return null;
    }

    private void CloseSession()
    {
        _session?.Dispose();
        _session = null;
    }
}
