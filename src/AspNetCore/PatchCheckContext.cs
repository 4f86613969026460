using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// A change that is about to be saved, as <see cref="PatchHandler{TPatch, TDocument}.CheckAsync"/> receives it. It can also be created in a
/// unit test of the rules.
/// </summary>
/// <param name="patch">The patch that was sent.</param>
/// <param name="before">The document before the change.</param>
/// <param name="after">The document as it would be saved.</param>
/// <param name="httpContext">The request.</param>
public sealed class PatchCheckContext<TPatch, TDocument>(TPatch patch, TDocument before, TDocument after, HttpContext httpContext)
{
    /// <summary>The patch that was sent.</summary>
    public TPatch Patch { get; } = patch;

    /// <summary>The document before the change, read from its JSON.</summary>
    public TDocument Before { get; } = before;

    /// <summary>The document as it would be saved. Do not change it: change it in <see cref="PatchHandler{T, T}.Apply"/>.</summary>
    public TDocument After { get; } = after;

    /// <summary>The request, with its user.</summary>
    public HttpContext HttpContext { get; } = httpContext;

    /// <summary>Receives the problems; one is enough for 422.</summary>
    public PatchValidation Validation { get; } = new();

    /// <summary>The services of the request. A handler handles all requests, so it cannot have scoped services injected.</summary>
    public IServiceProvider Services => HttpContext.RequestServices;

    /// <summary>Canceled when the client disconnects. Nothing is saved then.</summary>
    public CancellationToken CancellationToken => HttpContext.RequestAborted;
}
