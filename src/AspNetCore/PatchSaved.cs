using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>A change that has been committed, as <see cref="PatchHandler{TPatch, TDocument}.OnSavedAsync"/> gets it.</summary>
/// <param name="Patch">The patch that was sent.</param>
/// <param name="Before">The document before.</param>
/// <param name="After">The document as saved.</param>
/// <param name="Stored">The same with its key and version.</param>
/// <param name="Http">The request. Its answer has already been written.</param>
public sealed record PatchSaved<TPatch, TDocument>(TPatch Patch, TDocument Before, TDocument After, StoredDocument Stored, HttpContext Http);
