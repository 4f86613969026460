using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// The stream that LiteDB is given for its write-ahead log. LiteDB 5 writes pages to the end of its log and never flushes them, takes whatever it finds there after a crash for
/// what it had written, and empties the log by cutting it. Behind this stream a page that completes a transaction is on the disk when its write returns; each page has a
/// checksum; and after a crash only whole transactions are shown.
/// </summary>
/// <remarks>
/// <para>
/// The file: two places for a head, then places for pages. A head has a number that counts the times that the log was emptied, and a random salt, by which the checksums are made;
/// the newer of the two valid ones counts. Emptying the log writes the other head with a new salt: one flush, and every page before is void, wherever a crash falls. A place has
/// the page, the number of pages that were safe when it was written, and the checksum (XxHash3) over these, the salt and the place's own number.
/// </para>
/// <para>
/// After a crash pages count as long as their checksums fit; the rest, which was never acknowledged, is made void. A page that does not fit while a later one says that it was
/// safe has been damaged since: then opening is refused, as acknowledged transactions would be missing. That the end of the log itself is missing is noticed by the
/// <see cref="CommitMark"/>.
/// </para>
/// <para>Two facts of LiteDB's file format, version 8, are relied on: pages have 8,192 bytes, and byte 18 of a page says whether it completes a transaction.</para>
/// </remarks>
internal sealed partial class CheckedLog : Stream
{
    public const int PageSize = 8192;

    // The last digits are the log's layout, which goes up with that of the database.
    private const long Magic = 0x4C50_474C_6F67_0000 + StoreLayout.First;
    private const long MagicOfLayout1 = 0x4C50_474C_6F67_0001;
    private const int HeadSize = 4096;
    private const int HeadLength = 4 * sizeof(long);
    private const int FooterSize = 2 * sizeof(long);
    private const int PlaceSize = PageSize + FooterSize;
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

    /// <summary>Whether the file is new: nothing was ever written to the log.</summary>
    public bool IsNew => _number == 0;

    /// <summary>Opens the log at its last whole transaction. Nothing in the file is changed before the first write.</summary>
    /// <param name="file">The file; this takes it over.</param>
    /// <param name="upToDamage">Whether a log with a damaged page is taken up to that page.</param>
    /// <param name="keep">What the file keeps of its size when the log is emptied, in bytes: writing into what is there is faster, and needs no room.</param>
    /// <exception cref="InvalidDataException">The file is not such a log, or has been damaged.</exception>
    /// <exception cref="StoreUnavailableException">The file is a log of a layout that is not read any more.</exception>
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

    /// <summary>Makes sure that a group of ordinary size can be written without asking the disk for room.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public void EnsureRoom()
    {
        long end = At(_pages) + Reserve;
        if (_file.Length >= end)
        {
            return;
        }

        // Written, not only said: a file can be long without having its room.
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
            int read = _file.Read(buffer.AsSpan(offset + done, Math.Min(count - done, PageSize - within)), At(Position / PageSize) + within);
            if (read == 0)
            {
                break;
            }

            done += read;
            Position += read;
        }

        return done;
    }

    /// <summary>Writes one page at the end. When it completes a transaction, everything is on the disk when this returns.</summary>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        if (count != PageSize || Position != Length)
        {
            throw new NotSupportedException($"A log takes pages of {PageSize} bytes at its end ({Length}); this was {count} bytes at {Position}.");
        }

        if (IsNew)
        {
            StartOver();
        }

        if (_remains > _pages)
        {
            Void(_pages, _remains);
        }

        _remains = 0;
        byte[] place = new byte[PlaceSize];
        buffer.AsSpan(offset, count).CopyTo(place);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(PageSize), _safePages);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(PageSize + sizeof(long)), Checksum(place, _pages));
        _file.Write(place, At(_pages));
        _pages++;
        Position += PageSize;
        if (place[CompletesTransaction] != 0)
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
            // Nobody will be told that these were written; so they should not be found later either.
            long failed = _pages;
            _pages = _safePages;
            try
            {
                Void(_pages, failed);
            }
            catch (IOException)
            {
                // The disk fails altogether. What is written next begins at the same place.
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

    /// <summary>Empties the log, which LiteDB does once its pages are safe in the database.</summary>
    public override void SetLength(long value)
    {
        if (value == Length)
        {
            return;
        }

        if (value != 0)
        {
            throw new NotSupportedException("A log can be emptied, not cut.");
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

    private static long At(long page) => (2 * HeadSize) + (page * PlaceSize);

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
