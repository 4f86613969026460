using LiteDB;
using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>The engine, open, for one thread that writes and for readers. Only one of them is in the engine at a time, in the order in which they came.</summary>
/// <remarks>
/// LiteDB 5.0.21 means to be safe for many threads, and is not (github.com/litedb-org/LiteDB/issues/2817). <c>MemoryCache.GetReadablePage</c> finds a page in the cache first and
/// counts its user afterwards. Between the two, <c>Extend</c>, in any other thread that needs a page, takes it for unused and gives its memory to another page. So a reader can be
/// shown another page, and so can the writer (<c>GetWritablePage</c> does not count itself at all). Readers beside each other are no exception: they extend the cache as well.
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
    private readonly long _checkpointAbove;

    // All wait by WaitAsync, the writer too: these waiters are served in order, so that the writer waits for the reads that came before it, and a read for one group of writes.
    private readonly SemaphoreSlim _engineIsFree = new(1, 1);
    private volatile StoreUnavailableException? _fault;
    private CommitPoint _point;
    private bool _inTransaction;
    private bool _changed;
    private int _inserted;
    private bool _closed;

    private LiteDbSession(string file, IDatabaseFile data, CheckedLog log, LiteEngine engine, CommitMark? mark, long checkpointAbove)
    {
        _checkpointAbove = checkpointAbove;
        _file = file;
        _data = data;
        _log = log;
        _engine = engine;
        _mark = mark;
    }

    /// <inheritdoc/>
    public StoreUnavailableException? Fault => _fault;

    /// <summary>What was accepted when it was opened: see <see cref="CommitMark.Check"/>.</summary>
    public string? AcceptedRestore { get; private set; }

    /// <summary>Opens a database that is there, or makes one.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened.</exception>
    public static LiteDbSession Open(string file, CommitMark mark, bool acceptRestore)
    {
        LiteDbFiles.Prepare(file, mark);
        LiteDbSession session = Open(file, () => LiteDbFiles.OpenData(file), () => new DatabaseFile(LiteDbFiles.LogOf(file)), mark, acceptRestore);
        try
        {
            // The names of the database, which was renamed, and of its log. Before the first write is acknowledged.
            StoreFile.FlushName(file);
            return session;
        }
        catch (IOException exception)
        {
            session.Dispose();
            throw LiteDbFaults.ToFault(exception, file);
        }
    }

    /// <summary>Opens the engine over any files; tests give their own.</summary>
    /// <param name="file">The name of the database, for messages.</param>
    /// <param name="openData">Opens the database.</param>
    /// <param name="openLog">Opens its log.</param>
    /// <param name="mark">The mark of the database; null for one that has none, such as one that is being made.</param>
    /// <param name="acceptRestore">See <see cref="FileStoreOptions.AcceptRestore"/>.</param>
    /// <param name="create">The point of a database to be made; null for one that is there.</param>
    /// <param name="checkpointAbove">The size of the log, in bytes, above which it is brought into the database.</param>
    public static LiteDbSession Open(
        string file,
        Func<IDatabaseFile> openData,
        Func<IDatabaseFile> openLog,
        CommitMark? mark = null,
        bool acceptRestore = false,
        CommitPoint? create = null,
        long checkpointAbove = OrdinaryCheckpoint)
    {
        IDatabaseFile? data = null;
        CheckedLog? log = null;
        LiteEngine? engine = null;
        try
        {
            data = openData();
            log = CheckedLog.Open(openLog(), upToDamage: acceptRestore);
            engine = new LiteEngine(new EngineSettings { DataStream = new DatabaseStream(data), LogStream = log, Collation = Collation.Binary });
            LiteDbFiles.PrepareLayout(engine, file, create);
            var session = new LiteDbSession(file, data, log, engine, mark, checkpointAbove);
            session.CheckComplete(acceptRestore);

            // What the log held is brought into the database, so that it starts anew. Where the disk is full, that has to wait.
            session.TryCheckpoint();
            return session;
        }
        catch (Exception exception)
        {
            engine?.Dispose();
            log?.Dispose();
            data?.Dispose();
            throw exception is StoreUnavailableException ? exception : LiteDbFaults.ToFault(exception, file);
        }
    }

    public void Begin()
    {
        _engineIsFree.WaitAsync().GetAwaiter().GetResult();
        _inTransaction = true;
        _changed = false;
        _inserted = 0;
        Guard(() =>
        {
            // Now there can still be said that the disk is full; in the middle of a commit LiteDB would close itself.
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

            // The log has everything on the disk when LiteDB has written the last page.
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

    /// <summary>Brings the log's pages into the database, once they are many. The log is emptied only after the database has been flushed.</summary>
    public void Checkpoint()
    {
        if (_fault is null && _log.Length > _checkpointAbove)
        {
            _engineIsFree.WaitAsync().GetAwaiter().GetResult();
            TryCheckpoint();
            _engineIsFree.Release();
        }
    }

    /// <summary>Waits for the readers that came before, and closes the engine.</summary>
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

                _engine.Dispose();
                _log.Dispose();
                _data.Dispose();
            }
        }
        finally
        {
            _engineIsFree.Release();
        }
    }

    /// <summary>Looks whether the database is complete, and begins a new history where one that is not was accepted.</summary>
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
            // Nothing was asked of it by a caller, and the log has everything. A full disk mends itself; after anything else the engine is better opened anew.
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
