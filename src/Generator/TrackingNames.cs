namespace Layers.PatchGen.Generator;

/// <summary>The names of the pipeline's steps, by which tests ask what ran again.</summary>
internal static class TrackingNames
{
    public const string Patches = "Patches";
    public const string PatchesOf = "PatchesOf";
    public const string Registration = "Registration";
}
