using LiteDB;
using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>The engine, open: for one writing thread, and for readers, whom it waits for when it is closed.</summary>
internal sealed class LiteDbSession : IWriteSession
{
    private const string Documents = "documents";
    private const string Layout = "layout";
    private const int LayoutVersion = 1;
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
        if (!File.Exists(file))
        {
            Create(file);
        }

        Recognise(file);
        LiteDbSession session = Open(file, () => new EngineSettings { Filename = file }, () => new LogFile(LogOf(file)), create: false);
        try
        {
            // The names of the database, which was renamed, and of its log. Before the first write is acknowledged.
            StoreFile.FlushFolder(file);
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
            session.Prepare(create);
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

    /// <summary>Finds documents, for a reader: beside others, and beside the writer.</summary>
    public List<StoredDocument>? Read(DocumentSelection selection, int limit, CancellationToken cancellationToken)
    {
        _gate.EnterReadLock();
        try
        {
            return _closed ? null : Find(selection, limit, forUpdate: false, cancellationToken);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Finds documents, ordered by id. By members, it reads all that have the first of them, and puts them in order afterwards.</summary>
    public List<StoredDocument> Find(DocumentSelection selection, int limit, bool forUpdate, CancellationToken cancellationToken)
    {
        try
        {
            var query = new Query { ForUpdate = forUpdate };
            query.Where.Add(selection.Id is not null
                ? BsonExpression.Create("$._id = @0", LiteDbDocument.Id(new DocumentKey(selection.Organisation, selection.Collection, selection.Id)))
                : BsonExpression.Create("$.t[*] ANY = @0", selection.Equal.Count > 0
                    ? DocumentTokens.Of(selection).First()
                    : LiteDbDocument.CollectionToken(selection.Organisation, selection.Collection)));
            var documents = new List<StoredDocument>();
            using IBsonDataReader reader = _engine.Query(Documents, query);
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                StoredDocument document = Checked(reader.Current);
                if (selection.Matches(document))
                {
                    documents.Add(document);
                }
            }

            documents.Sort((left, right) => DocumentKey.IdOrder.Compare(left.Key.Id, right.Key.Id));
            return documents.Count > limit ? documents[..limit] : documents;
        }
        catch (Exception exception) when (exception is not (StoreUnavailableException or OperationCanceledException))
        {
            StoreUnavailableException fault = LiteDbFaults.ToFault(exception, _file);
            if (forUpdate || LiteDbFaults.Closes(exception))
            {
                _fault = fault;
            }

            throw fault;
        }
    }

    public bool Insert(StoredDocument document)
    {
        // Looked for first: LiteDB undoes the whole transaction on a duplicate.
        if (Find(DocumentSelection.Of(document.Key), 1, forUpdate: true, CancellationToken.None).Count > 0)
        {
            return false;
        }

        BsonDocument bson = LiteDbDocument.ToBson(document);
        return Guard(() => _engine.Insert(Documents, [bson], BsonAutoId.ObjectId)) == 1;
    }

    public void Update(StoredDocument document)
    {
        BsonDocument bson = LiteDbDocument.ToBson(document);
        if (Guard(() => _engine.Update(Documents, [bson])) != 1)
        {
            throw new StoreUnavailableException(StoreFault.Damaged, $"The database {_file} is damaged: it found a document and did not find it again. {document.Key}");
        }
    }

    public bool Delete(DocumentKey key) =>
        Find(DocumentSelection.Of(key), 1, forUpdate: true, CancellationToken.None).Count == 1 && Guard(() => _engine.Delete(Documents, [LiteDbDocument.Id(key)])) == 1;

    /// <summary>Reads everything, and counts the documents.</summary>
    public long Verify(CancellationToken cancellationToken)
    {
        try
        {
            long count = 0;
            using IBsonDataReader reader = _engine.Query(Documents, new Query());
            for (; reader.Read(); count++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Checked(reader.Current);
            }

            return count;
        }
        catch (Exception exception) when (exception is not (StoreUnavailableException or OperationCanceledException))
        {
            throw _fault = LiteDbFaults.ToFault(exception, _file);
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

    private static string LogOf(string file) => file + "-safelog";

    // Before LiteDB sees it, which would cut what is not made of its pages, and not look at another log than the one that it is given.
    private static void Recognise(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] head = new byte[64];
            if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan(32).StartsWith("** This is a LiteDB file **\u0008"u8))
            {
                throw new StoreUnavailableException(
                    StoreFault.Foreign, $"{file} is not a database of LiteDB 5, or its beginning is damaged. It was left as it is: put the database back from a backup, or remove it.");
            }

            string ownLog = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file) + "-log" + Path.GetExtension(file));
            if (File.Exists(ownLog) && new FileInfo(ownLog).Length > 0)
            {
                throw new StoreUnavailableException(
                    StoreFault.Foreign, $"Another program has changed {file} with LiteDB, and its changes are still in {ownLog}. Bring them into the database with it (CHECKPOINT), or remove them.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LiteDbFaults.ToFault(exception, file);
        }
    }

    // Made under another name and then renamed, so that a database is there as a whole or not at all, whenever the process is killed.
    private static void Create(string file)
    {
        try
        {
            if (File.Exists(LogOf(file)))
            {
                using CheckedLog left = CheckedLog.Open(new LogFile(LogOf(file)));
                if (left.Length > 0)
                {
                    throw new StoreUnavailableException(
                        StoreFault.Damaged, $"{file} is missing, but its log {LogOf(file)} is there and not empty. Put the database back, or remove the log too.");
                }
            }

            string draft = file + ".new";
            File.Delete(draft);
            File.Delete(LogOf(draft));
            Open(draft, () => new EngineSettings { Filename = draft }, () => new LogFile(LogOf(draft)), create: true).Dispose();
            File.Delete(LogOf(draft));
            File.Move(draft, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw LiteDbFaults.ToFault(exception, file);
        }
    }

    private void Prepare(bool create)
    {
        // What the log held is brought into the database, so that it starts anew. Where the disk is full, that has to wait.
        TryCheckpoint();
        if (create)
        {
            // Never by itself: only when the writer says so, and the log is safe.
            _engine.Pragma("CHECKPOINT", 0);
            _engine.Pragma("UTC_DATE", true);
            _engine.EnsureIndex(Documents, "t", BsonExpression.Create("$.t[*]"), unique: false);
            _engine.Insert(Layout, [new BsonDocument { ["_id"] = 1, ["version"] = LayoutVersion }], BsonAutoId.Int32);
            _engine.Checkpoint();
        }

        using IBsonDataReader reader = _engine.Query(Layout, new Query());
        int? version = reader.Read() ? reader.Current["version"].AsInt32 : null;
        if (version is null || version > LayoutVersion)
        {
            throw new StoreUnavailableException(
                StoreFault.Foreign,
                version is null
                    ? $"{_file} is a LiteDB database, but not one of this store. It was left as it is."
                    : $"{_file} was made by a later version of this store (layout {version}; this version knows up to {LayoutVersion}). It was left as it is.");
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

    private StoredDocument Checked(BsonValue bson) =>
        LiteDbDocument.FromBson(bson.AsDocument)
        ?? throw new StoreUnavailableException(StoreFault.Damaged, $"A document in {_file} is damaged: its checksum is not that of its content.");

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
