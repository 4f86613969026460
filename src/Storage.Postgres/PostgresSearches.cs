namespace Layers.PatchGen.Storage.Postgres;

/// <summary>
/// The members that searches look up: a document has tokens for these members only, since each token is a row. Immutable, as the table had
/// it under its stamp, which changes with the table.
/// </summary>
/// <remarks>
/// A member is added before the documents that are there get their tokens, so that documents that are written meanwhile have theirs; it is
/// ready when all have. Members are never removed, so that hosts of several versions can share the tables.
/// </remarks>
internal sealed class PostgresSearches
{
    /// <summary>
    /// The number of members of a collection after which documents have tokens for all members, so that not each further one reads the
    /// whole collection.
    /// </summary>
    public const int MaxMembers = 16;

    /// <summary>The name of all members; that of one member begins with "=".</summary>
    private const string All = "*";

    /// <summary>The members of each collection by their names in the table, and whether they are ready.</summary>
    private readonly Dictionary<string, Dictionary<string, bool>> _ready = new(StringComparer.Ordinal);

    /// <summary>The members of each collection; null for all.</summary>
    private readonly Dictionary<string, string[]?> _members = new(StringComparer.Ordinal);

    public PostgresSearches(Guid stamp, bool isReadCommitted, IEnumerable<(string Collection, string Name, bool Ready)> rows)
    {
        Stamp = stamp;
        IsReadCommitted = isReadCommitted;
        foreach ((string collection, string name, bool ready) in rows)
        {
            _ready.TryAdd(collection, new Dictionary<string, bool>(StringComparer.Ordinal));
            _ready[collection].Add(name, ready);
        }

        foreach ((string collection, Dictionary<string, bool> names) in _ready)
        {
            _members.Add(collection, names.ContainsKey(All) ? null : [.. names.Keys.Select(static name => name[1..])]);
        }
    }

    /// <summary>Before the table was read. No change can be saved under its stamp, which no table has.</summary>
    public static PostgresSearches Unknown { get; } = new(Guid.Empty, isReadCommitted: true, []);

    /// <summary>The stamp of the table.</summary>
    public Guid Stamp { get; }

    /// <summary>Whether transactions of the role have the isolation level READ COMMITTED by default.</summary>
    public bool IsReadCommitted { get; }

    /// <summary>The tokens that a document must have.</summary>
    public ISet<long> Tokens(StoredDocument document) =>
        DocumentTokens.Of(document, _members.GetValueOrDefault(document.Key.Collection, []));

    /// <summary>The tokens of a name in the table.</summary>
    public static ISet<long> Tokens(StoredDocument document, string name) => DocumentTokens.Of(document, name == All ? null : [name[1..]]);

    /// <summary>The names in the table that a search by members needs and that are not ready.</summary>
    public IReadOnlyList<string> NotReady(string collection, IEnumerable<string> members)
    {
        Dictionary<string, bool>? names = _ready.GetValueOrDefault(collection);
        return [.. members.Select(member => Name(names, member)).Distinct().Where(name => names?.GetValueOrDefault(name) != true)];
    }

    /// <summary>Whether the table has a name.</summary>
    public bool Has(string collection, string name) => _ready.GetValueOrDefault(collection)?.ContainsKey(name) == true;

    private static string Name(Dictionary<string, bool>? names, string member)
    {
        string name = "=" + member;
        if (names?.ContainsKey(name) == true)
        {
            return name;
        }

        // What is not valid in a key cannot be stored in the table either.
        bool canBeAdded = names is null || (names.Count < MaxMembers && !names.ContainsKey(All));
        return canBeAdded && new DocumentKey("", "", member).IsValid ? name : All;
    }
}
