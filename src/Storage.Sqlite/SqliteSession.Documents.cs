using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Layers.PatchGen.Storage.Sqlite;

internal sealed partial class SqliteSession
{
    /// <summary>
    /// The maximum size of a document in bytes: a row of SQLite has at most 1,000,000,000 (sqlite.org/limits.html), with the key.
    /// </summary>
    public const int MaxDocumentBytes = 999_990_000;

    private const string Columns = "SELECT id, random, number, checksum, json";
    private const string WhereKey = "WHERE organisation = $organisation AND collection = $collection AND id = $id";
    private const string SelectAll = "SELECT id, random, number, checksum, json, organisation, collection FROM documents";
    private const string SelectOne = $"{Columns} FROM documents {WhereKey}";
    private const string SelectCollection =
        $"{Columns} FROM documents WHERE organisation = $organisation AND collection = $collection {OrderById}";

    private const string OrderById = "ORDER BY id";

    /// <summary>Finds documents by their key, by an index of members, or by reading the whole collection.</summary>
    /// <exception cref="StoreUnavailableException">
    /// A document that was read is damaged, or the engine failed (then <see cref="Fault"/> is set).
    /// </exception>
    public List<StoredDocument> Find(DocumentSelection selection, int limit, CancellationToken cancellationToken)
    {
        MemberIndex? index = _indexes.Find(selection);
        try
        {
            SqliteCommand command = Prepare(
                selection.Id is not null ? SelectOne
                : index is not null ? Columns + index.SearchSql + OrderById
                : SelectCollection);
            Bind(command, "$organisation", selection.Tenant);
            Bind(command, "$collection", selection.Collection);
            if (selection.Id is not null)
            {
                Bind(command, "$id", selection.Id);
            }

            for (int i = 0; i < index?.Members.Count; i++)
            {
                MemberValue value = selection.Equal.First(value => value.Member == index.Members[i]);
                Bind(command, MemberIndex.Parameter(i), value.Text is null ? value.Number : value.Text);
            }

            var documents = new List<StoredDocument>();
            using SqliteDataReader reader = command.ExecuteReader();
            while (documents.Count < limit && reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                StoredDocument document = Read(reader, selection);
                if (selection.Matches(document))
                {
                    documents.Add(document);
                }
            }

            return documents;
        }
        catch (SqliteException exception)
        {
            throw Failed(exception);
        }
    }

    /// <inheritdoc/>
    public bool Insert(StoredDocument document)
    {
        int inserted = Save(
            """
            INSERT INTO documents (organisation, collection, id, random, number, checksum, json)
            VALUES ($organisation, $collection, $id, $random, $number, $checksum, CAST($json AS TEXT))
            ON CONFLICT (organisation, collection, id) DO NOTHING
            """,
            document);
        Changed(inserted);
        return inserted == 1;
    }

    /// <inheritdoc/>
    public void Update(StoredDocument document, DocumentVersion before, IReadOnlyList<StoredDocument> companions)
    {
        int changed = Save(
            $"""
            UPDATE documents SET random = $random, number = $number, checksum = $checksum, json = CAST($json AS TEXT)
            {WhereKey} AND random = $before AND number = $number - 1
            """,
            document,
            before);
        if (changed != 1)
        {
            throw new StoreUnavailableException(
                StoreFault.Damaged, $"The database {_file} is damaged: a document was found, and not found again. {document.Key}");
        }

        _changed = true;
        foreach (StoredDocument companion in companions)
        {
            Insert(companion);
        }
    }

    /// <inheritdoc/>
    public bool Delete(DocumentKey key)
    {
        // Read first: SQLite finds the index entries to delete by the JSON, so a damaged document would leave entries behind.
        if (Find(DocumentSelection.Of(key), 1, CancellationToken.None).Count == 0)
        {
            return false;
        }

        try
        {
            SqliteCommand command = Prepare($"DELETE FROM documents {WhereKey}");
            Bind(command, key);
            int deleted = command.ExecuteNonQuery();
            Changed(-deleted);
            return deleted == 1;
        }
        catch (SqliteException exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>Creates an index unless it exists; false if there are too many.</summary>
    public bool CreateIndex(MemberIndex index)
    {
        try
        {
            string name = index.Name.Replace("'", "''", StringComparison.Ordinal);
            if (SqliteSchema.Scalar(_connection, $"SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = '{name}'") is not null)
            {
                return true;
            }

            if (SqliteSchema.Scalar(_connection, MemberIndex.CountSql) is long and >= MemberIndex.Max)
            {
                return false;
            }

            SqliteSchema.Execute(_connection, index.CreateSql);
            return true;
        }
        catch (SqliteException exception)
        {
            throw Failed(exception);
        }
    }

    /// <inheritdoc/>
    public long Verify(CancellationToken cancellationToken)
    {
        // One transaction, so that everything is read in one state.
        Execute("BEGIN");
        try
        {
            long count = ReadAll(cancellationToken);
            CommitMark.ThrowIfCountDiffers(_file, LoadPoint(), count);
            return count;
        }
        finally
        {
            TryEnd();
        }
    }

    private long ReadAll(CancellationToken cancellationToken)
    {
        try
        {
            if (SqliteSchema.Scalar(_connection, "PRAGMA integrity_check(1)") is not "ok" and var problem)
            {
                throw new StoreUnavailableException(StoreFault.Damaged, $"The database {_file} is damaged. {problem}");
            }

            long count = 0;
            using SqliteDataReader reader = Prepare(SelectAll).ExecuteReader();
            for (; reader.Read(); count++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Read(reader);
            }

            return count;
        }
        catch (SqliteException exception)
        {
            throw Failed(exception);
        }
    }

    private void Changed(int inserted)
    {
        _inserted += inserted;
        _changed |= inserted != 0;
    }

    /// <summary>
    /// Reads a document. The tenant and the collection are those of the selection, which the checksum confirms; without a selection, they
    /// are read as well.
    /// </summary>
    private StoredDocument Read(SqliteDataReader reader, DocumentSelection? selection = null)
    {
        try
        {
            // The raw bytes of a TEXT column: GetString would replace invalid UTF-8 by U+FFFD.
            var document = new StoredDocument(
                new DocumentKey(
                    selection?.Tenant ?? reader.GetString(5), selection?.Collection ?? reader.GetString(6), reader.GetString(0)),
                new DocumentVersion(reader.GetInt64(1), reader.GetInt64(2)),
                reader.GetFieldValue<byte[]>(4));
            return document.Checksum() == reader.GetInt64(3)
                ? document
                : throw new StoreUnavailableException(
                    StoreFault.Damaged, $"A document in {_file} is damaged: its checksum does not match its content. {document.Key}");
        }
        catch (InvalidOperationException exception)
        {
            throw new StoreUnavailableException(
                StoreFault.Damaged, $"A document in {_file} is damaged: a column has no value.", exception);
        }
    }

    private int Save(string sql, StoredDocument document, DocumentVersion? before = null)
    {
        try
        {
            SqliteCommand command = Prepare(sql);
            Bind(command, document.Key);
            Bind(command, "$random", document.Version.Random);
            Bind(command, "$number", document.Version.Number);
            Bind(command, "$checksum", document.Checksum());
            Bind(command, "$json", Bytes(document.Json));
            if (before is { } version)
            {
                Bind(command, "$before", version.Random);
            }

            return command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            throw Failed(exception);
        }
    }

    private static void Bind(SqliteCommand command, DocumentKey key)
    {
        Bind(command, "$organisation", key.Tenant);
        Bind(command, "$collection", key.Collection);
        Bind(command, "$id", key.Id);
    }

    private static void Bind(SqliteCommand command, string name, object value)
    {
        if (command.Parameters.IndexOf(name) is var at && at >= 0)
        {
            command.Parameters[at].Value = value;
        }
        else
        {
            command.Parameters.Add(new SqliteParameter(name, value));
        }
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> json) =>
        MemoryMarshal.TryGetArray(json, out ArraySegment<byte> segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : json.ToArray();
}
