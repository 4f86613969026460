using LiteDB;

namespace Layers.PatchGen.Storage.LiteDb;

internal sealed partial class LiteDbSession
{
    private const int MaxStepDocuments = 256;
    private const int MaxStepBytes = 1024 * 1024;

    /// <summary>Saves that searches look up a member; false if there are too many members already.</summary>
    public bool SaveSearch(string collection, string member, bool ready) => Guard(() =>
    {
        bool saved = _searches.TrySave(_engine, collection, member, ready);
        _changed |= saved;
        return saved;
    });

    /// <summary>
    /// Adds missing tokens to the next documents of a collection. Reads all documents in the order of LiteDB's ids, some in each step, so
    /// that other writes come between.
    /// </summary>
    /// <param name="collection">The collection.</param>
    /// <param name="after">The id that the step before returned; the lowest value to begin.</param>
    /// <returns>The id at which the next step continues; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">A document is damaged, or the engine failed.</exception>
    public BsonValue? AddTokens(string collection, BsonValue after)
    {
        try
        {
            var query = new Query { ForUpdate = true, Limit = MaxStepDocuments };
            query.Where.Add(BsonExpression.Create("$._id > @0", after));
            query.OrderBy = BsonExpression.Create("$._id");
            List<BsonDocument> changed = [];
            BsonValue? last = null;
            int bytes = 0;
            using (IBsonDataReader reader = _engine.Query(Documents, query))
            {
                while (bytes < MaxStepBytes && reader.Read())
                {
                    BsonDocument bson = reader.Current.AsDocument;
                    StoredDocument document = Checked(bson);
                    last = bson["_id"];
                    bytes += document.Json.Length;
                    if (document.Key.Collection == collection
                        && LiteDbDocument.Tokens(document, _searches.Members(collection)) is var tokens
                        && tokens.Except(bson["t"].AsArray).Any())
                    {
                        bson["t"] = tokens;
                        changed.Add(bson);
                    }
                }
            }

            if (changed.Count > 0)
            {
                Guard(() => _engine.Update(Documents, changed));
                _changed = true;
            }

            return last;
        }
        catch (Exception exception) when (exception is not StoreUnavailableException)
        {
            throw Failed(exception);
        }
    }
}
