using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The preconditions of a request: <c>If-Match</c> and <c>If-None-Match</c> (RFC 9110 section 13.1). The headers with dates are ignored,
/// since no <c>Last-Modified</c> is sent: one second is too coarse to distinguish two changes.
/// </summary>
internal readonly struct Preconditions
{
    private const string WeakTag =
        "If-Match needs a strong entity tag; \"W/…\" is weak. A proxy that compresses responses may have weakened it.";

    private readonly bool _isRequired;
    private readonly EntityTags _ifMatch;
    private readonly EntityTags _ifNoneMatch;

    private Preconditions(bool isRequired, EntityTags ifMatch, EntityTags ifNoneMatch) =>
        (_isRequired, _ifMatch, _ifNoneMatch) = (isRequired, ifMatch, ifNoneMatch);

    /// <summary>The error for a header that is malformed. Ignoring it could overwrite what the client meant to protect.</summary>
    public static PatchError Malformed => new(
        StatusCodes.Status400BadRequest,
        PatchErrorCodes.MalformedHeader,
        "If-Match and If-None-Match must be * or a list of entity tags, such as \"1f-2\" with its quotes.");

    /// <summary>The error for a request without <c>If-Match</c> where it is required.</summary>
    public static PatchError Required => new(
        StatusCodes.Status428PreconditionRequired,
        PatchErrorCodes.PreconditionRequired,
        "Send If-Match with the ETag of the version that you mean to change.");

    /// <summary>The error for a request with <c>If-Match</c> to an endpoint that does not evaluate it.</summary>
    public static PatchError Unsupported => new(
        StatusCodes.Status412PreconditionFailed,
        PatchErrorCodes.PreconditionFailed,
        "If-Match is not supported here, and nothing was changed. Without it, the patch applies to whatever version there is.");

    /// <summary>Reads both headers.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="requireIfMatch">Whether <c>If-Match</c> is required.</param>
    /// <param name="preconditions">The preconditions.</param>
    /// <param name="error">The error (400), when a header is malformed.</param>
    public static bool TryRead(
        IHeaderDictionary headers, bool requireIfMatch, out Preconditions preconditions, [NotNullWhen(false)] out PatchError? error)
    {
        bool isValid = EntityTags.TryRead(headers.IfMatch, out EntityTags ifMatch)
            & EntityTags.TryRead(headers.IfNoneMatch, out EntityTags ifNoneMatch);
        preconditions = new(requireIfMatch, ifMatch, ifNoneMatch);
        error = isValid ? null : Malformed;
        return isValid;
    }

    /// <summary>Decides whether a document may be changed.</summary>
    /// <returns>The error (428, 412), or null.</returns>
    public PatchError? CheckChange<TDocument>(string resource, in SourceDocument<TDocument> current) =>
        _isRequired && !_ifMatch.WereSent
            ? Required
            : CheckMatch(resource, current) ?? (IsNotModified(current) ? Failed(resource, current.ETag) : null);

    /// <summary>Decides whether <c>If-Match</c> allows a document to be read.</summary>
    /// <returns>The error (412), or null.</returns>
    public PatchError? CheckMatch<TDocument>(string resource, in SourceDocument<TDocument> current) =>
        !_ifMatch.WereSent || IsMatch(_ifMatch, current.ETag) ? null : NoMatch(_ifMatch, resource, current.ETag);

    /// <summary>Whether <c>If-None-Match</c> names the version of the document.</summary>
    public bool IsNotModified<TDocument>(in SourceDocument<TDocument> current) =>
        _ifNoneMatch.WereSent && IsKnown(_ifNoneMatch, current.ETag);

    /// <summary>Whether an <c>If-Match</c> is met: it was not sent, or includes the tag by strong comparison.</summary>
    public static bool IsMatch(EntityTags ifMatch, EntityTag current) => !ifMatch.WereSent || ifMatch.Include(current, strong: true);

    /// <summary>Whether an <c>If-None-Match</c> includes the tag by weak comparison.</summary>
    public static bool IsKnown(EntityTags ifNoneMatch, EntityTag current) => ifNoneMatch.Include(current, strong: false);

    /// <summary>The error for a document that an <c>If-Match</c> does not include.</summary>
    public static PatchError NoMatch(EntityTags ifMatch, string resource, EntityTag current) =>
        ifMatch.HasWeak ? Failed(resource, current) with { Message = WeakTag } : Failed(resource, current);

    /// <summary>The error for a document that does not meet a precondition.</summary>
    public static PatchError Failed(string resource, EntityTag current)
    {
        PatchError error = new(
            StatusCodes.Status412PreconditionFailed,
            PatchErrorCodes.PreconditionFailed,
            $"{resource} has changed; read it again and retry.");
        return current.Text is { } tag ? error with { CurrentETag = tag, Headers = [new("ETag", tag)] } : error;
    }
}
