using System.Collections.Concurrent;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>
/// The only one who writes: a thread with a connection and a queue. What has queued up meanwhile goes to the disk in one transaction, so that many writers share the
/// cost of one flush; each write is acknowledged after the commit.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MaxBatch = 256;
    private const long MaxLogBytes = 8 * 1024 * 1024;
    private const int TruncateAttempts = 5;
    private const int TruncatePauseMilliseconds = 1000;

    private readonly Func<SqliteSession> _open;
    private readonly FileInfo _log;
    private readonly BlockingCollection<WriteItem> _queue;
    private readonly List<WriteItem> _batch = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteSession? _session;
    private long _truncateAfter;

    public SqliteWriter(string file, Func<SqliteSession> open, int maxQueued)
    {
        _open = open;
        _log = new FileInfo(file + "-wal");
        _queue = new BlockingCollection<WriteItem>(maxQueued);
        _session = open();
        new Thread(Run) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    /// <summary>Queues a write; the task ends after its commit.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_queue.IsAddingCompleted, typeof(SqliteDocumentStore));
        var item = new WriteItem<T>(work, cancellationToken);
        try
        {
            if (!_queue.TryAdd(item) && item.TryTake())
            {
                item.Fail(new StoreUnavailableException(StoreFault.Unavailable, $"{_queue.BoundedCapacity} writes are waiting already. Try again later."));
            }
        }
        catch (InvalidOperationException) when (_queue.IsAddingCompleted && item.TryTake())
        {
            item.Fail(new ObjectDisposedException(typeof(SqliteDocumentStore).FullName));
        }

        return item.Task;
    }

    /// <summary>Does what is queued, refuses what comes later, and ends the thread. The connection stays open: it is closed last of all.</summary>
    public Task StopAsync()
    {
        _queue.CompleteAdding();
        return _stopped.Task;
    }

    /// <summary>Closes the connection, once the thread has ended.</summary>
    public void Dispose()
    {
        _session?.Dispose();
        _queue.Dispose();
    }

    private void Run()
    {
        foreach (WriteItem item in _queue.GetConsumingEnumerable())
        {
            if (item.TryTake())
            {
                Serve(item);
                KeepLogSmall();
            }
        }

        _stopped.SetResult();
    }

    private void Serve(WriteItem first)
    {
        _batch.Clear();
        _batch.Add(first);
        if (Attempt(WithQueued(first)) is not { } fault)
        {
            return;
        }

        if (_batch.Count == 1)
        {
            first.Fail(fault);
            return;
        }

        // One write too large for the disk must not take the others with it: each one again, on its own.
        foreach (WriteItem item in _batch)
        {
            if (Attempt([item]) is { } own)
            {
                item.Fail(own);
            }
        }
    }

    /// <summary>The item and what waits behind it; the batch is what has been handed out.</summary>
    private IEnumerable<WriteItem> WithQueued(WriteItem first)
    {
        yield return first;
        while (_batch.Count < MaxBatch && _queue.TryTake(out WriteItem? next))
        {
            if (next.TryTake())
            {
                _batch.Add(next);
                yield return next;
            }
        }
    }

    /// <summary>Runs items in one transaction and acknowledges them; or returns why not, with nothing changed and nobody told.</summary>
    private Exception? Attempt(IEnumerable<WriteItem> items)
    {
        var done = new List<WriteItem>();
        try
        {
            _session ??= _open();
            _session.Begin();
            foreach (WriteItem item in items)
            {
                // An item changes the database with one statement, its last, which SQLite does wholly or not at all. So what an item throws undoes that item alone;
                // only an error of the engine spoils the transaction.
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
            // A full disk mends itself; after anything else a new connection is the safer one.
            if (_session is not null && !(_session.TryRollback() && exception is StoreUnavailableException { Fault: StoreFault.Full }))
            {
                _session.Dispose();
                _session = null;
            }

            return exception;
        }

        foreach (WriteItem item in done)
        {
            item.Acknowledge();
        }

        return null;
    }

    /// <summary>
    /// SQLite starts the log over by itself, but only at a moment without readers. Where readers are always there the log would grow without end: then wait for them, briefly.
    /// Several short waits, since SQLite can wait for a place that new readers keep taking, and looks afresh each time.
    /// </summary>
    private void KeepLogSmall()
    {
        if (_session is null || !LogIsLarge() || Environment.TickCount64 < _truncateAfter)
        {
            return;
        }

        try
        {
            for (int i = 0; i < TruncateAttempts && LogIsLarge(); i++)
            {
                _session.Truncate();
            }
        }
        catch (StoreUnavailableException)
        {
            // Nothing was asked of it by a caller. If there is something wrong, the next write will tell.
            _session.TryRollback();
        }

        // Where a reader takes long, do not hold up the writes again at once.
        _truncateAfter = LogIsLarge() ? Environment.TickCount64 + TruncatePauseMilliseconds : 0;
    }

    private bool LogIsLarge()
    {
        _log.Refresh();
        return _log.Exists && _log.Length >= MaxLogBytes;
    }
}
