using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// The open engine, for one thread that writes and for readers. One of them uses the engine at a time, in the order of arrival.
/// </summary>
/// <remarks>
/// LiteDB 5.0.21 is documented as thread-safe, but is not (github.com/litedb-org/LiteDB/issues/2817). <c>MemoryCache.GetReadablePage</c>
/// finds a page in the cache first and counts its user afterwards. In between, <c>Extend</c> on another thread can take the page as unused
/// and reuse its memory for another page. So a reader can read another page, and so can the writer (<c>GetWritablePage</c> does not count
/// its use at all). Concurrent readers are affected too, because they extend the cache as well.
/// </remarks>
internal sealed partial class LiteDbSession : IFileSession
{
    public const string Documents = "documents";

    private const long OrdinaryCheckpoint = 16 * 1024 * 1024;

    private readonly string _file;
    private readonly IDatabaseFile _data;
    private readonly CheckedLog _log;
    private readonly LiteEngine _engine;
    private readonly CommitMark? _mark;
    private readonly DamagedDocuments _damaged;
    private readonly LiteDbSearches _searches;
    private readonly long _checkpointAbove;

    // All use WaitAsync, the writer too, whose waiters are served in order: the writer waits for earlier reads, and a read for one group of
    // writes.
    private readonly SemaphoreSlim _engineIsFree = new(1, 1);
    private volatile StoreUnavailableException? _fault;
    private CommitPoint _point;
    private bool _inTransaction;
    private bool _changed;
    private int _inserted;
    private bool _closed;

    private LiteDbSession(
        string file,
        IDatabaseFile data,
        CheckedLog log,
        LiteEngine engine,
        CommitMark? mark,
        long checkpointAbove,
        DamagedDocuments damaged,
        LiteDbSearches searches)
    {
        _damaged = damaged;
        _searches = searches;
        _checkpointAbove = checkpointAbove;
        _file = file;
        _data = data;
        _log = log;
        _engine = engine;
        _mark = mark;
    }

    /// <inheritdoc/>
    public StoreUnavailableException? Fault => _fault;

    /// <inheritdoc/>
    public string? AcceptedRestore { get; private set; }

    public void Begin()
    {
        _engineIsFree.WaitAsync().GetAwaiter().GetResult();
        _inTransaction = true;
        _changed = false;
        _inserted = 0;
        Guard(() =>
        {
            // A full disk is detected here: in the middle of a commit LiteDB would close itself.
            _log.EnsureRoom();
            return _engine.BeginTrans();
        });
    }

    public void Commit()
    {
        CommitPoint next = _changed ? _point.Next(_inserted) : _point;
        Guard(() =>
        {
            if (_changed)
            {
                LiteDbFiles.SavePoint(_engine, next);
            }

            // When LiteDB has written the last page, the log is on the disk.
            return _engine.Commit();
        });
        if (_changed)
        {
            _point = next;
            _mark?.Write(next);
        }

        Leave();
    }

    public bool TryRollback()
    {
        try
        {
            _engine.Rollback();
            _fault = null;
            return true;
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Copies the log into the database when it is long. The log is emptied only after the database was flushed.</summary>
    public void Checkpoint()
    {
        if (_fault is null && _log.Length > _checkpointAbove)
        {
            _engineIsFree.WaitAsync().GetAwaiter().GetResult();
            TryCheckpoint();
            _engineIsFree.Release();
        }
    }

    /// <summary>Waits for earlier readers and closes the engine.</summary>
    public void Dispose()
    {
        Leave();
        _engineIsFree.WaitAsync().GetAwaiter().GetResult();
        try
        {
            if (!_closed)
            {
                _closed = true;
                if (_fault is null)
                {
                    TryCheckpoint();
                }

                LiteDbTransactions.Close(_engine);
                _log.Dispose();
                _data.Dispose();
            }
        }
        finally
        {
            _engineIsFree.Release();
        }
    }

    /// <summary>Checks whether the database is complete, and begins a new history if an incomplete one is accepted.</summary>
    private void CheckComplete(bool acceptRestore)
    {
        CommitPoint? found = LiteDbFiles.LoadPoint(_engine);
        AcceptedRestore = _mark?.Check(found, logIsGone: _log.IsNew, acceptRestore);
        if (AcceptedRestore is null)
        {
            _point = found ?? CommitPoint.New();
            return;
        }

        long count = ReadAll(CancellationToken.None);
        if (found is not null)
        {
            CommitMark.ThrowIfCountDiffers(_file, found, count);
        }

        _point = CommitPoint.New() with { Number = found?.Number ?? 0, Documents = count };
        LiteDbFiles.SavePoint(_engine, _point);
        _mark!.Start(_point);
    }

    private void TryCheckpoint()
    {
        if (_log.Length == 0)
        {
            return;
        }

        try
        {
            _mark?.BeginCheckpoint();
            _engine.Checkpoint();
            _mark?.EndCheckpoint();
        }
        catch (Exception exception)
        {
            // No caller waits for it, and the log has everything. Continue when the disk was full; reopen the engine after other errors.
            StoreUnavailableException fault = LiteDbFaults.ToFault(exception, _file);
            if (fault.Fault != StoreFault.Full)
            {
                _fault = fault;
            }
        }
    }

    private void Leave()
    {
        if (_inTransaction)
        {
            _inTransaction = false;
            _engineIsFree.Release();
        }
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception)
        {
            throw _fault = LiteDbFaults.ToFault(exception, _file);
        }
    }
}
