using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>The SQL of the store. The first three parameters are the organisation, the collection and the id.</summary>
internal sealed class PostgresStatements(string schema)
{
    /// <summary>The most tokens that the server looks up; what the rest demands is compared afterwards.</summary>
    public const int MaxTokens = 4;

    /// <summary>Inserts unless the key is taken. $4 incarnation, $5 number, $6 checksum, $7 JSON, $8 operation, $9 tokens.</summary>
    public string Insert { get; } =
        $"""
        WITH saved AS (
            INSERT INTO {schema}.documents (organisation, collection, id, incarnation, number, checksum, json) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (organisation, collection, id) DO NOTHING RETURNING id),
        operation AS (INSERT INTO {schema}.operations (organisation, operation, done) SELECT $1, $8, true FROM saved),
        come AS (INSERT INTO {schema}.members (organisation, token, id) SELECT $1, token, $3 FROM saved, unnest($9) AS token ON CONFLICT DO NOTHING)
        SELECT count(*) FROM saved
        """;

    /// <summary>Deletes the version that was looked at. $4 incarnation, $5 number, $6 operation, $7 tokens.</summary>
    public string Delete { get; } =
        $"""
        WITH saved AS (
            DELETE FROM {schema}.documents WHERE organisation = $1 AND collection = $2 AND id = $3 AND incarnation = $4 AND number = $5 RETURNING id),
        operation AS (INSERT INTO {schema}.operations (organisation, operation, done) SELECT $1, $6, true FROM saved),
        gone AS (DELETE FROM {schema}.members AS member USING saved WHERE member.organisation = $1 AND member.token = ANY ($7) AND member.id = $3)
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
    /// $4 incarnation, $5 number, $6 checksum, $7 JSON, $8 operation, $9 tokens that go, $10 tokens that come, then the tokens of the selection.
    /// </summary>
    public string Update(bool byMembers, int tokens)
    {
        string only = byMembers
            ? $"""
               AND NOT EXISTS (SELECT 1 FROM {schema}.documents AS document
                   WHERE document.organisation = $1 AND document.collection = $2 AND document.id <> $3{HasTokens(tokens, 11)})
              """
            : "";
        return $"""
            WITH saved AS (
                UPDATE {schema}.documents SET number = $5, checksum = $6, json = $7
                WHERE organisation = $1 AND collection = $2 AND id = $3 AND incarnation = $4 AND number = $5 - 1 {only} RETURNING id),
            operation AS (INSERT INTO {schema}.operations (organisation, operation, done) SELECT $1, $8, true FROM saved),
            gone AS (DELETE FROM {schema}.members AS member USING saved WHERE member.organisation = $1 AND member.token = ANY ($9) AND member.id = $3),
            come AS (INSERT INTO {schema}.members (organisation, token, id) SELECT $1, token, $3 FROM saved, unnest($10) AS token ON CONFLICT DO NOTHING)
            SELECT count(*) FROM saved
            """;
    }

    /// <summary>
    /// Finds documents. $3 is the id, or, where they are found by members, the id after which to go on, if <paramref name="further"/>; $4 the limit; then the tokens.
    /// </summary>
    public string Select(bool byMembers, bool further, int tokens, bool locked) =>
        $"""
        SELECT id, incarnation, number, checksum, json FROM {schema}.documents AS document
        WHERE organisation = $1 AND collection = $2 AND {(!byMembers ? "id = $3" : further ? "id > $3" : "id >= $3")}{HasTokens(tokens, 5)}
        ORDER BY id LIMIT $4{(locked ? " FOR UPDATE OF document" : "")}
        """;

    private string HasTokens(int tokens, int first)
    {
        var sql = new StringBuilder();
        for (int i = 0; i < tokens; i++)
        {
            sql.Append(
                CultureInfo.InvariantCulture,
                $" AND EXISTS (SELECT 1 FROM {schema}.members AS member WHERE member.organisation = $1 AND member.token = ${first + i} AND member.id = document.id)");
        }

        return sql.ToString();
    }
}
