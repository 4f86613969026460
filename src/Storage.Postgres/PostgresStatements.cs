using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>The SQL of the store. The first three parameters are the organisation, the collection and the id.</summary>
internal sealed class PostgresStatements(string schema)
{
    /// <summary>The most tokens that the server looks up; what the rest demands is compared afterwards.</summary>
    public const int MaxTokens = 4;

    /// <summary>
    /// What makes the commit of the transaction wait for a synchronous standby, where there is one, and the server say so when it stops waiting; whatever the role or
    /// the database is set to.
    /// </summary>
    public const string Durable =
        """
        set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, true),
        set_config('client_min_messages', 'warning', true)
        """;

    /// <summary>
    /// Begins a transaction. The other statements are written so that one plan fits all documents: to plan them anew for each costs the server as much as to run them.
    /// Says whether the server is a standby itself, and whether commits wait for one. $1 organisation.
    /// </summary>
    public const string Begin =
        $"""
        SELECT pg_is_in_recovery(), current_setting('synchronous_standby_names') <> '', set_config('patchgen.organisation', '=' || $1, true),
        set_config('plan_cache_mode', 'force_generic_plan', true), {Durable}
        """;

    /// <summary>Writes something of no meaning: its commit waits until the synchronous standby has all that was committed before.</summary>
    public const string Mark = "SELECT pg_logical_emit_message(true, 'patchgen', '')";

    /// <summary>Inserts unless the key is taken. $4 random, $5 number, $6 checksum, $7 JSON, $8 operation, $9 tokens.</summary>
    public string Insert { get; } =
        $"""
        WITH saved AS (
            INSERT INTO {schema}.documents (organisation, collection, id, random, number, checksum, json) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (organisation, collection, id) DO NOTHING RETURNING id),
        operation AS (INSERT INTO {schema}.operations (organisation, operation, done) SELECT $1, $8, true FROM saved),
        come AS (INSERT INTO {schema}.members (organisation, token, id) SELECT $1, token, $3 FROM saved, unnest($9) AS token ON CONFLICT DO NOTHING)
        SELECT count(*) FROM saved
        """;

    /// <summary>Deletes the version that was looked at. $4 random, $5 number, $6 operation, $7 tokens.</summary>
    public string Delete { get; } =
        $"""
        WITH saved AS (
            DELETE FROM {schema}.documents WHERE organisation = $1 AND collection = $2 AND id = $3 AND random = $4 AND number = $5 RETURNING id),
        operation AS (INSERT INTO {schema}.operations (organisation, operation, done) SELECT $1, $6, true FROM saved),
        gone AS ({Gone(schema, 7)})
        SELECT count(*) FROM saved
        """;

    /// <summary>
    /// Says whether an operation was done; if it was not, takes its place, so that it cannot be done any more. Waits for one that is being done. May be asked again, as
    /// its own answer may be lost too. $1 organisation, $2 operation.
    /// </summary>
    public string Settle { get; } =
        $"""
        INSERT INTO {schema}.operations AS operation (organisation, operation, done) VALUES ($1, $2, false)
        ON CONFLICT (organisation, operation) DO UPDATE SET at = operation.at RETURNING done
        """;

    /// <summary>Forgets operations that nobody asks for any more. $1 their age as an interval.</summary>
    public string Forget { get; } = $"DELETE FROM {schema}.operations WHERE at < now() - $1";

    /// <summary>
    /// Puts a version in the place of the one before, if that is still there, and still the only match where the document was found by its members.
    /// $4 random, $5 number, $6 checksum, $7 JSON, $8 operation, $9 tokens that go, $10 tokens that come, $11 random of the version before, then the tokens of the selection.
    /// </summary>
    public string Update(bool byMembers, int tokens)
    {
        string other = tokens > 0
            ? $"{Having(tokens, 12)} AND found.id <> $3"
            : $"SELECT 1 FROM {schema}.documents AS found WHERE found.organisation = $1 AND found.collection = $2 AND found.id <> $3";
        return $"""
            WITH saved AS (
                UPDATE {schema}.documents SET random = $4, number = $5, checksum = $6, json = $7
                WHERE organisation = $1 AND collection = $2 AND id = $3 AND random = $11 AND number = $5 - 1{(byMembers ? $" AND NOT EXISTS ({other})" : "")} RETURNING id),
            operation AS (INSERT INTO {schema}.operations (organisation, operation, done) SELECT $1, $8, true FROM saved),
            gone AS ({Gone(schema, 9)}),
            come AS (INSERT INTO {schema}.members (organisation, token, id) SELECT $1, token, $3 FROM saved, unnest($10) AS token ON CONFLICT DO NOTHING)
            SELECT count(*) FROM saved
            """;
    }

    /// <summary>
    /// Finds documents. $3 is the id, or, where they are found by members, the id at which to begin, or after which to go on; $4 the limit; then the tokens.
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

        // First the ids, then each document by its key: said so that the server does it so, whether or not it has statistics by which it would see that it is best.
        return $"""
            WITH found AS MATERIALIZED ({Having(tokens, 5)} AND found.id {from} $3 ORDER BY found.id LIMIT $4)
            SELECT document.id, random, number, checksum, json FROM found CROSS JOIN LATERAL (
                SELECT * FROM {schema}.documents WHERE organisation = $1 AND collection = $2 AND id = found.id OFFSET 0 {lockRows}) AS document
            ORDER BY document.id
            """;
    }

    /// <summary>Deletes tokens of the saved document, each looked up by its whole key; said so, as above, that it needs no statistics.</summary>
    private static string Gone(string schema, int tokens) =>
        $"""
        DELETE FROM {schema}.members WHERE ctid = ANY (ARRAY(
            SELECT member.ctid FROM saved, unnest(${tokens}) AS gone (token) CROSS JOIN LATERAL (
                SELECT ctid FROM {schema}.members WHERE organisation = $1 AND token = gone.token AND id = $3 OFFSET 0) AS member))
        """;

    /// <summary>The ids of documents that have all the tokens.</summary>
    private string Having(int tokens, int first)
    {
        var sql = new StringBuilder();
        sql.Append(CultureInfo.InvariantCulture, $"SELECT found.id FROM {schema}.members AS found WHERE found.organisation = $1 AND found.token = ${first}");
        for (int i = 1; i < tokens; i++)
        {
            sql.Append(
                CultureInfo.InvariantCulture,
                $" AND EXISTS (SELECT 1 FROM {schema}.members AS member WHERE member.organisation = $1 AND member.token = ${first + i} AND member.id = found.id)");
        }

        return sql.ToString();
    }
}
