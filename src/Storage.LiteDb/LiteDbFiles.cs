using LiteDB;
using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>The database and its log: how they are made and recognised.</summary>
internal static class LiteDbFiles
{
    private const string Layout = "layout";
    private const string Commits = "commits";
    private const int NewestLayout = StoreLayout.First;

    /// <summary>Makes a database where there is none.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be made.</exception>
    public static void Prepare(string file, CommitMark mark)
    {
        if (!File.Exists(file))
        {
            Create(file, mark);
        }
    }

    /// <summary>Makes the collections of a new database, or makes sure that one is ours and of a layout that is read.</summary>
    /// <exception cref="StoreUnavailableException">It is not.</exception>
    public static void PrepareLayout(LiteEngine engine, string file, CommitPoint? create)
    {
        if (create is { } point)
        {
            // Never by itself: only when the writer says so, and the log is safe.
            engine.Pragma("CHECKPOINT", 0);
            engine.Pragma("UTC_DATE", true);
            engine.EnsureIndex(LiteDbSession.Documents, "t", BsonExpression.Create("$.t[*]"), unique: false);
            engine.Insert(Layout, [new BsonDocument { ["_id"] = 1, ["version"] = NewestLayout, ["checksum"] = StoredDocument.ChecksumAlgorithm }], BsonAutoId.Int32);
            SavePoint(engine, point);
            engine.Checkpoint();
        }

        using IBsonDataReader reader = engine.Query(Layout, new Query());
        if (!reader.Read())
        {
            throw new StoreUnavailableException(StoreFault.Incompatible, $"{file} is a LiteDB database, but not one of this store. It was left as it is.");
        }

        StoreLayout.ThrowIfIncompatible(file, reader.Current["version"].AsInt32, NewestLayout);
        StoreLayout.ThrowIfUnknownChecksum(file, reader.Current["checksum"].AsString);
    }

    /// <summary>The log of a database.</summary>
    public static string LogOf(string file) => file + "-safelog";

    /// <summary>Opens and locks the database, and makes sure that it is one, before LiteDB sees it, which would cut what is not made of its pages.</summary>
    /// <exception cref="StoreUnavailableException">It is something else, or another program has changed it.</exception>
    public static IDatabaseFile OpenData(string file)
    {
        var data = new DatabaseFile(file, FileMode.Open);
        try
        {
            Span<byte> head = stackalloc byte[64];
            if (data.Read(head, 0) < head.Length || !head[32..].StartsWith("** This is a LiteDB file **\u0008"u8))
            {
                throw new StoreUnavailableException(
                    StoreFault.Incompatible, $"{file} is not a database of LiteDB 5, or its beginning is damaged. It was left as it is: put the database back from a backup, or remove it.");
            }

            // A log that LiteDB would not look at, since it is given another one.
            string ownLog = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file) + "-log" + Path.GetExtension(file));
            if (File.Exists(ownLog) && new FileInfo(ownLog).Length > 0)
            {
                throw new StoreUnavailableException(
                    StoreFault.Incompatible, $"Another program has changed {file} with LiteDB, and its changes are still in {ownLog}. Bring them into the database with it (CHECKPOINT), or remove them.");
            }

            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>The point that the database is at; null where there is none, or it is damaged.</summary>
    public static CommitPoint? LoadPoint(LiteEngine engine)
    {
        using IBsonDataReader reader = engine.Query(Commits, new Query());
        return reader.Read() && reader.Current is { } bson && bson["history"].IsGuid && bson["number"].IsInt64 && bson["documents"].IsInt64
            && new CommitPoint(bson["history"].AsGuid, bson["number"].AsInt64, bson["documents"].AsInt64) is var point && bson["checksum"] == point.Checksum()
            ? point
            : null;
    }

    /// <summary>Saves the point, in the transaction that it counts.</summary>
    public static void SavePoint(LiteEngine engine, CommitPoint point)
    {
        var bson = new BsonDocument { ["_id"] = 1, ["history"] = point.History, ["number"] = point.Number, ["documents"] = point.Documents, ["checksum"] = point.Checksum() };
        engine.Upsert(Commits, [bson], BsonAutoId.Int32);
    }

    // Made under another name and then renamed, so that a database is there as a whole or not at all, whenever the process is killed.
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
                        StoreFault.Damaged, $"{file} is missing, but its log {LogOf(file)} is there and not empty. Put the database back, or remove the log too.");
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
