using LiteDB;
using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

internal sealed partial class LiteDbSession
{
    /// <summary>Opens a database; creates it if there is none.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened.</exception>
    public static LiteDbSession Open(
        string file, CommitMark mark, bool acceptRestore, DamagedDocuments damaged, LiteDbSearches searches)
    {
        LiteDbFiles.Prepare(file, mark);
        LiteDbSession session = Open(
            file,
            () => LiteDbFiles.OpenData(file),
            () => new DatabaseFile(LiteDbFiles.LogOf(file)),
            mark,
            acceptRestore,
            damaged: damaged,
            searches: searches);
        try
        {
            // The names of the database, which was renamed, and of its log must be on the disk before the first write is acknowledged.
            StoreFile.FlushName(file);
            return session;
        }
        catch (IOException exception)
        {
            session.Dispose();
            throw LiteDbFaults.ToFault(exception, file);
        }
    }

    /// <summary>Opens the engine with any files; tests use their own.</summary>
    /// <param name="file">The name of the database, for messages.</param>
    /// <param name="openData">Opens the database.</param>
    /// <param name="openLog">Opens its log.</param>
    /// <param name="mark">The mark of the database; null if it has none, such as one that is being created.</param>
    /// <param name="acceptRestore">See <see cref="FileStoreOptions.AcceptRestore"/>.</param>
    /// <param name="create">The point of a new database; null for an existing one.</param>
    /// <param name="checkpointAbove">The size of the log in bytes above which it is copied into the database.</param>
    /// <param name="damaged">The documents that sessions before this one have found damaged.</param>
    /// <param name="searches">The members that searches look up, as far as sessions before this one have added them.</param>
    public static LiteDbSession Open(
        string file,
        Func<IDatabaseFile> openData,
        Func<IDatabaseFile> openLog,
        CommitMark? mark = null,
        bool acceptRestore = false,
        CommitPoint? create = null,
        long checkpointAbove = OrdinaryCheckpoint,
        DamagedDocuments? damaged = null,
        LiteDbSearches? searches = null)
    {
        IDatabaseFile? data = null;
        CheckedLog? log = null;
        LiteEngine? engine = null;
        try
        {
            data = openData();
            log = CheckedLog.Open(openLog(), upToDamage: acceptRestore);
            var stream = new DatabaseStream(data) { IsValidated = create is not null };
            engine = new LiteEngine(new EngineSettings
            {
                DataStream = stream,
                LogStream = log,
                Collation = Collation.Binary,
            });
            LiteDbFiles.PrepareLayout(engine, file, create);
            searches ??= new LiteDbSearches();
            searches.Load(engine);
            var session = new LiteDbSession(
                file, data, log, engine, mark, checkpointAbove, damaged ?? new DamagedDocuments(), searches);
            session.CheckComplete(acceptRestore);
            stream.IsValidated = true;

            // Start with an empty log. If the disk is full, this is done later.
            session.TryCheckpoint();
            return session;
        }
        catch (Exception exception)
        {
            if (engine is not null)
            {
                LiteDbTransactions.Close(engine);
            }

            log?.Dispose();
            data?.Dispose();
            throw exception is StoreUnavailableException ? exception : LiteDbFaults.ToFault(exception, file);
        }
    }
}
