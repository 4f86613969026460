using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Options of all patch endpoints and <see cref="PatchBody{TPatch}"/> parameters of an application. Set them with <c>AddPatchGen</c>, or
/// bind them to configuration with <c>services.Configure&lt;PatchGenOptions&gt;(section)</c>. They are validated when the application
/// starts.
/// </summary>
public sealed class PatchGenOptions
{
    /// <summary>The limits of a body, and the fences that are lifted.</summary>
    public PatchReadOptions Read { get; set; } = new(); // an instance of its own: configuration is bound into it

    /// <summary>
    /// The maximum size of a document after a patch, in bytes as stored; 1,048,576 (1 MiB) by default. A patch that makes a document grow
    /// beyond it is rejected with 422 and <see cref="PatchProblemCodes.TooLarge"/>, at the member in the body whose value grew most. A
    /// document that is already larger may shrink or keep its size.
    /// </summary>
    /// <remarks>
    /// It applies to generated endpoints and protects their store, which reads and writes documents whole. Documents that the application
    /// inserts are not checked. <see cref="PatchReadOptions.MaxOpenMembers"/> of <see cref="Read"/> limits the members of open objects and
    /// dictionaries.
    /// </remarks>
    public int MaxDocumentBytes { get; set; } = 1_048_576;

    /// <summary>
    /// The formats that bodies may have besides <c>application/json</c>, at <see cref="PatchBody{TPatch}"/> parameters and at endpoints
    /// that name none (<see cref="PatchEndpointAttribute.Formats"/>); none by default.
    /// </summary>
    public PatchFormats Formats { get; set; }

    /// <summary>
    /// Whether generated endpoints take the query parameter <c>validateOnly</c>; <c>false</c> by default. With <c>validateOnly=true</c>,
    /// everything is done but the save, and the response is the document as it would be, without an <c>ETag</c>:
    /// <see cref="PatchHandler{T, T}.Apply"/> and <see cref="PatchHandler{T, T}.CheckAsync"/> run,
    /// <see cref="PatchHandler{T, T}.OnSaving"/> and <see cref="PatchHandler{T, T}.OnSavedAsync"/> do not. If this is false, the parameter
    /// is 400, as are <c>dryRun</c> and other spellings of either, so that nothing is changed by mistake.
    /// </summary>
    public bool AllowValidateOnly { get; set; }

    /// <summary>
    /// The type of the claims with the caller's scopes, for <see cref="RequireScopeAttribute"/>, the scopes of endpoints and
    /// <see cref="WriteScopeAttribute"/>; <c>scope</c> by default. One claim may have several scopes, separated by spaces
    /// (RFC 8693 section 4.2), and there may be several claims.
    /// </summary>
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>
    /// Returns the fences that are lifted for a request, in addition to <see cref="PatchReadOptions.LiftedFences"/> of <see cref="Read"/>:
    /// for callers with early access, for example. Null by default. Called once for each patch, after authorization and before the body is
    /// read; it must be fast and thread-safe. If it throws, nothing is read or changed, and the response is 500.
    /// </summary>
    public Func<HttpContext, IEnumerable<string>>? LiftedFencesSelector { get; set; }

    /// <summary>
    /// The type of the claim with the caller's tenant; <c>org</c> by default. A caller without this claim has the empty tenant, as have all
    /// callers when this is null (a single tenant).
    /// </summary>
    public string? TenantClaim { get; set; } = "org";

    /// <summary>
    /// Whether a request with <c>If-Match</c> is rejected with 412 by an endpoint that has a <see cref="PatchBody{TPatch}"/> and no
    /// <see cref="IfMatch"/>; <c>true</c> by default. Such an endpoint would ignore the header, and overwrite a change that the client does
    /// not know. An endpoint with a parameter <c>[FromHeader(Name = "If-Match")]</c> is called. Set it to <c>false</c> if your endpoints
    /// read the header in another way.
    /// </summary>
    public bool RejectUnsupportedIfMatch { get; set; } = true;
}
