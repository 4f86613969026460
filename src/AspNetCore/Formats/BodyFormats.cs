using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Json;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Reads bodies of one patch in the formats that are not plain. Created once for a document type.</summary>
/// <param name="document">
/// The serializer contract of the document; null if it is not known yet, so that members have the names of the patch.
/// </param>
internal sealed class BodyFormats<TPatch>(JsonTypeInfo? document)
    where TPatch : IPatch<TPatch>
{
    private static readonly bool HasGuards =
        TPatch.Table.Scoped.Count > 0 || TPatch.Table.Reserved(PatchReadOptions.Default).Count > 0;

    private static readonly ConditionalWeakTable<JsonTypeInfo, BodyFormats<TPatch>> ByDocument = [];

    private readonly PatchShape _shape = PatchShape.Create(TPatch.Table, document);

    private readonly int _maxDepth = document?.Options.MaxDepth is > 0 and < DocumentJson.MaxDepth and int depth
        ? depth
        : DocumentJson.MaxDepth;

    /// <summary>Reads bodies before the type of the document is known.</summary>
    public static BodyFormats<TPatch> Unbound { get; } = new(null);

    /// <summary>Gets what reads bodies for a document type.</summary>
    public static BodyFormats<TPatch> For(JsonTypeInfo document) => ByDocument.GetValue(document, static one => new(one));

    /// <summary>What responses show of a document.</summary>
    public DocumentView View => field ??= new(document!);

    /// <summary>Reads a JSON Merge Patch. Most are plain bodies: the patch is known without a document.</summary>
    /// <param name="body">The body, within the limit of size.</param>
    /// <param name="options">The limits, and what is open to the caller.</param>
    public BodyResult<TPatch> ReadMergePatch(ReadOnlySequence<byte> body, PatchReadOptions options)
    {
        bool isRead = PatchReader.TryRead<TPatch>(body, options, out TPatch? patch, out PatchProblems problems);
        if ((TPatch.Table.KeepsObjects || TPatch.Table.HasKeyedLists) && problems.Verdict is not PatchVerdict.Malformed)
        {
            ReadOnlySpan<byte> json = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
            json = json[JsonBody.StartOf(json)..];
            List<MergedValue> merged = MergePatch.FindMerged(json, _shape);
            byte[] sent = merged.Count > 0 ? json.ToArray() : [];
            PatchProblems duplicates = PatchProblems.None;
            if (merged.Exists(static value => value.IsArray))
            {
                JsonBody.TryRead(body, options, out _, out duplicates);
                problems = ProblemsOfItems(sent, options) is { Verdict: PatchVerdict.Fenced or PatchVerdict.MissingScope } closed
                    ? closed
                    : problems;
            }

            if (merged.Count > 0 && problems.Verdict is PatchVerdict.Ok or PatchVerdict.Invalid)
            {
                return ErrorFor(problems, duplicates, merged, options.MaxProblems) is { } error
                    ? new(error)
                    : new(new PendingPatch<TPatch>(sent, new MergePatch(JsonTree.Of(sent), _shape), options));
            }
        }

        return isRead ? new(patch!) : new(RequestBody.ErrorFor(problems));
    }

    /// <summary>Reads a JSON Patch. Its values are read when the document is known.</summary>
    /// <param name="body">The body, within the limit of size.</param>
    /// <param name="options">The limits, and what is open to the caller.</param>
    /// <param name="maxBytes">The size that a document must not grow beyond, in bytes.</param>
    public BodyResult<TPatch> ReadJsonPatch(ReadOnlySequence<byte> body, PatchReadOptions options, int maxBytes)
    {
        if (!JsonBody.TryRead(body, options, out ReadOnlyMemory<byte> json, out PatchProblems malformed))
        {
            return new(RequestBody.ErrorFor(malformed));
        }

        var problems = new BodyProblems(options.MaxProblems);
        foreach (PatchProblem duplicate in malformed)
        {
            problems.Add(duplicate);
        }

        List<JsonPatchOperation> operations = JsonPatchReader.Read(json, problems);
        if (document is not null)
        {
            PatchReadOptions unlimited = PendingPatch<TPatch>.Unlimited(options);
            var paths = new JsonPatchPaths(_shape, plain => Problems(plain, unlimited), HasGuards, problems);
            operations.ForEach(paths.Check);
        }

        if (problems.Error is { } error)
        {
            return new(error);
        }

        // A body that changes nothing is valid or not whatever the document.
        return document is not null && operations.TrueForAll(static one => one.Kind == OperationKind.Test)
            && Problems("{}"u8, options) is { Count: > 0 } empty
            ? new(RequestBody.ErrorFor(empty))
            : new(new PendingPatch<TPatch>(json, new JsonPatch(_shape, operations, new(maxBytes, _maxDepth)), options));
    }

    /// <summary>The problems of a merge patch with the items of lists as members, so that reserved members in them are found.</summary>
    private PatchProblems ProblemsOfItems(byte[] sent, PatchReadOptions options)
    {
        var json = new ArrayBufferWriter<byte>(sent.Length);
        using var writer = new Utf8JsonWriter(json);
        PlainPlace.WriteSent(writer, _shape, JsonTree.Of(sent), hasBodyNames: true);
        writer.Flush();
        return Problems(json.WrittenSpan, PendingPatch<TPatch>.Unlimited(options));
    }

    private static PatchProblems Problems(ReadOnlySpan<byte> plain, PatchReadOptions options)
    {
        PatchReader.TryRead<TPatch>(plain, options, out _, out PatchProblems problems);
        return problems;
    }

    /// <summary>What is wrong with a merge patch whatever the document: problems of the members that are not merged.</summary>
    private static PatchError? ErrorFor(PatchProblems found, PatchProblems duplicates, List<MergedValue> merged, int max)
    {
        var problems = new BodyProblems(max);
        foreach (PatchProblem problem in found.Where(problem => !merged.Exists(value => Contains(value, problem))))
        {
            problems.Add(problem);
        }

        foreach (PatchProblem problem in duplicates.Where(problem => merged.Exists(value => value.IsArray && Contains(value, problem))))
        {
            problems.Add(problem);
        }

        foreach (MergedValue value in merged.Where(static value => value.IsClosed))
        {
            problems.Add(
                Pointer.To(value.Place),
                PatchProblemCodes.UnknownMember,
                "Responses do not show all of this value, so it cannot be merged.");
        }

        foreach (MergedValue value in merged.Where(static value => value is { IsList: true, IsArray: false }))
        {
            problems.Add(Pointer.To(value.Place), PatchProblemCodes.WrongType, "Must be an array.");
        }

        return problems.Error;

        static bool Contains(MergedValue value, PatchProblem problem) =>
            Pointer.Contains(value.Place, Pointer.Parse(problem.Pointer) ?? []);
    }
}

/// <summary>How the body of one request is read.</summary>
/// <param name="Options">The limits, and what is open to the caller.</param>
/// <param name="Format">The format; none for plain JSON.</param>
/// <param name="Formats">Reads other formats; null where there are none.</param>
/// <param name="MaxDocumentBytes">The size that a document must not grow beyond.</param>
internal readonly record struct BodyFormat<TPatch>(
    PatchReadOptions Options, PatchFormats Format = default, BodyFormats<TPatch>? Formats = null, int MaxDocumentBytes = 0)
    where TPatch : IPatch<TPatch>
{
    /// <summary>Reads a body that is within the size limit.</summary>
    public BodyResult<TPatch> Read(ReadOnlySequence<byte> body) => Format switch
    {
        PatchFormats.MergePatch => Formats!.ReadMergePatch(body, Options),
        PatchFormats.JsonPatch => Formats!.ReadJsonPatch(body, Options, MaxDocumentBytes),
        _ => RequestBody.Parse<TPatch>(body, Options),
    };
}
