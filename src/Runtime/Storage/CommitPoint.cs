using System.Buffers.Binary;
using System.IO.Hashing;

namespace Layers.PatchGen.Storage;

/// <summary>Where a database stands: the history that it belongs to, and the number of its last commit. The database keeps it, and changes it in the transaction that it counts.</summary>
/// <param name="History">Drawn at random when a database is made, and again when a restore is accepted, since the commits that follow are not those that followed before.</param>
/// <param name="Number">The number of commits that changed something, since the database was made.</param>
public readonly record struct CommitPoint(Guid History, long Number)
{
    internal const int Size = 16 + sizeof(long);

    /// <summary>The beginning of a new history.</summary>
    public static CommitPoint New() => new(Guid.NewGuid(), 0);

    /// <summary>The point after one more commit.</summary>
    public CommitPoint Next() => this with { Number = Number + 1 };

    /// <summary>A checksum, for a database that does not check its pages.</summary>
    public long Checksum()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return (long)XxHash3.HashToUInt64(bytes);
    }

    internal static CommitPoint Read(ReadOnlySpan<byte> bytes) => new(new Guid(bytes[..16]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]));

    internal void Write(Span<byte> bytes)
    {
        History.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Number);
    }
}
