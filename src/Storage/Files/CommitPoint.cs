using System.Buffers.Binary;
using System.IO.Hashing;

namespace Layers.PatchGen.Storage;

/// <summary>Where a database stands. The database keeps it, and changes it in the transaction that it counts.</summary>
/// <param name="History">Drawn at random when a database is made, and again when a restore is accepted, since the commits that follow are not those that followed before.</param>
/// <param name="Number">The number of commits that changed something, since the database was made.</param>
/// <param name="Documents">The number of documents, so that a check of the whole database notices one that is not found any more.</param>
internal readonly record struct CommitPoint(Guid History, long Number, long Documents)
{
    public const int Size = HistorySize + (2 * sizeof(long));

    private const int HistorySize = 16;

    /// <summary>The beginning of a new history: no commits and no documents.</summary>
    public static CommitPoint New() => new(Guid.NewGuid(), 0, 0);

    /// <summary>The point after one more commit.</summary>
    /// <param name="inserted">How many more documents there are; negative when there are fewer.</param>
    public CommitPoint Next(long inserted) => this with { Number = Number + 1, Documents = Documents + inserted };

    /// <summary>64 bits over the point, to be kept beside it: an engine may not notice by itself that it is damaged.</summary>
    public long Checksum()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return (long)XxHash3.HashToUInt64(bytes);
    }

    public static CommitPoint Read(ReadOnlySpan<byte> bytes) => new(
        new Guid(bytes[..HistorySize]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[HistorySize..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[(HistorySize + sizeof(long))..]));

    public void Write(Span<byte> bytes)
    {
        History.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[HistorySize..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[(HistorySize + sizeof(long))..], Documents);
    }
}
