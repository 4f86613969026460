using System.Buffers.Binary;
using System.IO.Hashing;

namespace Layers.PatchGen.Storage;

/// <summary>The last commit of a database. The database stores it, and updates it in the transaction that it counts.</summary>
/// <param name="History">
/// Random, generated when a database is created, and again when a restore is accepted: the commits that follow differ from those that
/// followed before.
/// </param>
/// <param name="Number">The number of commits with changes since the database was created.</param>
/// <param name="Documents">The number of documents, so that a check of the whole database detects one that is no longer found.</param>
internal readonly record struct CommitPoint(Guid History, long Number, long Documents)
{
    public const int Size = HistorySize + (2 * sizeof(long));

    private const int HistorySize = 16;

    /// <summary>The start of a new history: no commits and no documents.</summary>
    public static CommitPoint New() => new(Guid.NewGuid(), 0, 0);

    /// <summary>The point after one more commit.</summary>
    /// <param name="inserted">The change in the number of documents.</param>
    public CommitPoint Next(long inserted) => this with { Number = Number + 1, Documents = Documents + inserted };

    /// <summary>A 64-bit checksum to store beside the point: an engine may not detect damage to it.</summary>
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
