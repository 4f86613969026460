namespace Layers.PatchGen.AspNetCore;

/// <summary>The codes of <see cref="PatchError.Code"/>. Clients branch on them, so they do not change.</summary>
public static class PatchErrorCodes
{
    /// <summary>400: the request is not valid HTTP.</summary>
    public const string BadRequest = "bad_request";

    /// <summary>400: the body is not JSON (RFC 8259), not UTF-8, nested too deeply, or incomplete.</summary>
    public const string MalformedBody = "malformed_body";

    /// <summary>400: a conditional header is malformed. Ignoring it could lose an update.</summary>
    public const string MalformedHeader = "malformed_header";

    /// <summary>
    /// 400: a query parameter is reserved and not supported, such as <c>dryRun</c>. Ignoring it could change a document by mistake.
    /// </summary>
    public const string UnsupportedParameter = "unsupported_parameter";

    /// <summary>401: the caller is not authenticated.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>403: the caller is not allowed to do this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>403: the caller lacks a scope, or the body has a member that needs one (<see cref="WriteScopeAttribute"/>).</summary>
    public const string ForbiddenScope = "forbidden_scope";

    /// <summary>403: the body has a reserved member (<see cref="FenceAttribute"/>).</summary>
    public const string ForbiddenFence = "forbidden_fence";

    /// <summary>404: no such route, or no such document of the caller's tenant.</summary>
    public const string NotFound = "not_found";

    /// <summary>405: the route does not support this method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>408: the body arrived too slowly. 504: the response took longer than the application allows.</summary>
    public const string RequestTimeout = "request_timeout";

    /// <summary>409: several documents match the request, or others change the document at the same time, again and again.</summary>
    public const string Conflict = "conflict";

    /// <summary>
    /// 409: an operation of JSON Patch addresses a value that the document does not have, or a body has a value for a key that its list
    /// does not have (<see cref="KeyedByAttribute"/>).
    /// </summary>
    public const string MissingTarget = "missing_target";

    /// <summary>409: a <c>test</c> of JSON Patch failed.</summary>
    public const string TestFailed = "test_failed";

    /// <summary>412: the document does not meet the precondition of the request.</summary>
    public const string PreconditionFailed = "precondition_failed";

    /// <summary>413: the body is longer than <see cref="PatchReadOptions.MaxBytes"/>.</summary>
    public const string PayloadTooLarge = "payload_too_large";

    /// <summary>415: the body is not <c>application/json</c> in UTF-8, or is compressed.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>422: the body is JSON, but not a patch of this document, or it would make the document too large.</summary>
    public const string Validation = "validation";

    /// <summary>428: the endpoint requires <c>If-Match</c>.</summary>
    public const string PreconditionRequired = "precondition_required";

    /// <summary>429: too many requests.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>500: the server failed; its log has the cause.</summary>
    public const string Internal = "internal";

    /// <summary>503: the store cannot be reached or is too busy; the client may retry.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>507: the store has no space left.</summary>
    public const string InsufficientStorage = "insufficient_storage";
}
