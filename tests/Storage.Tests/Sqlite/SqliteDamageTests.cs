using System.Text;
using Layers.PatchGen.Storage.Sqlite;

namespace Layers.PatchGen.Storage.Tests.Sqlite;

public sealed class SqliteDamageTests : SqliteTest
{
    private const int Documents = 40;

    [Theory]
    [InlineData("json = replace(json, '\"v\":7,', '\"v\":8,')")]
    [InlineData("json = json || ' '")]
    [InlineData("json = substr(json, 1, 20)")]
    [InlineData("json = ''")]
    [InlineData("json = CAST(x'FF' || substr(CAST(json AS BLOB), 2) AS TEXT)")]
    [InlineData("json = (SELECT json FROM documents WHERE id = '08')")]
    [InlineData("number = number + 1")]
    [InlineData("random = random + 1")]
    [InlineData("checksum = checksum + 1")]
    [InlineData("(json, number, random, checksum) = (SELECT json, number, random, checksum FROM documents WHERE id = '08')")]
    public async Task A_changed_row_is_damaged_and_other_rows_are_not_affected(string change)
    {
        await Fill(index: false);
        Raw(File, $"UPDATE documents SET {change} WHERE id = '07'");

        SqliteDocumentStore store = await OpenAsync();
        await Fails(StoreFault.Damaged, async () => await store.LoadAsync(Key("07")));
        await Fails(StoreFault.Damaged, () => Set(store, "07", "{}"));
        await Fails(StoreFault.Damaged, async () => await store.DeleteAsync(Key("07")));
        await Fails(StoreFault.Damaged, async () => await store.FindAsync(Where(), 100));
        await Fails(StoreFault.Damaged, async () => await store.VerifyAsync());

        // The damaged member may be the one that is searched: without an existing index, every document of the collection is read.
        await Fails(StoreFault.Damaged, async () => await store.FindAsync(Where(new MemberValue("a\"b", 7)), 100));
        Assert.Equal(TransformStatus.Changed, (await Set(store, "08", "{}")).Status);
        Assert.Equal(Content(9), Text(await store.LoadAsync(Key("09"))));
        await store.DisposeAsync();

        await Fails(StoreFault.Damaged, () => OpenAsync(options => options.VerifyOnOpen = true));
    }

    [Fact]
    public async Task A_row_that_was_moved_to_another_tenant_is_damaged()
    {
        await Fill();
        Raw(File, "UPDATE documents SET organisation = 'thieves' WHERE id = '07'");
        SqliteDocumentStore store = await OpenAsync();
        await Fails(StoreFault.Damaged, async () => await store.LoadAsync(new DocumentKey("thieves", "things", "07")));
        await Fails(StoreFault.Damaged, async () => await store.FindAsync(new DocumentSelection("thieves", "things", null, []), 10));
    }

    [Fact]
    public async Task A_flipped_bit_in_a_document_is_always_detected()
    {
        await Fill();
        byte[] file = await System.IO.File.ReadAllBytesAsync(File);
        var random = new Random(Seed(out int seed));
        for (int flip = 0; flip < 200; flip++)
        {
            int victim = random.Next(Documents);
            byte[] content = Encoding.UTF8.GetBytes(Content(victim));
            int at = random.Next(content.Length);
            byte bit = (byte)(1 << random.Next(8));
            byte[] damaged = [.. file];

            // SQLite leaves old copies when it moves rows, so all of them are damaged.
            for (int start = 0; file.AsSpan(start).IndexOf(content) is var found && found >= 0; start += content.Length)
            {
                start += found;
                damaged[start + at] ^= bit;
            }

            SqliteDocumentStore store = await OpenCopy(damaged, flip);
            try
            {
                await Fails(StoreFault.Damaged, async () => await store.LoadAsync(Key($"{victim:d2}")));
                Assert.Equal(Content((victim + 1) % Documents), Text(await store.LoadAsync(Key($"{(victim + 1) % Documents:d2}"))));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}, flip {flip}", exception);
            }

            await store.DisposeAsync();
        }
    }

    /// <summary>
    /// Damage anywhere in the file leads to an error or to the right document, never to a wrong one. A document that a damaged index hides
    /// is detected by Verify.
    /// </summary>
    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("blank")]
    public async Task A_damaged_file_never_gives_a_wrong_document(string damage)
    {
        await Fill();
        byte[] file = await System.IO.File.ReadAllBytesAsync(File);
        var random = new Random(Seed(out int seed));
        int rejected = 0;
        for (int round = 0; round < 60; round++)
        {
            byte[] damaged = [.. file];
            switch (damage)
            {
                case "flip":
                    for (int i = random.Next(1, 20); i > 0; i--)
                    {
                        damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                    }

                    break;
                case "cut":
                    damaged = damaged[..random.Next(damaged.Length)];
                    break;
                default:
                    damaged.AsSpan(4096 * random.Next(damaged.Length / 4096), 4096).Clear();
                    break;
            }

            try
            {
                rejected += await IsDetected(damaged, round) ? 1 : 0;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}, round {round}", exception);
            }
        }

        Assert.True(rejected > 20, $"Seed {seed}: only {rejected} of 60 damaged files were detected.");

        // Whether anything was rejected.
        async Task<bool> IsDetected(byte[] damaged, int round)
        {
            SqliteDocumentStore store;
            try
            {
                store = await OpenCopy(damaged, round);
            }
            catch (StoreUnavailableException exception)
            {
                Assert.NotEqual(StoreFault.Full, exception.Fault);
                return true;
            }

            bool rejected = false, missed = false;
            for (int i = 0; i < Documents; i++)
            {
                try
                {
                    StoredDocument? document = await store.LoadAsync(Key($"{i:d2}"));
                    missed |= document is null;
                    Assert.Equal(Content(i), Text(document) ?? Content(i));
                    foreach (StoredDocument found in await store.FindAsync(Where(new MemberValue("v", i)), 10))
                    {
                        Assert.Equal(Content(int.Parse(found.Key.Id, System.Globalization.CultureInfo.InvariantCulture)), Text(found));
                    }
                }
                catch (StoreUnavailableException)
                {
                    rejected = true;
                }
            }

            if (missed)
            {
                await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.VerifyAsync());
                rejected = true;
            }

            await store.DisposeAsync();
            return rejected;
        }
    }

    private static string Content(int i) =>
        $$"""{"name":"document {{i:d2}}","v":{{i}},"text":"{{new string((char)('a' + (i % 26)), 300)}}"}""";

    private static int Seed(out int seed) => seed = Environment.TickCount;

    private async Task Fill(bool index = true)
    {
        SqliteDocumentStore store = await OpenAsync();
        for (int i = 0; i < Documents; i++)
        {
            await Insert(store, $"{i:d2}", Content(i));
        }

        if (index)
        {
            Assert.Single(await store.FindAsync(Where(new MemberValue("name", "document 01")), 10));
        }

        await store.DisposeAsync();
    }

    private async Task<SqliteDocumentStore> OpenCopy(byte[] content, int number)
    {
        string folder = Path.Combine(Folder, $"copy{number}");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, SqliteStoreOptions.DefaultFileName);
        await System.IO.File.WriteAllBytesAsync(file, content);
        System.IO.File.Copy(File + "-mark", file + "-mark");
        return await OpenAsync(options => options.Path = file);
    }
}
