using System.ComponentModel.DataAnnotations;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Host;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks.Models;

/// <summary>A patch with an endpoint without authorization.</summary>
[Patch<Influencer>(RequireAny = true)]
[PatchEndpoint("/patch/{influencerId}", Context = typeof(HostJson), Collection = Influencer.Collection)]
public sealed partial record ServedPatch
{
    [StringLength(128, MinimumLength = 1)]
    public partial string Name { get; init; }

    public partial Gender? Gender { get; init; }

    public partial string? Vibe { get; init; }

    public partial PersonalityPatch Personality { get; init; }
}
