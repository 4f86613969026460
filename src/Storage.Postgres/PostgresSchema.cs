using System.Globalization;
using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>Creates, updates and checks the tables.</summary>
internal static class PostgresSchema
{
    private const int OldestServer = 13;
    private const long MigrationLock = 0x4C504764;

    /// <summary>
    /// The first step creates the layout <see cref="StoreLayout.First"/>, each further step updates to the next. Published steps are never
    /// changed; new ones are added at the end. <c>{0}</c> is the schema.
    /// </summary>
    private static readonly string[] Steps =
    [
        // The tenant is the first part of every key: rows of a tenant are stored together, and a distributed engine can use
        // it to distribute tables. Bytes are compared (COLLATE "C"), regardless of the database's locale. The policies compare the setting
        // with "=" before the tenant, so that a missing setting matches no tenant, not even the empty one.
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

        -- Documents are found by tokens and not by an index of the JSON: under row-level security the server uses an index only for
        -- leakproof operators, which those of JSON are not.
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

        // Only members that searches look up have tokens: of all string and integer members before. The name of the table is another one,
        // so that hosts of the earlier version, which would save documents without regard to the members, save none. Tables are locked in
        // the order of their statements.
        """
        LOCK TABLE {0}.documents, {0}.members;
        DROP TABLE {0}.members;
        CREATE TABLE {0}.tokens (
            organisation text COLLATE "C" NOT NULL,
            token bigint NOT NULL,
            id text COLLATE "C" NOT NULL,
            PRIMARY KEY (organisation, token, id)
        );

        -- The members of all tenants: "=" and the name, or "*" for all. Until one is ready, documents get its token, in the order of their
        -- keys; those up to the last key have it. Each change of the table changes the stamp in {0}.layout.
        CREATE TABLE {0}.searches (
            collection text COLLATE "C" NOT NULL,
            member text COLLATE "C" NOT NULL,
            ready boolean NOT NULL DEFAULT false,
            after_organisation text COLLATE "C",
            after_id text COLLATE "C",
            PRIMARY KEY (collection, member)
        );

        ALTER TABLE {0}.layout ADD COLUMN searches uuid NOT NULL DEFAULT gen_random_uuid();

        -- "*" is the setting of no tenant.
        ALTER TABLE {0}.tokens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY organisation ON {0}.tokens USING ('=' || organisation = current_setting('patchgen.organisation', true));
        CREATE POLICY preparation ON {0}.tokens FOR INSERT WITH CHECK (current_setting('patchgen.organisation', true) = '*');
        CREATE POLICY preparation ON {0}.documents FOR SELECT USING (current_setting('patchgen.organisation', true) = '*');
        """,
    ];

    /// <summary>The layout after the last step.</summary>
    private static int Newest => StoreLayout.First + Steps.Length - 1;

    public static async Task MigrateAsync(PostgresHosts hosts, string schema, string? user, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = (await hosts.OpenAsync(cancellationToken)).Connection;
        bool notReplicated = false;
        connection.Notice += (_, notice) => notReplicated |= PostgresFaults.IsNotReplicated(notice.Notice);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT {PostgresStatements.Durable}", cancellationToken);

        // Several hosts may migrate at the same time.
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})", cancellationToken);
        await ExecuteAsync(
            connection,
            $"""
            CREATE SCHEMA IF NOT EXISTS {schema};
            CREATE TABLE IF NOT EXISTS {schema}.layout (version int NOT NULL, checksum text NOT NULL)
            """,
            cancellationToken);
        for (int next = (await LayoutAsync(connection, schema, cancellationToken) ?? StoreLayout.First - 1) + 1; next <= Newest; next++)
        {
            string step = Steps[next - StoreLayout.First].Replace("{0}", schema, StringComparison.Ordinal);
            await ExecuteAsync(connection, step, cancellationToken);
        }

        // Written even if nothing else is to do: the commit then waits until a synchronous standby has the earlier changes. An existing row
        // is updated: another host may change its stamp.
        await ExecuteAsync(
            connection,
            $"""
            UPDATE {schema}.layout SET version = {Newest};
            INSERT INTO {schema}.layout (version, checksum) SELECT {Newest}, '{StoredDocument.ChecksumAlgorithm}'
            WHERE NOT EXISTS (SELECT FROM {schema}.layout)
            """,
            cancellationToken);

        if (user is not null)
        {
            string role = $"\"{user.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            await ExecuteAsync(
                connection,
                $"""
                GRANT USAGE ON SCHEMA {schema} TO {role};
                GRANT SELECT, UPDATE (searches) ON {schema}.layout TO {role};
                GRANT SELECT, INSERT, UPDATE ON {schema}.searches TO {role};
                GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.documents, {schema}.tokens, {schema}.operations TO {role}
                """,
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (notReplicated)
        {
            throw PostgresFaults.NotReplicated();
        }
    }

    /// <summary>Validates the server and the tables, and the settings that acknowledged writes depend on.</summary>
    public static async Task CheckAsync(PostgresHosts hosts, string schema, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = (await hosts.OpenAsync(cancellationToken)).Connection;
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new StoreUnavailableException(
                StoreFault.Incompatible, $"PostgreSQL {connection.PostgreSqlVersion} is too old; {OldestServer} or later is required.");
        }

        if (await ScalarAsync(connection, "SHOW server_encoding", cancellationToken) is not "UTF8" and var encoding)
        {
            throw new StoreUnavailableException(
                StoreFault.Incompatible,
                $"The encoding of the database is {encoding}. It must be UTF8, so that it can store every document.");
        }

        if (await ScalarAsync(connection, "SELECT pg_is_in_recovery()", cancellationToken) is true)
        {
            throw new TransientException(PostgresFaults.IsStandby());
        }

        foreach (string setting in (string[])["fsync", "full_page_writes"])
        {
            if (await ScalarAsync(connection, $"SHOW {setting}", cancellationToken) is "off")
            {
                throw new StoreUnavailableException(
                    StoreFault.Unavailable, $"PostgreSQL has {setting} = off, so acknowledged writes could be lost. Set it to on.");
            }
        }

        if (await ScalarAsync(connection, $"SELECT to_regclass('{schema}.layout')::text", cancellationToken) is not string)
        {
            throw new StoreUnavailableException(
                StoreFault.Incompatible,
                $"The database has no tables of this store in the schema {schema}, or this role cannot see them. "
                + "Create them by a migration.");
        }

        int? layout = await LayoutAsync(connection, schema, cancellationToken);
        if (layout != Newest)
        {
            throw new StoreUnavailableException(
                StoreFault.Incompatible,
                $"The schema {schema} has layout {layout?.ToString(CultureInfo.InvariantCulture) ?? "none"}; "
                + $"this version of the store requires {Newest}. Update it by a migration.");
        }
    }

    /// <summary>Returns the layout, if it is supported; null if there is none yet.</summary>
    private static async Task<int?> LayoutAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        int? layout = await ScalarAsync(connection, $"SELECT max(version) FROM {schema}.layout", cancellationToken) as int?;
        if (layout is { } found)
        {
            string what = $"The schema {schema}";
            StoreLayout.ThrowIfIncompatible(what, found, Newest);
            object? algorithm = await ScalarAsync(connection, $"SELECT checksum FROM {schema}.layout", cancellationToken);
            StoreLayout.ThrowIfUnknownChecksum(what, algorithm as string);
        }

        return layout;
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
