using System.Buffers.Binary;
using System.IO.Hashing;

namespace Layers.PatchGen.Storage.LiteDb;

internal sealed partial class CheckedLog
{
    /// <summary>Reads the newer head; false when the file is new.</summary>
    private bool ReadHead()
    {
        Span<byte> head = stackalloc byte[HeadLength];
        bool blank = true;
        for (int place = 0; place < 2; place++)
        {
            head.Clear();
            _file.Read(head, place * HeadSize);
            long magic = BinaryPrimitives.ReadInt64LittleEndian(head), number = BinaryPrimitives.ReadInt64LittleEndian(head[sizeof(long)..]);
            blank &= head.IndexOfAnyExcept((byte)0) < 0;
            if (magic == MagicOfLayout1)
            {
                StoreLayout.ThrowIfIncompatible($"The database of {_file.Name}", 1, StoreLayout.First);
            }

            if (magic == Magic
                && BinaryPrimitives.ReadInt64LittleEndian(head[(3 * sizeof(long))..]) == Hash(head[..(3 * sizeof(long))])
                && number > _number)
            {
                _number = number;
                _salt = BinaryPrimitives.ReadInt64LittleEndian(head[(2 * sizeof(long))..]);
            }
        }

        return _number > 0 || (blank ? false : throw new InvalidDataException("The log's head is damaged, or the file is not a log of this store."));
    }

    private void ReadPages(bool upToDamage)
    {
        byte[] place = new byte[PlaceSize];
        long places = Math.Max(0, (_file.Length - At(0) + PlaceSize - 1) / PlaceSize);
        long whole = 0, end = 0;
        long? gap = null;
        for (long page = 0; page < places; page++)
        {
            if (_file.Read(place, At(page)) != PlaceSize || Checksum(place, page) != BinaryPrimitives.ReadInt64LittleEndian(place.AsSpan(PageSize + sizeof(long))))
            {
                gap ??= page;
                continue;
            }

            end = page + 1;
            if (gap is null)
            {
                whole = place[CompletesTransaction] != 0 ? page + 1 : whole;
            }
            else if (!upToDamage && BinaryPrimitives.ReadInt64LittleEndian(place.AsSpan(PageSize)) > gap)
            {
                throw new InvalidDataException($"Page {gap} of the log has been damaged after it was safe on the disk.");
            }
        }

        _pages = _safePages = whole;
        _remains = end;
    }

    /// <summary>Makes pages void, so that no later one can ever seem to continue them.</summary>
    private void Void(long from, long to)
    {
        byte[] blank = new byte[FooterSize];
        for (long page = from; page < to; page++)
        {
            _file.Write(blank, At(page) + PageSize);
        }

        if (from < to)
        {
            _file.Flush();
        }
    }

    private long Checksum(ReadOnlySpan<byte> place, long page)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, page);
        return Hash(place[..(PageSize + sizeof(long))], Hash(number, _salt));
    }

    private static long Hash(ReadOnlySpan<byte> bytes, long seed = 0) => (long)XxHash3.HashToUInt64(bytes, seed);
}
