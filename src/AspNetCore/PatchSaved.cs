using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// A saved change, as <see cref="PatchHandler{TPatch, TDocument}.OnSavedAsync"/> receives it. It can also be created in a unit test of the
/// hook.
/// </summary>
public sealed class PatchSaved<TPatch, TDocument>
{
    private readonly HookDocument<TDocument> _before;
    private readonly HookDocument<TDocument> _after;

    /// <summary>Creates a saved change.</summary>
    /// <param name="patch">The patch that was sent.</param>
    /// <param name="before">The document before the change.</param>
    /// <param name="after">The document as saved.</param>
    /// <param name="version">The version that was saved, as in the <c>ETag</c>; null for a document without versions.</param>
    /// <param name="httpContext">The request.</param>
    public PatchSaved(TPatch patch, TDocument before, TDocument after, string? version, HttpContext httpContext)
        : this(patch, new HookDocument<TDocument>(before), new HookDocument<TDocument>(after), version, httpContext)
    {
    }

    internal PatchSaved(
        TPatch patch, HookDocument<TDocument> before, HookDocument<TDocument> after, string? version, HttpContext httpContext)
    {
        (_before, _after) = (before, after);
        (Patch, Version, HttpContext) = (patch, version, httpContext);
    }

    /// <summary>The patch that was sent.</summary>
    public TPatch Patch { get; }

    /// <summary>The document before the change, read from its JSON when it is first asked for.</summary>
    public TDocument Before => _before.Value;

    /// <summary>The document as saved, read from its JSON when it is first asked for.</summary>
    public TDocument After => _after.Value;

    /// <summary>What has changed in the document: JSON Pointers with the values before and after.</summary>
    public ChangedMembers Changes { get; init; } = ChangedMembers.None;

    /// <summary>The version that was saved, as in the <c>ETag</c>; null for a document without versions.</summary>
    public string? Version { get; }

    /// <summary>The request. Its response is already written.</summary>
    public HttpContext HttpContext { get; }
}
