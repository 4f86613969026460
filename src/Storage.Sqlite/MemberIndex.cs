using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>
/// An index over the members by which documents are found. It holds every document that a selection of these members means, and may hold others beside: to
/// SQLite <c>true</c> is 1, and <c>1.0</c> too. What it gives is therefore still compared (<see cref="DocumentSelection.Matches"/>).
/// </summary>
internal sealed class MemberIndex
{
    /// <summary>The most indexes of a database: each one costs a little with every write. Other selections are answered by looking at the whole collection.</summary>
    public const int Max = 16;

    private const string Prefix = "members";
    private const int MaxNameLength = 256;

    private MemberIndex(string[] members)
    {
        Members = members;
        Name = Prefix + JsonSerializer.Serialize(members, MemberNames.Default.StringArray);
        string paths = string.Concat(members.Select(member => $", {Extract(member)}"));
        string conditions = string.Concat(members.Select((member, i) => string.Create(CultureInfo.InvariantCulture, $" AND {Extract(member)} = {Parameter(i)}")));
        CreateSql = $"CREATE INDEX {Quote(Name)} ON documents (organisation, collection{paths}, id)";
        SearchSql = $" FROM documents INDEXED BY {Quote(Name)} WHERE organisation = $organisation AND collection = $collection{conditions} ";
    }

    /// <summary>By this SQL the indexes are counted.</summary>
    public static string CountSql => $"SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name LIKE '{Prefix}[%'";

    /// <summary>The index's name: <c>members["projectId"]</c>. By it the database remembers which members are indexed.</summary>
    public string Name { get; }

    /// <summary>The members, in the order of the index.</summary>
    public IReadOnlyList<string> Members { get; }

    public string CreateSql { get; }

    /// <summary>The FROM and WHERE of a search; the values are given as <see cref="Parameter"/>s.</summary>
    public string SearchSql { get; }

    /// <summary>The parameter of a member's value.</summary>
    public static string Parameter(int member) => string.Create(CultureInfo.InvariantCulture, $"$v{member}");

    /// <summary>The index over some members; null when a name cannot be written in a path of SQLite.</summary>
    public static MemberIndex? Over(string[] members) => members.All(CanBeWritten) ? new MemberIndex(members) : null;

    // In $."name" neither a quote nor a backslash can stand plainly.
    private static bool CanBeWritten(string member) =>
        member.Length <= MaxNameLength && new DocumentKey("", "", member).IsValid && !member.Any(c => c is '"' or '\\' || char.IsControl(c));

    private static string Extract(string member) => $"json_extract(json, '$.\"{member.Replace("'", "''", StringComparison.Ordinal)}\"')";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>The indexes that are known to be there.</summary>
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
