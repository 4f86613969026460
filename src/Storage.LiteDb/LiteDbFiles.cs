using LiteDB;
using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>The database and its log: how they are made and recognised.</summary>
internal static class LiteDbFiles
{
    private const string Layout = "layout";
    private const int LayoutVersion = 1;

    /// <summary>Makes a database where there is none, and makes sure that what is there is one.</summary>
    /// <exception cref="StoreUnavailableException">It is something else, cannot be read, or cannot be made.</exception>
    public static void Prepare(string file)
    {
        if (!File.Exists(file))
        {
            Create(file);
        }

        Recognise(file);
    }

    /// <summary>Makes the collections of a new database, or makes sure that one is ours and of a version that we know.</summary>
    /// <exception cref="StoreUnavailableException">It is not.</exception>
    public static void PrepareLayout(LiteEngine engine, string file, bool create)
    {
        if (create)
        {
            // Never by itself: only when the writer says so, and the log is safe.
            engine.Pragma("CHECKPOINT", 0);
            engine.Pragma("UTC_DATE", true);
            engine.EnsureIndex(LiteDbSession.Documents, "t", BsonExpression.Create("$.t[*]"), unique: false);
            engine.Insert(Layout, [new BsonDocument { ["_id"] = 1, ["version"] = LayoutVersion }], BsonAutoId.Int32);
            engine.Checkpoint();
        }

        using IBsonDataReader reader = engine.Query(Layout, new Query());
        int? version = reader.Read() ? reader.Current["version"].AsInt32 : null;
        if (version is null || version > LayoutVersion)
        {
            throw new StoreUnavailableException(
                StoreFault.Foreign,
                version is null
                    ? $"{file} is a LiteDB database, but not one of this store. It was left as it is."
                    : $"{file} was made by a later version of this store (layout {version}; this version knows up to {LayoutVersion}). It was left as it is.");
        }
    }

    /// <summary>The log of a database.</summary>
    public static string LogOf(string file) => file + "-safelog";

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
            LiteDbSession.Open(draft, () => new EngineSettings { Filename = draft }, () => new LogFile(LogOf(draft)), create: true).Dispose();
            File.Delete(LogOf(draft));
            File.Move(draft, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw LiteDbFaults.ToFault(exception, file);
        }
    }
}
