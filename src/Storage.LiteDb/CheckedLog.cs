using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// The stream that LiteDB uses for its write-ahead log. LiteDB 5 appends pages to its log without flushing them, accepts any bytes
/// there after a crash, and empties the log by truncating it. With this stream, a page that completes a transaction is on the disk when its
/// write returns, each page has a checksum, and after a crash only complete transactions are visible.
/// </summary>
/// <remarks>
/// <para>
/// The file has two headers, then slots for pages. A header has the number of times that the log was emptied and a random salt for the
/// checksums; the newer valid one counts. Emptying the log writes the other header with a new salt: one flush invalidates every page,
/// whenever a crash happens. A slot has the page, the number of pages that had been flushed when it was written, and a checksum (XxHash3)
/// over these, the salt and the number of the slot.
/// </para>
/// <para>
/// After a crash, pages are valid up to the first wrong checksum; the rest was never acknowledged and is invalidated. If a later page shows
/// that a page with a wrong checksum had been flushed, it was damaged since: the log is not opened, because acknowledged transactions would
/// be missing. A missing end of the log is detected by the <see cref="CommitMark"/>.
/// </para>
/// <para>
/// This relies on LiteDB's file format, version 8: pages have 8,192 bytes, and byte 18 of a page is set if it completes a transaction.
/// </para>
/// </remarks>
internal sealed partial class CheckedLog : Stream
{
    public const int PageSize = 8192;

    // The last digits are the log's layout, which increases with that of the database.
    private const long Magic = 0x4C50_474C_6F67_0000 + StoreLayout.First;
    private const long MagicOfLayout1 = 0x4C50_474C_6F67_0001;
    private const int HeadSize = 4096;
    private const int HeadLength = 4 * sizeof(long);
    private const int FooterSize = 2 * sizeof(long);
    private const int SlotSize = PageSize + FooterSize;
    private const int CompletesTransaction = 18;
    private const long Reserve = 4 * 1024 * 1024;

    private readonly IDatabaseFile _file;
    private readonly long _keep;
    private long _number;
    private long _salt;
    private long _pages;
    private long _safePages;
    private long _remains;

    private CheckedLog(IDatabaseFile file, long keep)
    {
        _file = file;
        _keep = keep;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>The bytes of all pages.</summary>
    public override long Length => _pages * PageSize;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <summary>Whether the file is new: nothing has been written to the log yet.</summary>
    public bool IsNew => _number == 0;

    /// <summary>Opens the log at its last complete transaction. The file is not changed before the first write.</summary>
    /// <param name="file">The file, which the log owns.</param>
    /// <param name="upToDamage">Whether to open a log with a damaged page, up to that page.</param>
    /// <param name="keep">The size that the file keeps when the log is emptied, in bytes: overwriting is faster and needs no space.</param>
    /// <exception cref="InvalidDataException">The file is not such a log, or is damaged.</exception>
    /// <exception cref="StoreUnavailableException">The layout of the file is not supported.</exception>
    public static CheckedLog Open(IDatabaseFile file, bool upToDamage = false, long keep = 4 * Reserve)
    {
        var log = new CheckedLog(file, keep);
        try
        {
            if (log.ReadHead())
            {
                log.ReadPages(upToDamage);
            }

            return log;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Allocates the space for a group of writes of ordinary size.</summary>
    /// <exception cref="IOException">There is no space.</exception>
    public void EnsureRoom()
    {
        long end = At(_pages) + Reserve;
        if (_file.Length >= end)
        {
            return;
        }

        // Written, because a file can be longer than its allocated space.
        byte[] blank = new byte[256 * 1024];
        for (long at = Math.Max(_file.Length, At(_pages)); at < end; at += blank.Length)
        {
            _file.Write(blank, at);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        int done = 0;
        while (done < count && Position < Length)
        {
            int within = (int)(Position % PageSize);
            Span<byte> rest = buffer.AsSpan(offset + done, Math.Min(count - done, PageSize - within));
            int read = _file.Read(rest, At(Position / PageSize) + within);
            if (read == 0)
            {
                break;
            }

            done += read;
            Position += read;
        }

        return done;
    }

    /// <summary>Appends one page. If it completes a transaction, everything is on the disk when this returns.</summary>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        if (count != PageSize || Position != Length)
        {
            throw new NotSupportedException(
                $"A log takes pages of {PageSize} bytes at its end ({Length}); this was {count} bytes at {Position}.");
        }

        if (IsNew)
        {
            StartOver();
        }

        if (_remains > _pages)
        {
            Invalidate(_pages, _remains);
        }

        _remains = 0;
        byte[] slot = new byte[SlotSize];
        buffer.AsSpan(offset, count).CopyTo(slot);
        BinaryPrimitives.WriteInt64LittleEndian(slot.AsSpan(PageSize), _safePages);
        BinaryPrimitives.WriteInt64LittleEndian(slot.AsSpan(PageSize + sizeof(long)), Checksum(slot, _pages));
        _file.Write(slot, At(_pages));
        _pages++;
        Position += PageSize;
        if (slot[CompletesTransaction] != 0)
        {
            Flush();
        }
    }

    /// <summary>Returns when all pages are on the disk.</summary>
    public override void Flush()
    {
        if (_safePages == _pages)
        {
            return;
        }

        try
        {
            _file.Flush();
            _safePages = _pages;
        }
        catch (IOException)
        {
            // These pages will not be acknowledged, so they must not be found later either.
            long failed = _pages;
            _pages = _safePages;
            try
            {
                Invalidate(_pages, failed);
            }
            catch (IOException)
            {
                // The disk fails. The next write starts at the same slot.
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    /// <summary>Empties the log. LiteDB does this when its pages are flushed in the database.</summary>
    public override void SetLength(long value)
    {
        if (value == Length)
        {
            return;
        }

        if (value != 0)
        {
            throw new NotSupportedException("A log can be emptied, not truncated.");
        }

        StartOver();
        if (_file.Length > 4 * _keep)
        {
            _file.SetLength(_keep);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static long At(long page) => (2 * HeadSize) + (page * SlotSize);

    private void StartOver()
    {
        Span<byte> head = stackalloc byte[HeadLength];
        Span<byte> salt = head.Slice(2 * sizeof(long), sizeof(long));
        RandomNumberGenerator.Fill(salt);
        BinaryPrimitives.WriteInt64LittleEndian(head, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(head[sizeof(long)..], _number + 1);
        BinaryPrimitives.WriteInt64LittleEndian(head[(3 * sizeof(long))..], Hash(head[..(3 * sizeof(long))]));
        _file.Write(head, (_number + 1) % 2 * HeadSize);
        _file.Flush();
        _number++;
        _salt = BinaryPrimitives.ReadInt64LittleEndian(salt);
        _pages = _safePages = _remains = Position = 0;
    }
}
