using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.ComponentModel.DataAnnotations;

namespace Layers.PatchGen.Runtime.Tests.Lists;

/// <summary>A document that is copied, with lists that are replaced.</summary>
public sealed record Box
{
    public List<Part?>? Parts { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    public Part[] Fixed { get; init; } = [];
}

public sealed record Part
{
    public required int Id { get; init; }

    public string? Name { get; init; }

    public int Count { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

public record struct Tag
{
    public string Key { get; set; }

    public int Weight { get; set; }
}

/// <summary>A document that is changed in place, and so are its lists.</summary>
public sealed class Crate
{
    public ICollection<Slot> Slots { get; } = new Collection<Slot>();

    public List<Part?>? Parts { get; set; }

    public HashSet<Slot> Set { get; set; } = [];

    public string? Label { get; set; }
}

public sealed class Slot
{
    public long Id { get; init; }

    public string? Name { get; set; }

    public ObservableCollection<Tag> Tags { get; } = [];

    public Crate? Inner { get; set; }
}

[Patch<Box>]
public sealed partial record BoxPatch
{
    [KeyedBy(nameof(Part.Id), AllowCreate = true)]
    public partial Dictionary<int, PartPatch?>? Parts { get; init; }

    [KeyedBy(nameof(Tag.Key), AllowCreate = true), MaxLength(3)]
    public partial IReadOnlyDictionary<string, TagPatch?> Tags { get; init; }

    [KeyedBy(nameof(Part.Id))]
    public partial Dictionary<int, PartPatch> Fixed { get; init; }
}

[Patch<Part>]
public sealed partial record PartPatch
{
    [MaxLength(5)]
    public partial string? Name { get; init; }

    public partial int Count { get; init; }

    [KeyedBy(nameof(Tag.Key))]
    public partial Dictionary<string, TagPatch?>? Tags { get; init; }
}

[Patch<Tag>]
public readonly partial record struct TagPatch
{
    public partial int Weight { get; init; }
}

[Patch<Crate>]
public sealed partial record CratePatch
{
    [KeyedBy(nameof(Slot.Id), AllowCreate = true)]
    public partial Dictionary<long, SlotPatch?> Slots { get; init; }

    [KeyedBy(nameof(Part.Id), AllowCreate = true)]
    public partial Dictionary<int, PartPatch?>? Parts { get; init; }

    [KeyedBy(nameof(Slot.Id))]
    public partial Dictionary<long, SlotPatch?> Set { get; init; }

    public partial string? Label { get; init; }
}

[Patch<Slot>]
public sealed partial record SlotPatch
{
    public partial string? Name { get; init; }

    [KeyedBy(nameof(Tag.Key), AllowCreate = true)]
    public partial Dictionary<string, TagPatch?> Tags { get; init; }

    public partial CratePatch? Inner { get; init; }
}

/// <summary>Keys of every type.</summary>
[Patch]
public sealed partial record KeysPatch
{
    [KeyedBy("Id")]
    public partial Dictionary<sbyte, TagPatch?> SBytes { get; init; }

    [KeyedBy("Id")]
    public partial Dictionary<byte, TagPatch?> Bytes { get; init; }

    [KeyedBy("Id")]
    public partial Dictionary<short, TagPatch?> Shorts { get; init; }

    [KeyedBy("Id")]
    public partial Dictionary<ushort, TagPatch?> UShorts { get; init; }

    [KeyedBy("Id")]
    public partial IDictionary<int, TagPatch?> Ints { get; init; }

    [KeyedBy("Id")]
    public partial Dictionary<uint, TagPatch?> UInts { get; init; }

    [KeyedBy("Id")]
    public partial Dictionary<long, TagPatch?> Longs { get; init; }

    [KeyedBy("Id")]
    public partial Dictionary<ulong, TagPatch?> ULongs { get; init; }

    [KeyedBy("Id")]
    public partial Dictionary<Guid, TagPatch?> Guids { get; init; }

    [KeyedBy("Id")]
    public partial Dictionary<string, TagPatch?> Texts { get; init; }
}
