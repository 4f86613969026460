using System.Globalization;
using Layers.PatchGen.Storage.LiteDb;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

/// <summary>
/// A power loss at any moment: both files have what was flushed and, of the rest, nothing, a prefix, or any part. The database must open
/// and have everything that was acknowledged.
/// </summary>
public sealed class LiteDbPowerLossTests
{
    private const int Documents = 12;

    private static readonly int Images =
        int.TryParse(Environment.GetEnvironmentVariable("STORE_IMAGES"), NumberStyles.None, CultureInfo.InvariantCulture, out int images)
            ? images
            : 25;

    [Theory]
    [InlineData("drop")]
    [InlineData("prefix")]
    [InlineData("subset")]
    public void Everything_acknowledged_is_found(string loss)
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        var history = new RecordedFile.History();
        using RecordedFile data = new(history), log = new(history);
        int checkpoints = 0;
        using (LiteDbSession session = Open(data, log, create: true))
        {
            // Before that, the database has its temporary name.
            history.Acknowledge("created");
            for (int change = 0; change < 250; change++)
            {
                // Sometimes several changes in one transaction, like the store.
                int together = random.Next(4) == 0 ? random.Next(2, 8) : 1;
                var acknowledged = new List<(string Id, long Count)>();
                session.Begin();
                for (int i = 0; i < together; i++)
                {
                    var key = new DocumentKey("org", "counters", $"{random.Next(Documents)}");
                    List<StoredDocument> found = session.Find(DocumentSelection.Of(key), 1, CancellationToken.None);
                    if (found is [StoredDocument document])
                    {
                        long count = Counter.Read(document) + 1;
                        session.Update(
                            document with { Version = document.Version.Next(), Json = Counter.Json(count) }, document.Version, []);
                        acknowledged.Add((key.Id, count));
                    }
                    else
                    {
                        Assert.True(session.Insert(new StoredDocument(key, DocumentVersion.First(), Counter.Json(0))));
                        acknowledged.Add((key.Id, 0));
                    }
                }

                session.Commit();
                acknowledged.ForEach(change => history.Acknowledge(change));
                long before = log.Length == 0 ? 0 : history.Count;
                session.Checkpoint();
                checkpoints += history.Count > before ? 1 : 0;
            }
        }

        Assert.InRange(checkpoints, 3, int.MaxValue);
        for (int image = 0; image < Images; image++)
        {
            int cut = random.Next(history.Count + 1);
            object[] acknowledged = [.. history.AcknowledgedBefore(cut)];
            if (acknowledged.Length == 0)
            {
                continue;
            }

            try
            {
                var after = new RecordedFile.History();
                using RecordedFile dataThen =
                    new(after, history.Image(data, cut, loss, random)), logThen = new(after, history.Image(log, cut, loss, random));
                using LiteDbSession session = Open(dataThen, logThen, create: false);
                var counts = new Dictionary<string, long>();
                foreach ((string id, long count) in acknowledged.OfType<(string Id, long Count)>())
                {
                    counts[id] = count;
                }

                foreach ((string id, long count) in counts)
                {
                    StoredDocument document = Assert.Single(
                        session.Find(DocumentSelection.Of(new DocumentKey("org", "counters", id)), 1, CancellationToken.None));

                    // The transaction in progress may be complete.
                    Assert.InRange(Counter.Read(document), count, count + 7);
                    Assert.Equal(Counter.Read(document) + 1, document.Version.Number);
                }

                // The database can be written.
                session.Begin();
                Assert.True(session.Insert(
                    new StoredDocument(new DocumentKey("org", "counters", "new"), DocumentVersion.First(), Counter.Json(0))));
                session.Commit();
                Assert.InRange(session.Verify(CancellationToken.None), counts.Count + 1, Documents + 1);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}, {loss}, image {image}, cut {cut} of {history.Count}", exception);
            }
        }
    }

    private static LiteDbSession Open(RecordedFile data, RecordedFile log, bool create) =>
        LiteDbSession.Open("test", () => data, () => log, create: create ? CommitPoint.New() : null, checkpointAbove: 200_000);
}
