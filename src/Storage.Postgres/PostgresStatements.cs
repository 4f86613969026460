using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>
/// The SQL of the store. Unless stated otherwise, the first three parameters are the tenant, the collection and the id.
/// </summary>
internal sealed partial class PostgresStatements(string schema, TimeSpan lockTimeout)
{
    /// <summary>The maximum number of tokens that the server looks up; the others are compared afterwards.</summary>
    public const int MaxTokens = 4;

    /// <summary>
    /// Makes the commit of the transaction wait for a synchronous standby, if there is one, and the server send a warning when it stops
    /// waiting; regardless of the settings of the role and the database.
    /// </summary>
    public const string Durable =
        """
        set_config(
            'synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, true),
        set_config('client_min_messages', 'warning', true)
        """;

    /// <summary>
    /// Makes the commit of the transaction return immediately. Unlike SET LOCAL, it also takes effect in the transaction of a batch.
    /// </summary>
    public const string NotDurable = "SELECT set_config('synchronous_commit', 'off', true)";

    /// <summary>
    /// Begins a transaction that other statements follow; without it, the statements of a batch are a transaction by themselves.
    /// </summary>
    public const string Open = "BEGIN ISOLATION LEVEL READ COMMITTED";

    /// <summary>Ends a transaction that <see cref="Open"/> began.</summary>
    public const string Commit = "COMMIT";

    /// <summary>
    /// The first statement of a transaction that only reads. The other statements have one plan for all documents: planning each would
    /// cost the server as much as running it. Returns whether the server is a standby, and whether commits wait for one. $1 tenant.
    /// </summary>
    public const string BeginRead =
        """
        SELECT pg_is_in_recovery(), current_setting('synchronous_standby_names') <> '',
        set_config('patchgen.organisation', '=' || $1, true),
        set_config('plan_cache_mode', 'force_generic_plan', true)
        """;

    /// <summary>
    /// The first statement of a transaction that locks or changes documents, which returns the same. Locks <see cref="SearchesLock"/>. $1
    /// tenant.
    /// </summary>
    public string BeginChange { get; } =
        $"""
        {BeginRead}, set_config('lock_timeout', '{(long)lockTimeout.TotalMilliseconds}ms', true), {Durable},
        pg_advisory_xact_lock_shared({SearchesLock})
        """;

    /// <summary>
    /// Writes a record without effect: its commit waits until the synchronous standby has everything that was committed before.
    /// </summary>
    public const string Mark = "SELECT pg_logical_emit_message(true, 'patchgen', '')";

    /// <summary>
    /// Inserts unless the key is in use. Like all statements that save, returns the number of documents, and false if the stamp is outdated
    /// and nothing was saved. $4 random, $5 number, $6 checksum, $7 JSON, $8 operation, $9 stamp, $10 tokens.
    /// </summary>
    public string Insert { get; } =
        $"""
        WITH saved AS (
            INSERT INTO {schema}.documents (organisation, collection, id, random, number, checksum, json)
            SELECT $1, $2, $3, $4, $5, $6, $7 WHERE {IsCurrent(schema, 9)}
            ON CONFLICT (organisation, collection, id) DO NOTHING RETURNING id),
        operation AS (INSERT INTO {schema}.operations (organisation, operation, done) SELECT $1, $8, true FROM saved),
        added AS ({Add(schema, 10)})
        {Result(schema, 9)}
        """;

    /// <summary>
    /// Inserts if the operation was done in this transaction; a key that is in use is an error. $4 random, $5 number, $6 checksum, $7 JSON,
    /// $8 operation, $9 tokens.
    /// </summary>
    public string InsertCompanion { get; } =
        $"""
        WITH saved AS (
            INSERT INTO {schema}.documents (organisation, collection, id, random, number, checksum, json)
            SELECT $1, $2, $3, $4, $5, $6, $7 FROM {schema}.operations WHERE organisation = $1 AND operation = $8 AND done RETURNING id)
        {Add(schema, 9)}
        """;

    /// <summary>Deletes the version that was read. $4 random, $5 number, $6 operation, $7 stamp, $8 tokens.</summary>
    public string Delete { get; } =
        $"""
        WITH saved AS (
            DELETE FROM {schema}.documents
            WHERE organisation = $1 AND collection = $2 AND id = $3 AND random = $4 AND number = $5 AND {IsCurrent(schema, 7)}
            RETURNING id),
        operation AS (INSERT INTO {schema}.operations (organisation, operation, done) SELECT $1, $6, true FROM saved),
        removed AS ({Remove(schema, 8)})
        {Result(schema, 7)}
        """;

    /// <summary>
    /// Returns whether an operation was done; if not, it takes its place, so that it can no longer be done. Waits for an operation that is
    /// being done. Can be repeated if its own result is lost. $1 tenant, $2 operation.
    /// </summary>
    public string Settle { get; } =
        $"""
        INSERT INTO {schema}.operations AS operation (organisation, operation, done) VALUES ($1, $2, false)
        ON CONFLICT (organisation, operation) DO UPDATE SET at = operation.at RETURNING done
        """;

    /// <summary>Deletes operations that are no longer looked up. $1 their age as an interval.</summary>
    public string DeleteOperations { get; } = $"DELETE FROM {schema}.operations WHERE at < now() - $1";

    /// <summary>
    /// Replaces a version by the next one, if it is still the current version and, for a selection by members, still the only match. $4
    /// random, $5 number, $6 checksum, $7 JSON, $8 operation, $9 stamp, $10 random of the previous version; for a selection by members $11
    /// randoms of versions that have the tokens and do not match, and the tokens of the selection; then removed tokens and added tokens, if
    /// there are any.
    /// </summary>
    public string Update(bool byMembers, int tokens, bool changesTokens)
    {
        int next = byMembers ? 12 + tokens : 11;
        return $"""
            WITH saved AS (
                UPDATE {schema}.documents SET random = $4, number = $5, checksum = $6, json = $7
                WHERE organisation = $1 AND collection = $2 AND id = $3 AND random = $10 AND number = $5 - 1
                AND {IsCurrent(schema, 9)}{(byMembers ? $" AND NOT EXISTS ({Others(tokens)})" : "")} RETURNING id),
            operation AS (INSERT INTO {schema}.operations (organisation, operation, done) SELECT $1, $8, true FROM saved)
            {(changesTokens ? $", removed AS ({Remove(schema, next)}), added AS ({Add(schema, next + 1)})" : "")}
            {Result(schema, 9)}
            """;
    }

    /// <summary>
    /// Finds documents. $3 is the id or, for a selection by members, the id at which to begin or after which to continue; $4 the limit;
    /// then the tokens.
    /// </summary>
    public string Select(bool byMembers, bool further, int tokens, bool locked)
    {
        string lockRows = locked ? "FOR UPDATE" : "";
        string from = further ? ">" : ">=";
        if (tokens == 0)
        {
            return $"""
                SELECT id, random, number, checksum, json FROM {schema}.documents
                WHERE organisation = $1 AND collection = $2 AND id {(byMembers ? from : "=")} $3 ORDER BY id LIMIT $4 {lockRows}
                """;
        }

        // First the ids, then each document by its key. MATERIALIZED and OFFSET 0 force this plan, even without statistics.
        return $"""
            WITH found AS MATERIALIZED ({HavingAll(tokens, 5)} AND found.id {from} $3 ORDER BY found.id LIMIT $4)
            SELECT document.id, random, number, checksum, json FROM found CROSS JOIN LATERAL (
                SELECT * FROM {schema}.documents
                WHERE organisation = $1 AND collection = $2 AND id = found.id OFFSET 0 {lockRows}) AS document
            ORDER BY document.id
            """;
    }

    /// <summary>Selects documents other than $3 that match a selection by members.</summary>
    private string Others(int tokens) => tokens == 0
        ? $"SELECT FROM {schema}.documents WHERE organisation = $1 AND collection = $2 AND id <> $3"
        : $"""
            SELECT FROM ({HavingAll(tokens, 12)} AND found.id <> $3) AS other CROSS JOIN LATERAL (
                SELECT random FROM {schema}.documents
                WHERE organisation = $1 AND collection = $2 AND id = other.id OFFSET 0) AS document
            WHERE document.random <> ALL ($11)
            """;

    /// <summary>The result of a statement that saves. The parameter is the stamp.</summary>
    private static string Result(string schema, int stamp) => $"SELECT (SELECT count(*) FROM saved), {IsCurrent(schema, stamp)}";

    /// <summary>Inserts tokens of the saved document.</summary>
    private static string Add(string schema, int tokens) =>
        $"""
        INSERT INTO {schema}.tokens (organisation, token, id)
        SELECT $1, token, $3 FROM saved, unnest(${tokens}) AS token ON CONFLICT DO NOTHING
        """;

    /// <summary>Deletes tokens of the saved document, each by its whole key; OFFSET 0 forces this plan, even without statistics.</summary>
    private static string Remove(string schema, int tokens) =>
        $"""
        DELETE FROM {schema}.tokens WHERE ctid = ANY (ARRAY(
            SELECT member.ctid FROM saved, unnest(${tokens}) AS removed (token) CROSS JOIN LATERAL (
                SELECT ctid FROM {schema}.tokens WHERE organisation = $1 AND token = removed.token AND id = $3 OFFSET 0) AS member))
        """;

    /// <summary>Selects the ids of documents that have all the tokens.</summary>
    private string HavingAll(int tokens, int first)
    {
        var sql = new StringBuilder();
        sql.Append(
            CultureInfo.InvariantCulture,
            $"SELECT found.id FROM {schema}.tokens AS found WHERE found.organisation = $1 AND found.token = ${first}");
        for (int i = 1; i < tokens; i++)
        {
            sql.Append(
                CultureInfo.InvariantCulture,
                $"""
                 AND EXISTS (SELECT 1 FROM {schema}.tokens AS member
                WHERE member.organisation = $1 AND member.token = ${first + i} AND member.id = found.id)
                """);
        }

        return sql.ToString();
    }
}
