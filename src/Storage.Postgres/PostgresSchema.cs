using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>The tables: made by one who may (<see cref="MigrateAsync"/>), checked by those who use them.</summary>
internal static class PostgresSchema
{
    private const int OldestServer = 13;
    private const long MigrationLock = 0x4C504764;

    /// <summary>Step n leads from version n to n + 1. A step that has been released is never changed; new ones are added at the end. <c>{0}</c> is the schema.</summary>
    private static readonly string[] Steps =
    [
        // The organisation leads every key: rows of one lie together, and an engine that spreads tables over machines can do so by it. Bytes are compared (COLLATE "C"),
        // whatever the database's language. The setting is compared with "=" before the organisation, so that one that is not set fits no organisation, not even the empty one.
        """
        CREATE TABLE {0}.documents (
            organisation text COLLATE "C" NOT NULL,
            collection text COLLATE "C" NOT NULL,
            id text COLLATE "C" NOT NULL,
            random bigint NOT NULL,
            number bigint NOT NULL,
            checksum bigint NOT NULL,
            json text NOT NULL,
            PRIMARY KEY (organisation, collection, id)
        ) WITH (fillfactor = 80);

        -- What a document is found by: numbers, and not an index over the JSON. Under row-level security the server uses an index only for operators that cannot leak a
        -- value, which those on JSON are not.
        CREATE TABLE {0}.members (
            organisation text COLLATE "C" NOT NULL,
            token bigint NOT NULL,
            id text COLLATE "C" NOT NULL,
            PRIMARY KEY (organisation, token, id)
        );

        CREATE TABLE {0}.operations (
            organisation text COLLATE "C" NOT NULL,
            operation uuid NOT NULL,
            done boolean NOT NULL,
            at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (organisation, operation)
        );

        CREATE INDEX operations_at ON {0}.operations USING brin (at);

        ALTER TABLE {0}.documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        ALTER TABLE {0}.members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY organisation ON {0}.documents USING ('=' || organisation = current_setting('patchgen.organisation', true));
        CREATE POLICY organisation ON {0}.members USING ('=' || organisation = current_setting('patchgen.organisation', true));
        """,
    ];

    public static async Task MigrateAsync(NpgsqlDataSource source, string schema, string? user, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);

        // One at a time, when several hosts are started with it.
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})", cancellationToken);
        await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {schema}; CREATE TABLE IF NOT EXISTS {schema}.layout (version int NOT NULL)", cancellationToken);
        int version = await ScalarAsync(connection, $"SELECT max(version) FROM {schema}.layout", cancellationToken) as int? ?? 0;
        RequireKnown(version, schema);
        for (; version < Steps.Length; version++)
        {
            await ExecuteAsync(connection, Steps[version].Replace("{0}", schema, StringComparison.Ordinal), cancellationToken);
            await ExecuteAsync(connection, $"DELETE FROM {schema}.layout; INSERT INTO {schema}.layout VALUES ({version + 1})", cancellationToken);
        }

        if (user is not null)
        {
            string role = $"\"{user.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            await ExecuteAsync(
                connection,
                $"""
                GRANT USAGE ON SCHEMA {schema} TO {role};
                GRANT SELECT ON {schema}.layout TO {role};
                GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.documents, {schema}.members, {schema}.operations TO {role}
                """,
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Makes sure that server and tables are what the store needs, and that an acknowledged write will be safe.</summary>
    public static async Task CheckAsync(NpgsqlDataSource source, string schema, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new StoreUnavailableException(StoreFault.Foreign, $"PostgreSQL {connection.PostgreSqlVersion} is too old: {OldestServer} or later is needed.");
        }

        if (await ScalarAsync(connection, "SHOW server_encoding", cancellationToken) is not "UTF8" and var encoding)
        {
            throw new StoreUnavailableException(StoreFault.Foreign, $"The database's encoding is {encoding}. It must be UTF8, so that every document can be kept as it is.");
        }

        foreach (string setting in (string[])["synchronous_commit", "fsync", "full_page_writes"])
        {
            if (await ScalarAsync(connection, $"SHOW {setting}", cancellationToken) is "off")
            {
                throw new StoreUnavailableException(StoreFault.Unavailable, $"PostgreSQL has {setting} = off: writes that were acknowledged could be lost. Set it on.");
            }
        }

        if (await ScalarAsync(connection, $"SELECT to_regclass('{schema}.layout')::text", cancellationToken) is not string)
        {
            throw new StoreUnavailableException(
                StoreFault.Foreign, $"The database has no tables of this store in its schema {schema}, or this role may not see them. Make them by a migration.");
        }

        int version = await ScalarAsync(connection, $"SELECT max(version) FROM {schema}.layout", cancellationToken) as int? ?? 0;
        RequireKnown(version, schema);
        if (version < Steps.Length)
        {
            throw new StoreUnavailableException(
                StoreFault.Foreign, $"The tables in the schema {schema} have layout {version}; this version of the store needs {Steps.Length}. Bring them up to date by a migration.");
        }
    }

    private static void RequireKnown(int version, string schema)
    {
        if (version > Steps.Length)
        {
            throw new StoreUnavailableException(
                StoreFault.Foreign, $"The tables in the schema {schema} were made by a later version of this store (layout {version}; this version knows up to {Steps.Length}).");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
