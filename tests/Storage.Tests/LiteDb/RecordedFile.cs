using Layers.PatchGen.Storage.LiteDb;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

/// <summary>
/// A file in memory that records its writes and flushes in order, to simulate a power loss at any moment: what was flushed is kept and, of
/// the rest, nothing, a prefix, or any part.
/// </summary>
internal sealed class RecordedFile : IDatabaseFile
{
    private const int Sector = 4096;

    private readonly History _history;
    private byte[] _content = [];

    public RecordedFile(History history, byte[]? content = null)
    {
        _history = history;
        _content = content ?? [];
        Length = _content.Length;
    }

    public string Name => "recorded";

    public long Length { get; private set; }

    /// <summary>If set, replaces the next flush.</summary>
    public Action? OnFlush { get; set; }

    public byte[] Content => _content[..(int)Length];

    public int Read(Span<byte> buffer, long at)
    {
        int count = (int)Math.Clamp(Length - at, 0, buffer.Length);
        _content.AsSpan((int)Math.Min(at, Length), count).CopyTo(buffer);
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes, long at)
    {
        _history.Add(new Event(this, at, bytes.ToArray()));
        Apply(ref _content, at, bytes);
        Length = Math.Max(Length, at + bytes.Length);
    }

    public void Flush()
    {
        OnFlush?.Invoke();
        _history.Add(new Event(this, 0, null));
    }

    public void SetLength(long length)
    {
        Length = length;
        Array.Resize(ref _content, (int)length);
    }

    public void Dispose()
    {
    }

    private static void Apply(ref byte[] content, long at, ReadOnlySpan<byte> bytes)
    {
        if (content.Length < at + bytes.Length)
        {
            Array.Resize(ref content, (int)(at + bytes.Length));
        }

        bytes.CopyTo(content.AsSpan((int)at));
    }

    /// <summary>A write; without bytes a flush; without a file an acknowledgement.</summary>
    public readonly record struct Event(RecordedFile? File, long At, byte[]? Bytes, object? Acknowledged = null);

    /// <summary>The events of all files, in one order.</summary>
    public sealed class History
    {
        private readonly List<Event> _events = [];
        private readonly Lock _gate = new();

        public int Count => _events.Count;

        public void Add(Event recorded)
        {
            lock (_gate)
            {
                _events.Add(recorded);
            }
        }

        /// <summary>Records an acknowledgement.</summary>
        public void Acknowledge(object acknowledged) => Add(new Event(null, 0, null, acknowledged));

        public IEnumerable<object> AcknowledgedBefore(int cut) =>
            _events.Take(cut).Where(recorded => recorded.Acknowledged is not null).Select(recorded => recorded.Acknowledged!);

        /// <summary>The content of a file after a power loss after the first <paramref name="cut"/> events.</summary>
        public byte[] Image(RecordedFile file, int cut, string loss, Random random)
        {
            byte[] content = [];
            var unsafeWrites = new List<Event>();
            foreach (Event recorded in _events.Take(cut).Where(recorded => recorded.File == file))
            {
                unsafeWrites.Add(recorded);
                if (recorded.Bytes is null)
                {
                    unsafeWrites.ForEach(write => Write(write.At, write.Bytes));
                    unsafeWrites.Clear();
                }
            }

            int kept = loss == "prefix" ? random.Next(unsafeWrites.Count + 1) : unsafeWrites.Count;
            foreach (Event write in loss == "drop" ? [] : unsafeWrites.Take(kept))
            {
                if (loss == "prefix")
                {
                    Write(write.At, write.Bytes);
                    continue;
                }

                // The disk writes any of the sectors, in any order.
                for (int at = 0; at < write.Bytes!.Length;)
                {
                    int length = Math.Min(write.Bytes.Length - at, Sector - (int)((write.At + at) % Sector));
                    if (random.Next(2) == 0)
                    {
                        Write(write.At + at, write.Bytes[at..(at + length)]);
                    }

                    at += length;
                }
            }

            return content;

            void Write(long at, byte[]? bytes) => Apply(ref content, at, bytes);
        }
    }
}
