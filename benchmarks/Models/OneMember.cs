namespace Layers.PatchGen.Benchmarks.Models;

/// <summary>A patch with one member. Those with many members are written at build: see Models.targets.</summary>
[Patch]
internal readonly partial record struct OneMember
{
    public partial int? Member { get; init; }
}
