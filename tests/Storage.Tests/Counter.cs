using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>A document with the same number at two places, so that a partial write is detected.</summary>
internal static class Counter
{
    public static byte[] Json(long n) =>
        Encoding.UTF8.GetBytes($$"""{"n":{{n}},"pad":"{{new string('x', (int)(n % 7) * 100)}}","m":{{n}}}""");

    /// <summary>A companion of a change: the event <c>ID COUNT</c>.</summary>
    public static NewDocument Event(StoredDocument counter) =>
        new(counter.Key with { Collection = "events", Id = $"{counter.Key.Id} {Read(counter)}" }, "{}"u8.ToArray());

    public static long Read(StoredDocument document)
    {
        using var parsed = JsonDocument.Parse(document.Json);
        long n = parsed.RootElement.GetProperty("n").GetInt64();
        Assert.Equal(Json(n), document.Json.ToArray());
        return n;
    }
}
