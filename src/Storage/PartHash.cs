using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Layers.PatchGen.Storage;

/// <summary>
/// XxHash3 of a sequence of parts. Each part is hashed with the hash of the parts before it as the seed, so that ("ab", "c") and ("a",
/// "bc") differ and no part is copied. The same on every machine. Does not allocate for parts of ordinary length. It detects damage; it
/// does not resist deliberate collisions.
/// </summary>
internal readonly record struct PartHash(long Value)
{
    private const int OrdinaryBytes = 3 * DocumentKey.MaxPartLength;

    public PartHash Add(ReadOnlySpan<byte> part) => new((long)XxHash3.HashToUInt64(part, Value));

    public PartHash Add(long number)
    {
        Span<byte> part = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(part, number);
        return Add(part);
    }

    /// <summary>Adds the UTF-8 of a string.</summary>
    public PartHash Add(string text)
    {
        int capacity = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (capacity <= OrdinaryBytes)
        {
            Span<byte> part = stackalloc byte[OrdinaryBytes];
            return Add(part[..Encoding.UTF8.GetBytes(text, part)]);
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(capacity);
        PartHash result = Add(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return result;
    }
}
