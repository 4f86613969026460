using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Host.Engagement;

public sealed partial class EngagementPatchHandler
{
    /// <summary>None: the layer is selected by a member of the body, which other formats do not have.</summary>
    protected override PatchFormats SelectFormats(PatchGenOptions options) => PatchFormats.None;
}
