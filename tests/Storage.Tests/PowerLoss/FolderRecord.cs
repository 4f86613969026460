using System.Buffers.Binary;
using System.Text;

namespace Layers.PatchGen.Storage.Tests.PowerLoss;

/// <summary>What a power loss does to what was not flushed.</summary>
public enum Loss
{
    /// <summary>All of it is lost.</summary>
    Drop,

    /// <summary>It is kept up to some moment, in order.</summary>
    Prefix,

    /// <summary>Any part of it is kept: pages of 4 KB, in any order.</summary>
    Subset,

    /// <summary>All of it is kept: the process was killed, without a power loss.</summary>
    Nothing,
}

/// <summary>
/// What a process did to the files of a folder, in order, as recorded by <c>recorder.c</c>, and the possible folders after a power loss at
/// any moment. Flushing a file keeps its content, and flushing its folder its name: neither implies the other.
/// </summary>
internal sealed class FolderRecord
{
    /// <summary>The name of the file with the acknowledgements of the process, which is not lost.</summary>
    public const string Acknowledgements = "acknowledgements";

    private const int Sector = 4096;
    private const int HeadSize = 21;

    private readonly List<Event> _events = [];

    private FolderRecord()
    {
    }

    /// <summary>The number of events.</summary>
    public int Count => _events.Count;

    public static FolderRecord Read(string file)
    {
        var record = new FolderRecord();
        ReadOnlyMemory<byte> rest = File.ReadAllBytes(file);
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> head = rest.Span[..HeadSize];
            int length = BinaryPrimitives.ReadInt32LittleEndian(head[17..]);
            record._events.Add(new Event(
                (char)head[0],
                BinaryPrimitives.ReadInt64LittleEndian(head[1..]),
                BinaryPrimitives.ReadInt64LittleEndian(head[9..]),
                rest.Slice(HeadSize, length)));
            rest = rest[(HeadSize + length)..];
        }

        return record;
    }

    /// <summary>The number of events of a kind: <c>S</c> for flushes, <c>T</c> for truncations.</summary>
    public int CountOf(char kind) => _events.Count(recorded => recorded.Kind == kind);

    /// <summary>
    /// The moments after each write to the file with this final name: for a database, those of its checkpoints.
    /// </summary>
    public int[] WritesTo(string name)
    {
        long inode = _events.Last(recorded => recorded.Kind is 'C' or 'N' && recorded.Text == name).Inode;
        return [.. Enumerable.Range(0, Count).Where(i => _events[i].Kind == 'W' && _events[i].Inode == inode).Select(i => i + 1)];
    }

    /// <summary>The acknowledgements after the first <paramref name="cut"/> events, and the possible files after a power loss.</summary>
    public (string Acknowledgements, Dictionary<string, byte[]> Files) Image(int cut, Loss loss, Random random)
    {
        var inodes = new Dictionary<long, Inode>();
        var safeNames = new Dictionary<string, Inode>(StringComparer.Ordinal);
        var changedNames = new List<(string Name, Inode? Inode)>();
        foreach (Event recorded in _events.Take(cut))
        {
            switch (recorded.Kind)
            {
                case 'C':
                    inodes[recorded.Inode] = new Inode();
                    changedNames.Add((recorded.Text, inodes[recorded.Inode]));
                    break;
                case 'N':
                    changedNames.Add((recorded.Text, inodes[recorded.Inode]));
                    break;
                case 'U':
                    changedNames.Add((recorded.Text, null));
                    break;
                case 'D':
                    Rename(safeNames, changedNames);
                    changedNames.Clear();
                    break;
                case 'S':
                    inodes[recorded.Inode].Flush();
                    break;
                default:
                    inodes[recorded.Inode].Unsafe.Add(recorded);
                    break;
            }
        }

        string acknowledgements = "";
        IEnumerable<(string, Inode?)> names = changedNames.Concat(safeNames.Select(name => (name.Key, (Inode?)name.Value)));
        if (names.FirstOrDefault(name => name.Item1 == Acknowledgements).Item2 is { } inode)
        {
            inode.Flush();
            acknowledgements = Encoding.UTF8.GetString(inode.Content);
        }

        // Names change in order, as in file systems with a journal, but the last changes may be lost.
        int kept = loss switch { Loss.Drop => 0, Loss.Nothing => changedNames.Count, _ => random.Next(changedNames.Count + 1) };
        Rename(safeNames, changedNames.Take(kept));
        safeNames.Remove(Acknowledgements);
        return (acknowledgements, safeNames.ToDictionary(name => name.Key, name => name.Value.After(loss, random), StringComparer.Ordinal));
    }

    private static void Rename(Dictionary<string, Inode> names, IEnumerable<(string Name, Inode? Inode)> changes)
    {
        foreach ((string name, Inode? inode) in changes)
        {
            if (inode is null)
            {
                names.Remove(name);
            }
            else
            {
                names[name] = inode;
            }
        }
    }

    private readonly record struct Event(char Kind, long Inode, long At, ReadOnlyMemory<byte> Bytes)
    {
        public string Text => Encoding.UTF8.GetString(Bytes.Span);
    }

    private sealed class Inode
    {
        private byte[] _content = [];
        private int _length;

        public List<Event> Unsafe { get; } = [];

        public byte[] Content => _content[.._length];

        public void Flush()
        {
            Unsafe.ForEach(Apply);
            Unsafe.Clear();
        }

        /// <summary>The content after a power loss.</summary>
        public byte[] After(Loss loss, Random random)
        {
            var after = new Inode { _content = Content, _length = _length };
            int kept = loss switch { Loss.Drop => 0, Loss.Prefix => random.Next(Unsafe.Count + 1), _ => Unsafe.Count };
            foreach (Event change in Unsafe.Take(kept))
            {
                if (loss is Loss.Prefix or Loss.Nothing)
                {
                    after.Apply(change);
                    continue;
                }

                if (change.Kind == 'T' && random.Next(2) == 0)
                {
                    after.Apply(change);
                }

                for (int at = 0; at < change.Bytes.Length;)
                {
                    int length = Math.Min(change.Bytes.Length - at, Sector - (int)((change.At + at) % Sector));
                    if (random.Next(2) == 0)
                    {
                        after.Apply(change with { At = change.At + at, Bytes = change.Bytes.Slice(at, length) });
                    }

                    at += length;
                }
            }

            return after.Content;
        }

        private void Apply(Event change)
        {
            int end = change.Kind == 'T' ? (int)change.At : Math.Max(_length, (int)change.At + change.Bytes.Length);
            if (end > _content.Length)
            {
                Array.Resize(ref _content, Math.Max(end, _content.Length * 2));
            }

            if (end < _length)
            {
                _content.AsSpan(end, _length - end).Clear();
            }

            _length = end;
            if (change.Kind == 'W')
            {
                change.Bytes.Span.CopyTo(_content.AsSpan((int)change.At));
            }
        }
    }
}
