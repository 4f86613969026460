using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>
/// An index over members of documents. It finds every document that matches a selection by these members, and may find others: to SQLite
/// <c>true</c> and <c>1.0</c> are 1. Results must therefore be confirmed by <see cref="DocumentSelection.Matches"/>.
/// </summary>
internal sealed class MemberIndex
{
    /// <summary>
    /// The maximum number of indexes of a database, since each slows writes down. Other selections read the whole collection.
    /// </summary>
    public const int Max = 16;

    private const string Prefix = "members";
    private const int MaxNameLength = 256;

    private MemberIndex(string[] members)
    {
        Members = members;
        Name = Prefix + JsonSerializer.Serialize(members, MemberNames.Default.StringArray);
        string paths = string.Concat(members.Select(member => $", {Extract(member)}"));
        string conditions = string.Concat(members.Select((member, i) => $" AND {Extract(member)} = {Parameter(i)}"));
        CreateSql = $"CREATE INDEX {Quote(Name)} ON documents (organisation, collection{paths}, id)";
        SearchSql =
            $" FROM documents INDEXED BY {Quote(Name)} WHERE organisation = $organisation AND collection = $collection{conditions} ";
    }

    /// <summary>The SQL that counts the indexes.</summary>
    public static string CountSql => $"SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name LIKE '{Prefix}[%'";

    /// <summary>The name of the index, such as <c>members["projectId"]</c>, which stores in the database which members it has.</summary>
    public string Name { get; }

    /// <summary>The members, in the order of the index.</summary>
    public IReadOnlyList<string> Members { get; }

    public string CreateSql { get; }

    /// <summary>The FROM and WHERE of a search; the values are <see cref="Parameter"/>s.</summary>
    public string SearchSql { get; }

    /// <summary>The name of the parameter for a member's value.</summary>
    public static string Parameter(int member) => string.Create(CultureInfo.InvariantCulture, $"$v{member}");

    /// <summary>Describes the index over members; null if a name cannot be written in a JSON path of SQLite.</summary>
    public static MemberIndex? Over(string[] members) => members.All(CanBeWritten) ? new MemberIndex(members) : null;

    // In $."name", quotes and backslashes cannot be escaped.
    private static bool CanBeWritten(string member) =>
        member.Length <= MaxNameLength
        && new DocumentKey("", "", member).IsValid
        && !member.Any(c => c is '"' or '\\' || char.IsControl(c));

    private static string Extract(string member) => $"json_extract(json, '$.\"{member.Replace("'", "''", StringComparison.Ordinal)}\"')";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>The indexes that are known to be in the database. Thread-safe.</summary>
internal sealed class MemberIndexes
{
    private readonly ConcurrentDictionary<string, MemberIndex> _created = new(StringComparer.Ordinal);
    private volatile bool _full;

    /// <summary>Returns the index for a selection; null when there is none, or it needs none.</summary>
    public MemberIndex? Find(DocumentSelection selection) =>
        NeedsIndex(selection) && _created.TryGetValue(Key(selection), out MemberIndex? index) ? index : null;

    /// <summary>Returns the index that should be created for a selection; null when there is one, or it needs or can have none.</summary>
    public MemberIndex? FindMissing(DocumentSelection selection) =>
        _full || !NeedsIndex(selection) || _created.ContainsKey(Key(selection)) ? null : MemberIndex.Over(Members(selection));

    /// <summary>Adds an index that is in the database.</summary>
    public void Add(MemberIndex index) => _created[Key(index.Members)] = index;

    /// <summary>Marks the database as having the maximum number of indexes.</summary>
    public void SetFull() => _full = true;

    private static bool NeedsIndex(DocumentSelection selection) => selection.Id is null && selection.Equal.Count > 0;

    private static string[] Members(DocumentSelection selection) =>
        [.. selection.Equal.Select(value => value.Member).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Key(DocumentSelection selection) =>
        selection.Equal.Count == 1 ? selection.Equal[0].Member : Key(Members(selection));

    // Unambiguous: names with a line feed have no index.
    private static string Key(IReadOnlyList<string> members) => members.Count == 1 ? members[0] : string.Join('\n', members);
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class MemberNames : JsonSerializerContext;
