using System.Collections.Concurrent;
using LiteDB;
using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// The members that searches look up: documents have tokens for these members only, since each token costs every change of its value. Saved
/// in the database. Thread-safe; members are added by the writer.
/// </summary>
/// <remarks>
/// A member is added before the documents that are there get their tokens, so that documents that are written meanwhile have theirs; and
/// it is ready when all have. A member that was added and not committed only makes documents have a token too many.
/// </remarks>
internal sealed class LiteDbSearches
{
    /// <summary>The maximum number of members of a collection. Searches by others read the whole collection.</summary>
    public const int MaxMembers = 16;

    private const string Searches = "searches";
    private const int MaxNameLength = 256;

    private readonly ConcurrentDictionary<string, string[]> _members = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Collection, string Member), bool> _ready = [];

    /// <summary>The members for which a document of a collection has tokens.</summary>
    public IReadOnlyCollection<string> Members(string collection) => _members.GetValueOrDefault(collection, []);

    /// <summary>Whether all documents of a collection have a token for a member.</summary>
    public bool IsReady(string collection, string member) => _ready.ContainsKey((collection, member));

    /// <summary>Whether a member is there or can be added: false if there are too many others, or its name is too long.</summary>
    public bool CanAdd(string collection, string member) =>
        member.Length <= MaxNameLength
        && (Members(collection).Count < MaxMembers || Members(collection).Contains(member, StringComparer.Ordinal));

    /// <summary>Adds the members of a database.</summary>
    public void Load(LiteEngine engine)
    {
        using IBsonDataReader reader = engine.Query(Searches, new Query());
        while (reader.Read())
        {
            // What is damaged is ignored: the member is added again by the next search.
            if (reader.Current is BsonDocument bson
                && bson["c"] is { IsString: true, AsString: var collection }
                && bson["m"] is { IsString: true, AsString: var member }
                && bson["ready"] is { IsBoolean: true, AsBoolean: var ready }
                && bson["s"] == Checksum(collection, member, ready))
            {
                Add(collection, member);
                if (ready)
                {
                    SetReady(collection, member);
                }
            }
        }
    }

    /// <summary>Saves a member; false if it cannot be added.</summary>
    public bool TrySave(LiteEngine engine, string collection, string member, bool ready)
    {
        if (!CanAdd(collection, member))
        {
            return false;
        }

        Add(collection, member);
        var bson = new BsonDocument
        {
            ["_id"] = LiteDbDocument.Id(new DocumentKey("", collection, member)),
            ["c"] = collection,
            ["m"] = member,
            ["ready"] = ready,
            ["s"] = Checksum(collection, member, ready),
        };
        engine.Upsert(Searches, [bson], BsonAutoId.Guid);
        return true;
    }

    /// <summary>Searches use a member from now on. Call this when it was saved as ready and committed.</summary>
    public void SetReady(string collection, string member) => _ready[(collection, member)] = true;

    private void Add(string collection, string member)
    {
        if (!Members(collection).Contains(member, StringComparer.Ordinal))
        {
            _members[collection] = [.. Members(collection), member];
        }
    }

    private static long Checksum(string collection, string member, bool ready) =>
        default(PartHash).Add(collection).Add(member).Add(ready ? 1 : 0).Value;
}
