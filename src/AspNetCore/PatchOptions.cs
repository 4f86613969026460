namespace Layers.PatchGen.AspNetCore;

/// <summary>Settings of all the patch endpoints of an application, given to <c>AddPatchGen</c>.</summary>
public sealed class PatchOptions
{
    /// <summary>The limits of a body, and the fences that are lifted.</summary>
    public PatchReadOptions Read { get; set; } = PatchReadOptions.Default;

    /// <summary>
    /// The type of the claims that hold the caller's scopes, <c>scope</c> unless set. One claim may hold several, separated by spaces (RFC 8693 section 4.2); the claim
    /// may also be repeated.
    /// </summary>
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>
    /// The type of the claim that says whose documents the caller may touch, <c>org</c> unless set. A caller without it, and every caller when this is null
    /// (a single tenant), works on the documents of the organisation whose name is empty.
    /// </summary>
    public string? OrganisationClaim { get; set; } = "org";
}
