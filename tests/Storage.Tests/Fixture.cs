using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>
/// The files of a store, in the repository as a killed process left them: some documents in the database, others in its log, and a list of
/// all of them. Created by <c>dotnet run --project tests/Storage.Tests -- fixture ENGINE FOLDER</c>.
/// </summary>
internal static class Fixture
{
    private const string List = "documents.json";

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A member for searches.</summary>
    public static MemberValue Red { get; } = new("colour", "red");

    /// <summary>A document in the list.</summary>
    public sealed record Entry(
        [property: JsonPropertyName("Organisation")] string Tenant, string Collection, string Id, string Version, string Json)
    {
        public DocumentKey Key => new(Tenant, Collection, Id);

        public static Entry Of(StoredDocument document) => new(
            document.Key.Tenant, document.Key.Collection, document.Key.Id, document.Version.ToString(), Encoding.UTF8.GetString(
                document.Json.Span));
    }

    public static Entry[] Read(string folder) => JsonSerializer.Deserialize<Entry[]>(File.ReadAllText(Path.Combine(folder, List)))!;

    /// <summary>Creates the files of one engine in <c>FOLDER/ENGINE</c>, replacing existing ones.</summary>
    public static async Task MakeAsync(string engine, string folder)
    {
        string place = Path.GetFullPath(Path.Combine(folder, engine));
        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }

        Directory.CreateDirectory(place);
        foreach (string half in (string[])["fill", "change"])
        {
            using Process process = ChildProcess.Start(half, engine, place);
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output);
        }

        foreach (string file in Directory.GetFiles(place))
        {
            string name = Path.GetFileName(file);
            if (name.EndsWith(".lock", StringComparison.Ordinal) || name.EndsWith("-shm", StringComparison.Ordinal))
            {
                File.Delete(file);
            }
            else if (name.EndsWith("-safelog", StringComparison.Ordinal))
            {
                CutZeros(file);
            }
        }

        foreach (FileInfo file in new DirectoryInfo(place).GetFiles())
        {
            Console.WriteLine($"{file.FullName}: {file.Length} bytes");
        }
    }

    /// <summary>The documents that are in the database when the store is closed.</summary>
    public static async Task FillAsync(IDocumentStore store)
    {
        await InsertAsync(store, "org_a", "things", "plain", """{"colour":"red","n":1,"nested":{"list":[1,2.5,null,true,"x"]}}""");
        await InsertAsync(
            store, "org_a", "things", "spelled", """{ "colour" : "r\u0065d", "n": 1.0e2, "n": 3, "text": "\ud83d\ude00 \u0000 é" }""");
        await InsertAsync(store, "org_a", "things", "Ünï/\u2028", """{"colour":"green"}""");
        await InsertAsync(store, "org_a", "others", "plain", """{"colour":"red"}""");
        await InsertAsync(store, "org_b", "things", "plain", """{"colour":"red","n":2}""");
        await InsertAsync(store, "", "", "", "{}");
        await InsertAsync(store, "org_a", "things", "long", $$"""{"colour":"blue","text":"{{new string('x', 5_000)}}"}""");
        await InsertAsync(store, "org_a", "things", "deleted", "{}");
        // A search, so that the files contain its index.
        await store.FindAsync(new DocumentSelection("org_a", "things", null, [Red]), 10);
    }

    /// <summary>The changes, which stay in the log: updates, an insert and a delete. Then writes the list.</summary>
    public static async Task ChangeAsync(IDocumentStore store, string place)
    {
        var plain = DocumentSelection.Of(new DocumentKey("org_a", "things", "plain"));
        await store.TransformAsync(plain, null, 0, static (_, _) => """{"colour":"red","n":2}"""u8.ToArray());
        await InsertAsync(store, "org_a", "things", "last", """{"colour":"red"}""");
        await store.DeleteAsync(new DocumentKey("org_a", "things", "deleted"));
        var entries = new List<Entry>();
        (string, string)[] collections = [("org_a", "things"), ("org_a", "others"), ("org_b", "things"), ("", "")];
        foreach ((string tenant, string collection) in collections)
        {
            entries.AddRange((await store.FindAsync(new DocumentSelection(tenant, collection, null, []), 100)).Select(Entry.Of));
        }

        await File.WriteAllTextAsync(Path.Combine(place, List), JsonSerializer.Serialize(entries, Readable) + "\n");
    }

    private static async Task InsertAsync(IDocumentStore store, string tenant, string collection, string id, string json) =>
        Assert.NotNull(await store.InsertAsync(new DocumentKey(tenant, collection, id), Encoding.UTF8.GetBytes(json)));

    // LiteDB's log ends with allocated zeros. A few are kept, because a checksum may end with zeros.
    private static void CutZeros(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        stream.SetLength(Math.Min(content.Length, content.AsSpan().LastIndexOfAnyExcept((byte)0) + 1 + 16));
    }
}
