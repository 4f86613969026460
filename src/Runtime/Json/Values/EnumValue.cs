using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>The values of an enum by their names in JSON, exactly as written.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
/// <param name="names">The names and their values. Several names may have one value; the first is written.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumValue<TEnum>(params (string Name, TEnum Value)[] names) : IPatchValue<TEnum>
    where TEnum : struct, Enum
{
    // One reference, so that the codec and that of an array of it are passed in a register.
    private readonly EnumNames<TEnum> _names = new(names);

    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out TEnum value) => _names.Read(ref scanner, at, out value);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The value has no name in JSON.</exception>
    public void Write(Utf8JsonWriter writer, TEnum value) => writer.WriteStringValue(_names.Find(value)
        ?? throw new ArgumentOutOfRangeException(
            nameof(value), value, $"This value of {typeof(TEnum)} has no name in JSON. Those that have: {string.Join(", ", _names.All)}."));

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TEnum value)
    {
        if (_names.Find(value) is null)
        {
            problems.Add(ProblemKind.NotAllowedValue, null, _names.All);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
        schema.Enum(_names.All);
    }

    /// <inheritdoc/>
    public bool AreEqual(TEnum left, TEnum right) => EqualityComparer<TEnum>.Default.Equals(left, right);

    /// <inheritdoc/>
    public int Hash(TEnum value) => value.GetHashCode();
}

/// <summary>The names of an enum's values, laid out for the reader.</summary>
internal sealed class EnumNames<TEnum>
    where TEnum : struct, Enum
{
    private readonly Entry[] _entries;

    public EnumNames((string Name, TEnum Value)[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _entries = Array.ConvertAll(names, static name => new Entry(name.Name, name.Value));
        All = Array.ConvertAll(names, static name => name.Name);
    }

    /// <summary>Every name, in the order of declaration.</summary>
    public string[] All { get; }

    /// <summary>The name of a value; null if it has none.</summary>
    public string? Find(TEnum value)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (EqualityComparer<TEnum>.Default.Equals(_entries[i].Value, value))
            {
                return All[i];
            }
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out TEnum value)
    {
        if (scanner.ByteAt(at) == (byte)'"')
        {
            ulong head = scanner.LoadAt(at + 1);
            foreach (ref readonly Entry entry in _entries.AsSpan())
            {
                if ((head & entry.HeadMask) == entry.Head && entry.HasTail(ref scanner, at + 1))
                {
                    value = entry.Value;
                    return at + 1 + entry.Length;
                }
            }
        }

        return ReadUnusual(ref scanner, at, out value);
    }

    /// <summary>An escaped or unknown name, or not a string.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReadUnusual(ref PatchScanner scanner, int at, out TEnum value)
    {
        value = default;
        int end = scanner.ReadText(at, out ReadOnlySpan<byte> text);
        if (end < 0)
        {
            return ~end;
        }

        // The raw text is not a known name, so only unescaping can make it one.
        if (text.Length < end - at - 2)
        {
            foreach (ref readonly Entry entry in _entries.AsSpan())
            {
                if (text.SequenceEqual(entry.Utf8))
                {
                    value = entry.Value;
                    return end;
                }
            }
        }

        scanner.Problems.Add(ProblemKind.NotAllowedValue, null, All);
        return end;
    }

    private readonly struct Entry
    {
        private readonly byte[] _quoted;
        private readonly ulong _tail;

        public Entry(string name, TEnum value)
        {
            Value = value;
            _quoted = [.. Encoding.UTF8.GetBytes(name), (byte)'"'];
            Length = _quoted.Length;
            if (Utf8.ContainsAny((byte)'"', (byte)'\\') || Utf8.ContainsAnyInRange((byte)0, (byte)0x1F))
            {
                // Such a name is always escaped in JSON: no text has this head.
                (Head, HeadMask) = (1, 0);
                return;
            }

            int length = Math.Min(Length, sizeof(ulong));
            Span<byte> head = stackalloc byte[sizeof(ulong)];
            Span<byte> mask = stackalloc byte[sizeof(ulong)];
            _quoted.AsSpan(0, length).CopyTo(head);
            mask[..length].Fill(0xFF);
            Head = BinaryPrimitives.ReadUInt64LittleEndian(head);
            HeadMask = BinaryPrimitives.ReadUInt64LittleEndian(mask);
            _tail = Length < sizeof(ulong) ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(_quoted.AsSpan(Length - sizeof(ulong)));
        }

        public TEnum Value { get; }

        /// <summary>The length of the name and a closing quote, in bytes.</summary>
        public int Length { get; }

        /// <summary>The first eight bytes of the name and its quote, or fewer if it is shorter.</summary>
        public ulong Head { get; }

        public ulong HeadMask { get; }

        public ReadOnlySpan<byte> Utf8 => _quoted.AsSpan(0, Length - 1);

        /// <summary>Whether the bytes after the first eight match, too. Up to sixteen, comparing the last eight is enough.</summary>
        public bool HasTail(ref PatchScanner scanner, int at) => Length <= sizeof(ulong)
            || (Length <= 2 * sizeof(ulong) ? scanner.LoadAt(at + Length - sizeof(ulong)) == _tail : HasWhole(ref scanner, at));

        [MethodImpl(MethodImplOptions.NoInlining)]
        private bool HasWhole(ref PatchScanner scanner, int at) => scanner.NameIs(at, _quoted);
    }
}
