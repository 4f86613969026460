using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>A patch whose values are not known before the document is.</summary>
/// <param name="sent">The body.</param>
/// <param name="translation">The body as it is translated.</param>
/// <param name="options">What its plain body is read with.</param>
internal sealed class PendingPatch<TPatch>(ReadOnlyMemory<byte> sent, IPatchTranslation translation, PatchReadOptions options)
    where TPatch : IPatch<TPatch>
{
    private readonly PatchReadOptions _options = Unlimited(options);
    private Func<PatchProblem, PatchProblem>? _locate;

    /// <summary>The body: one JSON value.</summary>
    public ReadOnlyMemory<byte> Sent => sent;

    /// <summary>
    /// The options for a plain body that was made of a body within the limits: with values of the document, it may be beyond them. What the
    /// document becomes has limits of its own.
    /// </summary>
    public static PatchReadOptions Unlimited(PatchReadOptions options) => options with
    {
        MaxBytes = int.MaxValue,
        MaxDepth = PatchReadOptions.DepthLimit,
        MaxOpenMembers = int.MaxValue,
    };

    /// <inheritdoc cref="IPatchTranslation.AddSelectors"/>
    public PatchError? AddSelectors(DocumentContract contract, IQueryCollection query, SelectorValues selectors) =>
        translation.AddSelectors(contract, query, selectors);

    /// <summary>Creates the patch for a document, or finds why there is none.</summary>
    /// <param name="view">The document, as responses show it.</param>
    public BodyResult<TPatch> For(ReadOnlyMemory<byte> view)
    {
        if (translation.Translate(view, out PlainBody body) is { } failed)
        {
            return new(failed);
        }

        _locate = body.Locate;
        BodyResult<TPatch> result = RequestBody.Parse<TPatch>(new ReadOnlySequence<byte>(body.Json), _options);
        if (result.Error is null && body.Problems.Count == 0)
        {
            return body.Missing.Count == 0 ? result : new(Rejections.Unexpected(PatchErrorCodes.MissingTarget, body.Missing));
        }

        PatchError error = result.Error ?? RequestBody.ErrorFor(PatchVerdict.Invalid, [], 0);
        return new(Locate(error) with { Problems = [.. error.Problems.Select(body.Locate), .. body.Problems] });
    }

    /// <summary>Makes the problems of the patch point into the body that was sent.</summary>
    public PatchError Locate(PatchError error) =>
        _locate is null ? error : error with { Problems = [.. error.Problems.Select(_locate)] };
}
