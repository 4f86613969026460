using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The errors for patches that make a document grow beyond a limit. Only for rejected patches, so speed does not matter here.
/// </summary>
internal static class DocumentGrowth
{
    /// <summary>The error for open objects and dictionaries; null for none.</summary>
    public static PatchError? TooManyMembers(IReadOnlyList<PatchProblem> grown, int maxProblems) =>
        grown.Count == 0 ? null : Invalid([.. grown.Take(maxProblems)]) with { Truncated = Math.Max(0, grown.Count - maxProblems) };

    /// <summary>The error for a document with too many bytes.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="before">The document as it was.</param>
    /// <param name="after">The document with the patch applied.</param>
    /// <param name="max">The maximum number of bytes.</param>
    public static PatchError TooLarge<TPatch>(TPatch patch, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, int max)
        where TPatch : IPatch<TPatch>
    {
        string bytes = max.ToString(CultureInfo.InvariantCulture);
        string message = $"The document must not become larger than {bytes} bytes.";
        return TooLarge(patch, before, after, message, new Dictionary<string, string> { ["max"] = bytes });
    }

    /// <inheritdoc cref="TooLarge{TPatch}(TPatch, ReadOnlyMemory{byte}, ReadOnlyMemory{byte}, int)"/>
    public static PatchError TooLarge<TPatch>(
        TPatch patch,
        ReadOnlyMemory<byte> before,
        ReadOnlyMemory<byte> after,
        string message,
        IReadOnlyDictionary<string, string>? arguments = null)
        where TPatch : IPatch<TPatch> =>
        Invalid([new PatchProblem(GrownMost(patch, before, after), PatchProblemCodes.TooLarge, message, arguments)]);

    private static PatchError Invalid(IReadOnlyList<PatchProblem> problems) =>
        PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity) with { Problems = problems };

    /// <summary>
    /// The pointer of the member in the body whose value grew most; of several, the one declared first. A member with another name in the
    /// document counts with the size that was sent.
    /// </summary>
    private static string GrownMost<TPatch>(TPatch patch, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
        where TPatch : IPatch<TPatch>
    {
        Dictionary<string, int> was = Sizes(before.Span), now = Sizes(after.Span);
        string pointer = "";
        int most = int.MinValue;
        foreach ((string name, int sent) in Sizes(Written(patch), sizeOfNull: 0))
        {
            int growth = was.ContainsKey(name) || now.ContainsKey(name) ? now.GetValueOrDefault(name) - was.GetValueOrDefault(name) : sent;
            if (growth > most)
            {
                most = growth;
                pointer = Pointer.To(name);
            }
        }

        return pointer;
    }

    /// <summary>The members at the top level, in order, with the size of each value in bytes.</summary>
    /// <param name="json">One JSON object.</param>
    /// <param name="sizeOfNull">The size of a null: 0 in a patch, where it makes nothing grow.</param>
    private static Dictionary<string, int> Sizes(ReadOnlySpan<byte> json, int sizeOfNull = 4)
    {
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DocumentJson.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            long start = reader.TokenStartIndex;
            reader.Skip();
            sizes[name] = reader.TokenType == JsonTokenType.Null ? sizeOfNull : (int)(reader.BytesConsumed - start);
        }

        return sizes;
    }

    private static ReadOnlySpan<byte> Written<TPatch>(TPatch patch)
        where TPatch : IPatch<TPatch>
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            patch.WriteTo(writer);
        }

        return buffer.WrittenSpan;
    }
}
