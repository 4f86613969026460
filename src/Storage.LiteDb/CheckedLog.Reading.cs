using System.Buffers.Binary;
using System.IO.Hashing;

namespace Layers.PatchGen.Storage.LiteDb;

internal sealed partial class CheckedLog
{
    /// <summary>Reads the newer header; false if the file is new.</summary>
    private bool ReadHead()
    {
        Span<byte> head = stackalloc byte[HeadLength];
        bool blank = true;
        for (int copy = 0; copy < 2; copy++)
        {
            head.Clear();
            _file.Read(head, copy * HeadSize);
            long magic = BinaryPrimitives.ReadInt64LittleEndian(head);
            long number = BinaryPrimitives.ReadInt64LittleEndian(head[sizeof(long)..]);
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

        return _number > 0
            || (blank ? false : throw new InvalidDataException("The log's header is damaged, or the file is not a log of this store."));
    }

    private void ReadPages(bool upToDamage)
    {
        byte[] slot = new byte[SlotSize];
        long slots = Math.Max(0, (_file.Length - At(0) + SlotSize - 1) / SlotSize);
        long whole = 0, end = 0;
        long? gap = null;
        for (long page = 0; page < slots; page++)
        {
            if (_file.Read(slot, At(page)) != SlotSize
                || Checksum(slot, page) != BinaryPrimitives.ReadInt64LittleEndian(slot.AsSpan(PageSize + sizeof(long))))
            {
                gap ??= page;
                continue;
            }

            end = page + 1;
            if (gap is null)
            {
                whole = slot[CompletesTransaction] != 0 ? page + 1 : whole;
            }
            else if (!upToDamage && BinaryPrimitives.ReadInt64LittleEndian(slot.AsSpan(PageSize)) > gap)
            {
                throw new InvalidDataException($"Page {gap} of the log was damaged after it had been flushed.");
            }
        }

        _pages = _safePages = whole;
        _remains = end;
    }

    /// <summary>Invalidates pages, so that no later page can seem to continue them.</summary>
    private void Invalidate(long from, long to)
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

    private long Checksum(ReadOnlySpan<byte> slot, long page)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, page);
        return Hash(slot[..(PageSize + sizeof(long))], Hash(number, _salt));
    }

    private static long Hash(ReadOnlySpan<byte> bytes, long seed = 0) => (long)XxHash3.HashToUInt64(bytes, seed);
}
