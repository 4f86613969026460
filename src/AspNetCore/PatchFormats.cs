namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The formats of a body that an endpoint takes besides <c>application/json</c>, which it always takes. Each is translated into a plain
/// body, so that the patch record is the allow-list and the validator of all of them.
/// </summary>
[Flags]
public enum PatchFormats
{
    /// <summary>None. On an endpoint: those of <see cref="PatchGenOptions.Formats"/>.</summary>
    None = 0,

    /// <summary>
    /// JSON Merge Patch (RFC 7396), <c>application/merge-patch+json</c>. Objects are merged at every depth, also in values that a plain
    /// body replaces as a whole.
    /// </summary>
    MergePatch = 1,

    /// <summary>
    /// JSON Patch (RFC 6902), <c>application/json-patch+json</c>: at most 64 operations. They are applied to the document as responses show
    /// it, in the transaction of the change.
    /// </summary>
    JsonPatch = 2,
}
