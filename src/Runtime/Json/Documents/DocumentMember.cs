using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>One member of a document, as its contract writes it.</summary>
internal sealed class DocumentMember
{
    private readonly JsonPropertyInfo _property;
    private volatile Absence _absence;

    /// <summary>Creates it from the property in the contract.</summary>
    public DocumentMember(JsonPropertyInfo property)
    {
        _property = property;
        Name = Encoding.UTF8.GetBytes($"\"{property.Name}\":");
        Head = Load(Name);
        HeadMask = Load([.. Enumerable.Repeat(byte.MaxValue, Name.Length)]);
        Tail = Name.Length > sizeof(ulong) ? Load(Name.AsSpan(Name.Length - sizeof(ulong))) : 0;
    }

    /// <summary>What stands before the value: <c>"name":</c>.</summary>
    public byte[] Name { get; }

    /// <summary>The first eight bytes of <see cref="Name"/>, as they are loaded; zero beyond its end.</summary>
    public ulong Head { get; private init; }

    /// <summary>Which bits of <see cref="Head"/> belong to the name.</summary>
    public ulong HeadMask { get; private init; }

    /// <summary>The last eight bytes of <see cref="Name"/>, if it has more than eight.</summary>
    public ulong Tail { get; private init; }

    /// <summary>The member of the patch that changes it; null for none.</summary>
    public MemberRow? Row
    {
        get;
        init => Index = (field = value)?.Info.Index ?? -1;
    }

    /// <summary>The index of <see cref="Row"/>; -1 for none.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>Whether it is left out when it is null.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether it takes the time of a change.</summary>
    public bool IsTime { get; init; }

    /// <summary>Whether its value can be null.</summary>
    public bool CanBeNull { get; init; }

    /// <summary>How a value that is sent is written; null for a nested document, and where that needs the object.</summary>
    public JsonTypeInfo? Type { get; set; }

    /// <summary>Whether values that are written with the same bytes are equal, so that they need not be read to be compared.</summary>
    public bool IsExact { get; set; }

    /// <summary>Whether it is a string of the library's own converter.</summary>
    public bool IsText => IsExact && Type!.Type == typeof(string);

    /// <summary>The nested document, if a nested patch changes it.</summary>
    public DocumentLayout? Nested { get; set; }

    /// <summary>Whether the object is needed when it is sent.</summary>
    public bool NeedsObject { get; set; }

    /// <summary>Whether its value is always there and kept as a whole unless it is sent.</summary>
    public bool IsPlain => !IsOptional && !IsTime && Nested is null;

    /// <summary>Whether it is known what the property holds where the member is absent.</summary>
    public bool KnowsAbsence => _absence != Absence.Unknown;

    /// <summary>Whether the property is null where the member is absent. An initializer can set another value.</summary>
    public bool IsNullIfAbsent => _absence == Absence.Null && !_property.IsRequired;

    /// <summary>Whether it was sent.</summary>
    /// <param name="present">The members that were sent.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsIn(ReadOnlySpan<ulong> present)
    {
        int word = Index >> 6;
        return (uint)word < (uint)present.Length && (present[word] >> Index & 1) != 0;
    }

    /// <summary>Whether a name in a document means the member, also where case does not matter.</summary>
    public bool IsNamed(string name) => string.Equals(name, _property.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Learns what the property holds from a document that does not have the member.</summary>
    public void LearnAbsence(object document) => _absence = _property.Get!(document) is null ? Absence.Null : Absence.Initialized;

    private static ulong Load(ReadOnlySpan<byte> bytes)
    {
        ulong word = 0;
        bytes[..Math.Min(bytes.Length, sizeof(ulong))].CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref word)));
        return word;
    }

    private enum Absence
    {
        Unknown,
        Null,
        Initialized,
    }
}
