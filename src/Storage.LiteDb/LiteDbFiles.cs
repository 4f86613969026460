using LiteDB;
using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>Creates and recognizes the database and its log.</summary>
internal static class LiteDbFiles
{
    private const string Layout = "layout";
    private const string Commits = "commits";
    private const int NewestLayout = StoreLayout.First;

    /// <summary>Creates the database if there is none.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be created.</exception>
    public static void Prepare(string file, CommitMark mark)
    {
        if (!File.Exists(file))
        {
            Create(file, mark);
        }
    }

    /// <summary>Creates the collections of a new database, or validates the layout of an existing one.</summary>
    /// <exception cref="StoreUnavailableException">It is not a database of this store, or has an unknown layout.</exception>
    public static void PrepareLayout(LiteEngine engine, string file, CommitPoint? create)
    {
        if (create is { } point)
        {
            // No automatic checkpoints: the log must be flushed and the mark written first.
            engine.Pragma("CHECKPOINT", 0);
            engine.Pragma("UTC_DATE", true);
            engine.EnsureIndex(LiteDbSession.Documents, "t", BsonExpression.Create("$.t[*]"), unique: false);
            var layout = new BsonDocument { ["_id"] = 1, ["version"] = NewestLayout, ["checksum"] = StoredDocument.ChecksumAlgorithm };
            engine.Insert(Layout, [layout], BsonAutoId.Int32);
            SavePoint(engine, point);
            engine.Checkpoint();
        }

        using IBsonDataReader reader = engine.Query(Layout, new Query());
        if (!reader.Read() || !reader.Current["version"].IsInt32)
        {
            throw new StoreUnavailableException(
                StoreFault.Incompatible, $"{file} is a LiteDB database, but not of this store. Nothing was changed.");
        }

        StoreLayout.ThrowIfIncompatible(file, reader.Current["version"].AsInt32, NewestLayout);
        StoreLayout.ThrowIfUnknownChecksum(file, reader.Current["checksum"] is { IsString: true } name ? name.AsString : null);
    }

    /// <summary>The log of a database.</summary>
    public static string LogOf(string file) => file + "-safelog";

    /// <summary>
    /// Opens and locks the database, and validates it before LiteDB opens it, which would truncate what does not consist of its pages.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It is another file, or another program has changed it.</exception>
    public static IDatabaseFile OpenData(string file)
    {
        var data = new DatabaseFile(file, FileMode.Open);
        try
        {
            byte[] header = new byte[CheckedLog.PageSize];
            if (data.Read(header, 0) < header.Length || !IsOfThisStore(header))
            {
                throw new StoreUnavailableException(
                    StoreFault.Incompatible,
                    $"{file} is not a LiteDB database of this store, or its beginning is damaged. Nothing was changed. "
                    + "Restore a backup, move the file away, or choose another path.");
            }

            // LiteDB does not read this log, because it is given another one.
            string name = Path.GetFileNameWithoutExtension(file) + "-log" + Path.GetExtension(file);
            string ownLog = Path.Combine(Path.GetDirectoryName(file)!, name);
            if (File.Exists(ownLog) && new FileInfo(ownLog).Length > 0)
            {
                throw new StoreUnavailableException(
                    StoreFault.Incompatible,
                    $"Another program has changed {file} with LiteDB, and its changes are in {ownLog}. To discard them, delete that file. "
                    + "Do not copy them into the database (CHECKPOINT): they could overwrite acknowledged changes.");
            }

            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether the first page is that of a LiteDB 5 database with the collections of this store, which are there since its creation. Read
    /// without LiteDB, which would fail in various ways for the databases of others, and write to damaged ones.
    /// </summary>
    private static bool IsOfThisStore(byte[] header)
    {
        const int NameAt = 32, CollectionsAt = 192;
        if (!header.AsSpan(NameAt).StartsWith("** This is a LiteDB file **\u0008"u8))
        {
            return false;
        }

        try
        {
            BsonDocument collections = BsonSerializer.Deserialize(header[CollectionsAt..]);
            return collections.ContainsKey(LiteDbSession.Documents) && collections.ContainsKey(Layout);
        }
        catch (Exception)
        {
            // LiteDB throws exceptions of any type for damaged BSON.
            return false;
        }
    }

    /// <summary>Loads the last commit of the database; null if it is missing or damaged.</summary>
    public static CommitPoint? LoadPoint(LiteEngine engine)
    {
        using IBsonDataReader reader = engine.Query(Commits, new Query());
        if (!reader.Read()
            || reader.Current is not { } bson
            || !bson["history"].IsGuid
            || !bson["number"].IsInt64
            || !bson["documents"].IsInt64)
        {
            return null;
        }

        var point = new CommitPoint(bson["history"].AsGuid, bson["number"].AsInt64, bson["documents"].AsInt64);
        return bson["checksum"] == point.Checksum() ? point : null;
    }

    /// <summary>Saves the last commit of the database.</summary>
    public static void SavePoint(LiteEngine engine, CommitPoint point)
    {
        var bson = new BsonDocument
        {
            ["_id"] = 1,
            ["history"] = point.History,
            ["number"] = point.Number,
            ["documents"] = point.Documents,
            ["checksum"] = point.Checksum(),
        };
        engine.Upsert(Commits, [bson], BsonAutoId.Int32);
    }

    // Created under another name and then renamed, so that there is a complete database or none, even if the process is killed.
    private static void Create(string file, CommitMark mark)
    {
        try
        {
            if (File.Exists(LogOf(file)))
            {
                using CheckedLog left = CheckedLog.Open(new DatabaseFile(LogOf(file)));
                if (left.Length > 0)
                {
                    throw new StoreUnavailableException(
                        StoreFault.Damaged,
                        $"{file} is missing, but its log {LogOf(file)} exists and is not empty. Put the database back, or "
                        + "remove the log too.");
                }
            }

            CommitPoint point = mark.Create();

            string draft = file + ".new";
            File.Delete(draft);
            File.Delete(LogOf(draft));
            LiteDbSession.Open(draft, () => new DatabaseFile(draft), () => new DatabaseFile(LogOf(draft)), create: point).Dispose();
            File.Delete(LogOf(draft));
            File.Move(draft, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw LiteDbFaults.ToFault(exception, file);
        }
    }
}
