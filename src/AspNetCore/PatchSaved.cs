using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>A saved change, as <see cref="PatchHandler{TPatch, TDocument}.OnSavedAsync"/> receives it.</summary>
/// <param name="Patch">The patch that was sent.</param>
/// <param name="Before">The document before the change, read from its JSON when it is first asked for.</param>
/// <param name="After">The document as saved, likewise.</param>
/// <param name="Version">The version that was saved, as in the <c>ETag</c>; null for a document without versions.</param>
/// <param name="HttpContext">The request. Its response is already written.</param>
public sealed record PatchSaved<TPatch, TDocument>(
    TPatch Patch, TDocument Before, TDocument After, string? Version, HttpContext HttpContext)
{
    private readonly HookDocument<TDocument> _before = new(Before);
    private readonly HookDocument<TDocument> _after = new(After);

    internal PatchSaved(TPatch patch, HookDocument<TDocument> before, HookDocument<TDocument> after, string? version, HttpContext context)
        : this(patch, default!, default(TDocument)!, version, context) => (_before, _after) = (before, after);

    /// <summary>The document before the change, read from its JSON when it is first asked for.</summary>
    public TDocument Before
    {
        get => _before.Value;
        init => _before = new(value);
    }

    /// <summary>The document as saved, read from its JSON when it is first asked for.</summary>
    public TDocument After
    {
        get => _after.Value;
        init => _after = new(value);
    }

    /// <summary>What has changed in the document: JSON Pointers with the values before and after.</summary>
    public ChangedMembers Changes { get; init; } = ChangedMembers.None;
}
