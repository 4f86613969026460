using Layers.PatchGen;

namespace Linked;

[Patch]
public sealed partial record NotePatch
{
    public partial string Title { get; init; }

    public string? Forgotten { get; init; }
}
