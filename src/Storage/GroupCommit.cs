using System.Collections.Concurrent;

namespace Layers.PatchGen.Storage;

/// <summary>What <see cref="GroupCommit{TSession}"/> asks of a connection that writes. Used by one thread at a time.</summary>
public interface IWriteSession : IDisposable
{
    /// <summary>The engine's error, once there was one: what was begun is rolled back then. Where a reader shares the engine, it may be set at any time.</summary>
    StoreUnavailableException? Fault { get; }

    /// <summary>Begins a transaction.</summary>
    /// <exception cref="StoreUnavailableException">The engine failed.</exception>
    void Begin();

    /// <summary>Commits what was begun; it is safe when this returns.</summary>
    /// <exception cref="StoreUnavailableException">The engine failed; nothing was committed.</exception>
    void Commit();

    /// <summary>Undoes what was begun, if the engine has not done so itself, and forgets the fault; false when that fails.</summary>
    bool TryRollback();

    /// <summary>Called after each group: the time for housekeeping, such as a checkpoint. Does not throw.</summary>
    void Tidy();
}

/// <summary>
/// For those who write a store in files: the only one who writes, a thread with a session and a queue. What has queued up meanwhile goes to the disk in one transaction, so
/// that many writers share the cost of one flush; each write is acknowledged after the commit.
/// </summary>
/// <remarks>
/// A write must change the database with one statement, its last, that the engine does wholly or not at all. So what a write throws undoes that write alone; only an error of
/// the engine spoils the transaction, and then each write of the group is tried again on its own.
/// </remarks>
public sealed class GroupCommit<TSession> : IDisposable
    where TSession : class, IWriteSession
{
    private const int MaxGroup = 256;

    private readonly string _owner;
    private readonly Func<TSession> _open;
    private readonly BlockingCollection<WriteItem<TSession>> _queue;
    private readonly List<WriteItem<TSession>> _group = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TSession? _session;

    /// <summary>Opens the first session and starts the thread.</summary>
    /// <param name="owner">The store's type, for messages.</param>
    /// <param name="open">Opens a session: now, and again after an error.</param>
    /// <param name="maxQueued">The most writes that wait; the next one is refused.</param>
    /// <exception cref="StoreUnavailableException">The first session could not be opened.</exception>
    public GroupCommit(Type owner, Func<TSession> open, int maxQueued)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(open);
        _owner = owner.FullName!;
        _open = open;
        _queue = new BlockingCollection<WriteItem<TSession>>(maxQueued);
        _session = open();
        new Thread(Run) { IsBackground = true, Name = $"{owner.Name} writer" }.Start();
    }

    /// <summary>Queues a write; the task ends after its commit.</summary>
    /// <param name="work">Runs on the writer's thread, inside a transaction. What it throws reaches the caller.</param>
    /// <param name="cancellationToken">Gives up as long as the work has not begun.</param>
    public Task<T> WriteAsync<T>(Func<TSession, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_queue.IsAddingCompleted, this);
        var item = new WriteItem<TSession, T>(work, cancellationToken);
        try
        {
            if (!_queue.TryAdd(item) && item.TryTake())
            {
                item.Fail(new StoreUnavailableException(StoreFault.Unavailable, $"{_queue.BoundedCapacity} writes are waiting already. Try again later."));
            }
        }
        catch (InvalidOperationException) when (_queue.IsAddingCompleted && item.TryTake())
        {
            item.Fail(new ObjectDisposedException(_owner));
        }

        return item.Task;
    }

    /// <summary>Does what is queued, refuses what comes later, and ends the thread. The session stays open until <see cref="Dispose"/>.</summary>
    public Task StopAsync()
    {
        _queue.CompleteAdding();
        return _stopped.Task;
    }

    /// <summary>Closes the session, once the thread has ended.</summary>
    public void Dispose()
    {
        _session?.Dispose();
        _queue.Dispose();
    }

    private void Run()
    {
        foreach (WriteItem<TSession> item in _queue.GetConsumingEnumerable())
        {
            if (item.TryTake())
            {
                Serve(item);
                _session?.Tidy();
            }
        }

        _stopped.SetResult();
    }

    private void Serve(WriteItem<TSession> first)
    {
        _group.Clear();
        _group.Add(first);
        if (Attempt(WithQueued(first)) is not { } fault)
        {
            return;
        }

        if (_group.Count == 1)
        {
            first.Fail(fault);
            return;
        }

        // One write too large for the disk must not take the others with it: each one again, on its own.
        foreach (WriteItem<TSession> item in _group)
        {
            if (Attempt([item]) is { } own)
            {
                item.Fail(own);
            }
        }
    }

    /// <summary>The item and what waits behind it; the group is what has been handed out.</summary>
    private IEnumerable<WriteItem<TSession>> WithQueued(WriteItem<TSession> first)
    {
        yield return first;
        while (_group.Count < MaxGroup && _queue.TryTake(out WriteItem<TSession>? next))
        {
            if (next.TryTake())
            {
                _group.Add(next);
                yield return next;
            }
        }
    }

    /// <summary>Runs items in one transaction and acknowledges them; or returns why not, with nothing changed and nobody told.</summary>
    private Exception? Attempt(IEnumerable<WriteItem<TSession>> items)
    {
        var done = new List<WriteItem<TSession>>();
        try
        {
            if (_session?.Fault is not null)
            {
                Close();
            }

            _session ??= _open();
            _session.Begin();
            foreach (WriteItem<TSession> item in items)
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
            // A full disk mends itself; after anything else a new session is the safer one.
            if (_session is not null && !(_session.TryRollback() && exception is StoreUnavailableException { Fault: StoreFault.Full }))
            {
                Close();
            }

            return exception;
        }

        foreach (WriteItem<TSession> item in done)
        {
            item.Acknowledge();
        }

        return null;
    }

    private void Close()
    {
        _session?.Dispose();
        _session = null;
    }
}
