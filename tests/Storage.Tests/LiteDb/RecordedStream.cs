namespace Layers.PatchGen.Storage.Tests.LiteDb;

/// <summary>A recorded file as the stream that LiteDB takes for its database.</summary>
internal sealed class RecordedStream(RecordedFile file) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position { get; set; }

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = file.Read(buffer.AsSpan(offset, count), Position);
        Position += read;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        file.Write(buffer.AsSpan(offset, count), Position);
        Position += count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? Position : Length);

    public override void SetLength(long value)
    {
        if (value > file.Length)
        {
            file.Write(new byte[value - file.Length], file.Length);
        }
        else
        {
            file.Cut(value);
        }
    }
}
