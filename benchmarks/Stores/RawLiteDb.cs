using System.Diagnostics;
using System.Globalization;
using LiteDB;

namespace Layers.PatchGen.Benchmarks.Stores;

/// <summary>
/// LiteDB used directly: one thread, documents with an id and a binary member, as many changes in a transaction as there would be writers,
/// and LiteDB's own log, which is never flushed.
/// </summary>
internal sealed class RawLiteDb(string file) : ISubject
{
    private readonly LiteDatabase _database = new(new ConnectionString { Filename = file, Collation = Collation.Binary });

    public string Name => "— BsonDocument directly, grouped, not safe from a power loss";

    private ILiteCollection<BsonDocument> Documents => _database.GetCollection("documents");

    public Task FillAsync(int documents)
    {
        Documents.InsertBulk(
            Enumerable.Range(0, documents).Select(id => new BsonDocument { ["_id"] = Sample.Id(id), ["json"] = Sample.New(id) }));
        return Task.CompletedTask;
    }

    public Task<long> ChangeAsync(int documents, int writers, TimeSpan time)
    {
        var random = new Random(writers);
        long start = Stopwatch.GetTimestamp(), count = 0;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            _database.BeginTrans();
            for (int i = 0; i < writers; i++, count++)
            {
                BsonDocument document = Documents.FindById(random.Next(documents).ToString("D8", CultureInfo.InvariantCulture));
                document["json"] = Sample.Changed(document["json"].AsBinary);
                Documents.Update(document);
            }

            _database.Commit();
        }

        return Task.FromResult(count);
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }
}
