using System.Buffers.Binary;
using Layers.PatchGen.Storage.LiteDb;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

/// <summary>Writes pages and reads them back.</summary>
public sealed partial class CheckedLogTests
{
    private static void Append(CheckedLog log, int transaction, int pages, bool complete = true)
    {
        for (int page = 0; page < pages; page++)
        {
            byte[] bytes = new byte[PageSize];
            new Random(HashCode.Combine(transaction, page)).NextBytes(bytes);
            BinaryPrimitives.WriteInt32LittleEndian(bytes, transaction);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), page);
            bytes[18] = (byte)(complete && page == pages - 1 ? 1 : 0);
            log.Position = log.Length;
            log.Write(bytes, 0, PageSize);
        }
    }

    private static IEnumerable<(int Transaction, int Page)> Pages(CheckedLog log)
    {
        byte[] bytes = new byte[PageSize];
        for (log.Position = 0; log.Read(bytes, 0, PageSize) is var read && read > 0;)
        {
            Assert.Equal(PageSize, read);
            (int Transaction, int Page) page =
                (BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)));
            byte[] expected = new byte[PageSize];
            new Random(HashCode.Combine(page.Transaction, page.Page)).NextBytes(expected);
            Assert.Equal(expected.AsSpan(19), bytes.AsSpan(19));
            yield return page;
        }
    }

    private sealed class TemporaryFile : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public string Path => _folder["log"];

        public void Dispose() => _folder.Delete();
    }
}
