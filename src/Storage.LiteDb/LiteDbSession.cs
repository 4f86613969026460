using LiteDB;
using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>The engine, open: for one writing thread, and for readers, whom it waits for when it is closed.</summary>
internal sealed partial class LiteDbSession : IWriteSession
{
    public const string Documents = "documents";

    private const long OrdinaryCheckpoint = 16 * 1024 * 1024;

    private readonly string _file;
    private readonly CheckedLog _log;
    private readonly LiteEngine _engine;
    private readonly long _checkpointAbove;
    private readonly ReaderWriterLockSlim _gate = new();
    private volatile StoreUnavailableException? _fault;
    private bool _closed;

    private LiteDbSession(string file, CheckedLog log, LiteEngine engine, long checkpointAbove)
    {
        _checkpointAbove = checkpointAbove;
        _file = file;
        _log = log;
        _engine = engine;
    }

    /// <inheritdoc/>
    public StoreUnavailableException? Fault => _fault;

    /// <summary>Opens a database that is there, or makes one.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened.</exception>
    public static LiteDbSession Open(string file)
    {
        LiteDbFiles.Prepare(file);
        LiteDbSession session = Open(file, () => new EngineSettings { Filename = file }, () => new LogFile(LiteDbFiles.LogOf(file)), create: false);
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
    public static LiteDbSession Open(string file, Func<EngineSettings> settings, Func<ILogFile> openLog, bool create, long checkpointAbove = OrdinaryCheckpoint)
    {
        CheckedLog? log = null;
        LiteEngine? engine = null;
        try
        {
            log = CheckedLog.Open(openLog());
            EngineSettings with = settings();
            with.LogStream = log;
            with.Collation = Collation.Binary;
            engine = new LiteEngine(with);
            var session = new LiteDbSession(file, log, engine, checkpointAbove);
            // What the log held is brought into the database, so that it starts anew. Where the disk is full, that has to wait.
            session.TryCheckpoint();
            LiteDbFiles.PrepareLayout(engine, file, create);
            return session;
        }
        catch (Exception exception)
        {
            engine?.Dispose();
            log?.Dispose();
            throw exception is StoreUnavailableException ? exception : LiteDbFaults.ToFault(exception, file);
        }
    }

    public void Begin() => Guard(() =>
    {
        // Now there can still be said that the disk is full; in the middle of a commit LiteDB would close itself.
        _log.EnsureRoom();
        return _engine.BeginTrans();
    });

    // The log has everything on the disk when LiteDB has written the last page.
    public void Commit() => Guard(_engine.Commit);

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
    }

    /// <summary>
    /// Brings the log's pages into the database, once they are many. LiteDB waits for the readers that are there, and holds up those that come; the log is emptied only after the
    /// database has been flushed.
    /// </summary>
    public void Tidy()
    {
        if (_log.Length > _checkpointAbove && _fault is null)
        {
            TryCheckpoint();
        }
    }

    /// <summary>Waits for the readers, and closes the engine.</summary>
    public void Dispose()
    {
        _gate.EnterWriteLock();
        try
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            if (_fault is null)
            {
                TryCheckpoint();
            }

            _engine.Dispose();
            _log.Dispose();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    private void TryCheckpoint()
    {
        try
        {
            _engine.Checkpoint();
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
