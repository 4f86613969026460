namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// The stream that LiteDB uses for its database. When LiteDB opens the file itself, its lock can be disabled by a setting of .NET; and it
/// does not flush other streams to the disk.
/// </summary>
internal sealed class DatabaseStream(IDatabaseFile file) : Stream
{
    /// <summary>
    /// Whether LiteDB may write. Not before the database has been validated: LiteDB marks a database in which it finds damage.
    /// </summary>
    public bool IsValidated { get; set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>
    /// The length of the complete pages. A power loss can leave a part of one at the end, which LiteDB would truncate when it opens the
    /// database.
    /// </summary>
    public override long Length => file.Length / CheckedLog.PageSize * CheckedLog.PageSize;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <summary>Returns when everything that was written is on the disk.</summary>
    public override void Flush() => file.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        int read = file.Read(buffer.AsSpan(offset, count), Position);
        Position += read;
        return read;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        ThrowIfNotValidated();
        file.Write(buffer.AsSpan(offset, count), Position);
        Position += count;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        ThrowIfNotValidated();
        file.SetLength(value);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ThrowIfNotValidated()
    {
        if (!IsValidated)
        {
            throw new InvalidDataException("The database is not changed until it has been validated.");
        }
    }
}
