using System.Text.Json.Serialization;
using Layers.PatchGen.Benchmarks.Peers;

namespace Layers.PatchGen.Benchmarks.Models;

/// <summary>A patch with one array of strings.</summary>
[Patch]
public readonly partial record struct TagsStruct
{
    public partial string[]? Tags { get; init; }
}

/// <summary>A patch with one string.</summary>
[Patch]
public readonly partial record struct TextStruct
{
    public partial string? Text { get; init; }
}

/// <summary>Like <see cref="TagsStruct"/>, as a record.</summary>
[Patch]
public sealed partial record TagsRecord
{
    public partial string[]? Tags { get; init; }
}

/// <summary>The same members for System.Text.Json.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class TagsClass
{
    public string[]? Tags { get; set; }
}

/// <summary>The same members for System.Text.Json, with presence.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class TagsOptional
{
    public Optional<string[]?> Tags { get; set; }
}
