using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>A body of another format, which becomes a plain body once the document is known.</summary>
internal interface IPatchTranslation
{
    /// <summary>Adds the selectors of the request.</summary>
    /// <returns>The error (422), or null.</returns>
    PatchError? AddSelectors(DocumentContract contract, IQueryCollection query, SelectorValues selectors);

    /// <summary>Translates the body for a document. May be called again, for another state of the document.</summary>
    /// <param name="view">The document, as responses show it.</param>
    /// <param name="body">The plain body.</param>
    /// <returns>Why there is none: the document is not as the body expects, or would become too large. Null if there is one.</returns>
    PatchError? Translate(ReadOnlyMemory<byte> view, out PlainBody body);
}

/// <summary>A plain body that was translated from another format.</summary>
/// <param name="Json">The body, as <c>application/json</c>.</param>
/// <param name="Locate">Makes a problem of it point into the body that was sent.</param>
/// <param name="Problems">What could not be expressed. They point into the body that was sent.</param>
internal readonly record struct PlainBody(
    ReadOnlyMemory<byte> Json, Func<PatchProblem, PatchProblem> Locate, IReadOnlyList<PatchProblem> Problems)
{
    /// <summary>New items in lists whose items are not created. They point into the body that was sent, too.</summary>
    public IReadOnlyList<PatchProblem> Missing { get; init; } = [];
}

/// <summary>What a document must not grow beyond while operations are applied.</summary>
/// <param name="MaxBytes">Its size, in bytes.</param>
/// <param name="MaxDepth">Its levels of nesting.</param>
internal readonly record struct DocumentLimits(int MaxBytes, int MaxDepth);
