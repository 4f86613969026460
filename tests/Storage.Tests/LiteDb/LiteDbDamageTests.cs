using System.Text;
using Layers.PatchGen.Storage.LiteDb;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

public sealed class LiteDbDamageTests : LiteDbTest
{
    private const int PageSize = 8192;

    /// <summary>LiteDB closes itself on damage, and opening it takes longer than any other call.</summary>
    [Fact]
    public async Task A_damaged_document_does_not_delay_others()
    {
        LiteDbDocumentStore store = await OpenAsync();
        for (int i = 0; i < 20; i++)
        {
            await Insert(store, $"{i}", $$"""{"text":"{{new string((char)('a' + i), 4 * PageSize)}}"}""");
        }

        await store.DisposeAsync();
        byte[] database = await File.ReadAllBytesAsync(Database);
        int at = database.AsSpan().IndexOf(Encoding.UTF8.GetBytes(new string('k', 8000)));
        int page = at / PageSize * PageSize; // contains document 10 only
        database.AsSpan(page, PageSize).Clear();
        await File.WriteAllBytesAsync(Database, database);

        store = await OpenAsync();
        for (int i = 0; i < 100; i++)
        {
            await Fails(StoreFault.Damaged, () => Load(store, "10"));
            await Fails(StoreFault.Damaged, () => store.TransformAsync(
                DocumentSelection.Of(Key("10")), null, 0, (_, _) => "{}"u8.ToArray()).AsTask());
            Assert.NotNull(await Load(store, "3"));
            Assert.Equal(
                TransformStatus.Changed,
                (await store.TransformAsync(
                    DocumentSelection.Of(Key("4")), null, 0, (_, _) => Encoding.UTF8.GetBytes($$"""{"i":{{i}}}"""))).Status);
        }

        Assert.InRange(store.Openings, 1, 5);
    }
}
