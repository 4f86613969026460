namespace Layers.PatchGen.AspNetCore;

/// <summary>Settings of all the patch endpoints of an application, given to <c>AddPatchGen</c>.</summary>
public sealed class PatchGenOptions
{
    /// <summary>The limits of a body, and the fences that are lifted.</summary>
    public PatchReadOptions Read { get; set; } = PatchReadOptions.Default;

    /// <summary>
    /// The most bytes that a patch may make of a document, as it is stored: 1,048,576 (1 MiB) unless set. A patch that makes a document grow
    /// beyond is answered by 422 with <see cref="PatchProblemCodes.TooLarge"/>, at the member that was sent whose value grew most. A document
    /// that is larger already may shrink, or stay as large as it is.
    /// </summary>
    /// <remarks>
    /// It holds for generated endpoints, whose store it protects: a document is read and written whole, while other writes may wait. Documents
    /// that the application inserts are not measured. The members of an open object and of a dictionary are limited as well, by
    /// <see cref="PatchReadOptions.MaxOpenMembers"/> of <see cref="Read"/>.
    /// </remarks>
    public int MaxDocumentBytes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1_048_576;

    /// <summary>
    /// The type of the claims that hold the caller's scopes, <c>scope</c> unless set. One claim may hold several, separated by spaces (RFC 8693 section 4.2); the claim
    /// may also be repeated.
    /// </summary>
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>
    /// The type of the claim that says whose documents the caller may touch, <c>org</c> unless set. A caller without it, and every caller when this is null
    /// (a single tenant), works on the documents of the tenant whose name is empty.
    /// </summary>
    public string? TenantClaim { get; set; } = "org";
}
