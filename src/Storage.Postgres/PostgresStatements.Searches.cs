namespace Layers.PatchGen.Storage.Postgres;

internal sealed partial class PostgresStatements
{
    /// <summary>
    /// Transactions that save documents share this lock of the database, and a transaction that adds members takes it alone: so those that
    /// did not see the members have ended before the documents get their tokens. Taken by a statement before the one that saves, which
    /// sees what was committed before at READ COMMITTED.
    /// </summary>
    private const string SearchesLock = "1280329573";

    /// <summary>
    /// The first statement of a transaction that adds members or tokens. It may read the documents of all tenants: the setting begins with
    /// "=" for one tenant. Documents are read in the order of the index, even without statistics. A transaction that is lost after its
    /// commit does no harm: what comes later in the log is lost with it.
    /// </summary>
    public const string BeginPreparation =
        """
        SELECT set_config('patchgen.organisation', '*', true), set_config('synchronous_commit', 'off', true),
        set_config('lock_timeout', '5s', true), set_config('plan_cache_mode', 'force_generic_plan', true),
        set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)
        """;

    /// <summary>
    /// Waits for the transactions that save documents, but not for long: further ones wait until it ends, for the time of a lock at most.
    /// </summary>
    public string LockSearches { get; } =
        $"""
        SELECT set_config('lock_timeout', '{(long)Math.Clamp(lockTimeout.TotalMilliseconds / 2, 1, 1000)}ms', true),
        pg_advisory_xact_lock({SearchesLock})
        """;

    /// <summary>Selects the stamp, whether READ COMMITTED is the default, and the members.</summary>
    public string LoadSearches { get; } =
        $"""
        SELECT searches, current_setting('transaction_isolation') = 'read committed', collection, member, ready
        FROM {schema}.layout LEFT JOIN {schema}.searches ON true
        """;

    /// <summary>Selects the stamp. Precedes a search by tokens in its transaction.</summary>
    public string SelectStamp { get; } = $"SELECT searches FROM {schema}.layout";

    /// <summary>Adds members. $1 collection, $2 names.</summary>
    public string AddSearches { get; } =
        $"INSERT INTO {schema}.searches (collection, member) SELECT $1, unnest($2) ON CONFLICT DO NOTHING";

    /// <summary>Changes the stamp, after each change of the members.</summary>
    public string Stamp { get; } = $"UPDATE {schema}.layout SET searches = gen_random_uuid()";

    /// <summary>
    /// Selects the key after which documents have no token yet, and locks it until the transaction ends. $1 collection, $2 name.
    /// </summary>
    public string LockProgress { get; } =
        $"""
        SELECT after_organisation, after_id FROM {schema}.searches
        WHERE collection = $1 AND member = $2 AND NOT ready FOR UPDATE
        """;

    /// <summary>Selects the next documents. $1 collection, $2 and $3 tenant and id to continue after, $4 limit.</summary>
    public string SelectNext(bool first) =>
        $"""
        SELECT organisation, id, random, number, checksum, json FROM {schema}.documents
        WHERE collection = $1 AND (organisation, collection, id) {(first ? ">=" : ">")} ($2, $1, $3) ORDER BY 1, collection, 2 LIMIT $4
        """;

    /// <summary>Inserts tokens. $1 tenants, $2 tokens, $3 ids.</summary>
    public string AddTokens { get; } =
        $"INSERT INTO {schema}.tokens (organisation, token, id) SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING";

    /// <summary>Saves how far documents have tokens. $1 collection, $2 name, $3 and $4 tenant and id of the last document.</summary>
    public string SaveProgress { get; } =
        $"UPDATE {schema}.searches SET after_organisation = $3, after_id = $4 WHERE collection = $1 AND member = $2";

    /// <summary>Saves that all documents have tokens. $1 collection, $2 name.</summary>
    public string SaveReady { get; } = $"UPDATE {schema}.searches SET ready = true WHERE collection = $1 AND member = $2";

    /// <summary>
    /// Whether a document would be saved with the tokens of all members, and at the isolation level at which that is known. The parameter
    /// is the stamp.
    /// </summary>
    private static string IsCurrent(string schema, int stamp) =>
        $"(SELECT searches = ${stamp} AND current_setting('transaction_isolation') = 'read committed' FROM {schema}.layout)";
}
