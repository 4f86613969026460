using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Sqlite;
using LiteDB;
using Microsoft.Data.Sqlite;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>Files of earlier versions are opened with everything in them, or not opened and not changed.</summary>
public sealed partial class FixtureTests : IDisposable
{
    private static readonly string Root = Path.Combine(Here(), "Fixtures");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, int> Readable
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string engine in (string[])["sqlite", "litedb"])
            {
                foreach (int layout in Layouts().Where(layout => layout >= StoreLayout.First))
                {
                    data.Add(engine, layout);
                }
            }

            return data;
        }
    }

    public void Dispose() => _folder.Delete();

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task Everything_is_in_the_files_of_a_published_layout(string engine, int layout)
    {
        string kept = Copy(engine, layout);
        Fixture.Entry[] expected = Fixture.Read(kept);
        Assert.InRange(expected.Length, 8, 100);
        IDocumentStore store = await Program.OpenAsync(engine, _folder.Path);
        await using (store as IAsyncDisposable)
        {
            foreach (Fixture.Entry entry in expected)
            {
                Assert.Equal(entry, Fixture.Entry.Of((await store.LoadAsync(entry.Key))!));
            }

            Assert.Null(await store.LoadAsync(new DocumentKey("org_a", "things", "deleted")));
            var red = new DocumentSelection("org_a", "things", null, [Fixture.Red]);
            Assert.Equal(["last", "plain", "spelled"], (await store.FindAsync(red, 10)).Select(document => document.Key.Id));
            Assert.Equal(expected.Length, await Program.VerifyAsync(store));
            foreach (Fixture.Entry entry in expected)
            {
                Assert.True(DocumentVersion.TryParse(entry.Version, out DocumentVersion before));
                TransformResult changed =
                    await store.TransformAsync(DocumentSelection.Of(entry.Key), [before], 0, static (_, _) => "{}"u8.ToArray());
                Assert.Equal((TransformStatus.Changed, before.Number + 1), (changed.Status, changed.Document.Version.Number));
            }
        }

        store = await Program.OpenAsync(engine, _folder.Path);
        await using (store as IAsyncDisposable)
        {
            Assert.Equal(expected.Length, await Program.VerifyAsync(store));
        }
    }

    /// <summary>A new layout needs its files.</summary>
    [Theory]
    [InlineData("sqlite")]
    [InlineData("litedb")]
    public async Task There_are_files_of_the_newest_layout(string engine)
    {
        IDocumentStore store = await Program.OpenAsync(engine, _folder.Path);
        await ((IAsyncDisposable)store).DisposeAsync();
        Assert.Equal(Layouts().Max(), LayoutOf(engine));
    }

    [Theory]
    [InlineData("sqlite", true)]
    [InlineData("litedb", true)]
    [InlineData("litedb", false)]
    public async Task Files_of_0_1_0_are_not_opened_and_not_changed(string engine, bool withLog)
    {
        Copy(engine, 1);
        if (!withLog)
        {
            File.Delete(_folder[LiteDbStoreOptions.DefaultFileName + "-safelog"]);
        }

        Dictionary<string, byte[]> before = Files();
        StoreUnavailableException exception =
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Program.OpenAsync(engine, _folder.Path));
        Assert.Equal(StoreFault.Incompatible, exception.Fault);
        Assert.Contains(_folder[$"documents.{engine}"], exception.Message, StringComparison.Ordinal);
        Assert.Contains("version 0.1.0", exception.Message, StringComparison.Ordinal);
        Dictionary<string, byte[]> after = Files();
        Assert.All(before, file => Assert.Equal(file.Value, after[file.Key]));

        Dictionary<string, byte[]> Files() =>
            Directory.GetFiles(_folder.Path).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("litedb")]
    public async Task A_database_with_unknown_checksums_is_not_opened(string engine)
    {
        IDocumentStore store = await Program.OpenAsync(engine, _folder.Path);
        await ((IAsyncDisposable)store).DisposeAsync();
        if (engine == "sqlite")
        {
            using SqliteConnection connection = OpenSqlite();
            using SqliteCommand update = connection.CreateCommand();
            update.CommandText = "UPDATE layout SET checksum = 'CRC-32'";
            Assert.Equal(1, update.ExecuteNonQuery());
        }
        else
        {
            using var database = new LiteDatabase(_folder[LiteDbStoreOptions.DefaultFileName]);
            BsonDocument layout = database.GetCollection("layout").FindById(1);
            layout["checksum"] = "CRC-32";
            database.GetCollection("layout").Update(layout);
            database.Checkpoint();
        }

        StoreUnavailableException exception =
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Program.OpenAsync(engine, _folder.Path));
        Assert.Equal(StoreFault.Incompatible, exception.Fault);
        Assert.Contains("'CRC-32'", exception.Message, StringComparison.Ordinal);
    }

    private static int[] Layouts() =>
        [
        .. Directory.GetDirectories(Root)
            .Select(folder => int.Parse(Number().Match(folder).Value, System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private string Copy(string engine, int layout)
    {
        string from = Path.Combine(Root, $"layout-{layout}", engine);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, _folder[Path.GetFileName(file)]);
        }

        return from;
    }

    private int LayoutOf(string engine)
    {
        if (engine == "litedb")
        {
            using var database = new LiteDatabase(_folder[LiteDbStoreOptions.DefaultFileName]);
            return database.GetCollection("layout").FindById(1)["version"].AsInt32;
        }

        using SqliteConnection connection = OpenSqlite();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private SqliteConnection OpenSqlite()
    {
        var connection = new SqliteConnection($"Data Source={_folder[SqliteStoreOptions.DefaultFileName]};Pooling=False");
        connection.Open();
        return connection;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex Number();
}
