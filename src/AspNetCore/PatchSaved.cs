using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>A saved change, as <see cref="PatchHandler{TPatch, TDocument}.OnSavedAsync"/> receives it.</summary>
/// <param name="Patch">The patch that was sent.</param>
/// <param name="Before">The document before the change, read from its JSON.</param>
/// <param name="After">The document as saved.</param>
/// <param name="Version">The version that was saved, as in the <c>ETag</c>; null for a document without versions.</param>
/// <param name="HttpContext">The request. Its response is already written.</param>
public sealed record PatchSaved<TPatch, TDocument>(
    TPatch Patch, TDocument Before, TDocument After, string? Version, HttpContext HttpContext)
{
    /// <summary>What has changed in the document: JSON Pointers with the values before and after.</summary>
    public ChangedMembers Changes { get; init; } = ChangedMembers.None;
}
