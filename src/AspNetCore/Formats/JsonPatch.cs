using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// A JSON Patch (RFC 6902) that is translated into a plain body, once the document is known. Pure and immutable.
/// </summary>
/// <remarks>
/// The work is bounded: operations are few, an operation takes time proportional to the length of the objects and arrays on its path, a
/// document is split into parts once, and neither its size nor its depth can grow beyond that of a document.
/// </remarks>
internal sealed class JsonPatch : IPatchTranslation
{
    private readonly PatchShape _shape;
    private readonly List<JsonPatchOperation> _operations;
    private readonly DocumentLimits _limits;

    private JsonPatch(PatchShape shape, List<JsonPatchOperation> operations, DocumentLimits limits) =>
        (_shape, _operations, _limits) = (shape, operations, limits);

    /// <summary>Whether nothing is changed: there are only tests.</summary>
    public bool IsEmpty => _operations.TrueForAll(static operation => operation.Kind == OperationKind.Test);

    /// <summary>Reads a body.</summary>
    /// <param name="json">One JSON value, with strings that are text.</param>
    /// <param name="shape">The document.</param>
    /// <param name="paths">Decides what its paths decide.</param>
    /// <param name="problems">Receives what is wrong with it. With problems, it must not be translated.</param>
    /// <param name="limits">What a document must not grow beyond.</param>
    public static JsonPatch Read(
        ReadOnlyMemory<byte> json, PatchShape shape, JsonPatchPaths paths, BodyProblems problems, DocumentLimits limits)
    {
        List<JsonPatchOperation> operations = JsonPatchReader.Read(json, problems);
        foreach (JsonPatchOperation operation in operations)
        {
            paths.Check(operation);
        }

        return new(shape, operations, limits);
    }

    /// <summary>Adds the selectors of the query, as for a GET.</summary>
    public PatchError? AddSelectors(DocumentContract contract, IQueryCollection query, SelectorValues selectors) =>
        Selection.ReadQuery(contract, query, selectors);

    /// <inheritdoc/>
    public PatchError? Translate(ReadOnlyMemory<byte> view, out PlainBody body)
    {
        JsonTree before = JsonTree.Of(view), after = before;
        var touched = new TouchedMembers();
        foreach (JsonPatchOperation operation in _operations)
        {
            if (Apply(operation, ref after) is { } failed)
            {
                body = default;
                return failed;
            }

            if (after.Size > _limits.MaxBytes && after.Size > before.Size)
            {
                body = default;
                return TooLarge(operation);
            }

            foreach (OperationPath path in operation.Written)
            {
                touched.Add(_shape, path.Segments);
            }
        }

        body = Write(touched, before, after);
        return null;
    }

    private PatchError? Apply(JsonPatchOperation operation, ref JsonTree document)
    {
        string[] path = operation.Path!.Segments;
        JsonTree? value = operation.Value, result = document;
        if (operation.From is { } from)
        {
            value = document.Find(from.Segments);
            if (value is null)
            {
                return MissingTarget(from);
            }

            if (operation.Kind == OperationKind.Move)
            {
                result = document.Remove(from.Segments)!;
            }
        }

        if (operation.Kind == OperationKind.Test)
        {
            return document.Find(path) is not { } found ? MissingTarget(operation.Path)
                : JsonTree.AreEqual(found, value!) ? null
                : TestFailed(operation.Path);
        }

        if (value is not null && path.Length + value.Depth > _limits.MaxDepth)
        {
            return TooDeep(operation);
        }

        result = operation.Kind switch
        {
            OperationKind.Remove => result.Remove(path),
            OperationKind.Replace when PathTarget.Find(_shape, path).Kind != TargetKind.WriteOnly => result.Replace(path, value!),
            _ => result.Add(path, value!),
        };
        if (result is null)
        {
            return MissingTarget(operation.Path);
        }

        document = result;
        return null;
    }

    private PlainBody Write(TouchedMembers touched, JsonTree before, JsonTree after)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json);
        var body = new PlainBodyWriter(writer);
        body.Write(_shape, touched, before, after);
        writer.Flush();
        var location = new BodyLocation(_shape, _operations, after);
        return new(json.WrittenMemory, location.Locate, [.. body.Nulls.Select(place => NotAllowed(location, place))]);
    }

    private static PatchProblem NotAllowed(BodyLocation location, string[] place) => location.Locate(
        new(Pointer.To(place), PatchProblemCodes.NullNotAllowed, "Must not be null. To remove the member, use \"remove\"."), place);

    /// <summary>The error for a path that addresses nothing. It does not say what is there instead.</summary>
    public static PatchError MissingTarget(OperationPath path) =>
        Conflict(PatchErrorCodes.MissingTarget, path, "The document has no such member or item.");

    /// <summary>The error for a test that failed. It does not say what is there instead.</summary>
    public static PatchError TestFailed(OperationPath path) =>
        Conflict(PatchErrorCodes.TestFailed, path, "The document does not have this value here.");

    private static PatchError Conflict(string code, OperationPath path, string message) =>
        new(StatusCodes.Status409Conflict, code, "The document is not as the patch expects; nothing was changed.")
        {
            Problems = [Problem(path, code, message)],
        };

    private PatchError TooLarge(JsonPatchOperation operation) => Invalid(
        operation,
        PatchProblemCodes.TooLarge,
        $"The document must not become larger than {BodyProblems.Text(_limits.MaxBytes)} bytes.",
        BodyProblems.Text(_limits.MaxBytes));

    private PatchError TooDeep(JsonPatchOperation operation) => Invalid(
        operation,
        PatchProblemCodes.TooDeep,
        $"The document must not be nested deeper than {BodyProblems.Text(_limits.MaxDepth)} levels.",
        BodyProblems.Text(_limits.MaxDepth));

    private static PatchError Invalid(JsonPatchOperation operation, string code, string message, string max) =>
        PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity) with
        {
            Problems = [Problem(operation.Path!, code, message, ("max", max))],
        };

    private static PatchProblem Problem(OperationPath path, string code, string message, params (string Name, string Value)[] arguments) =>
        new(path.Pointer, code, message, new Dictionary<string, string>(
            [.. arguments.Select(static one => KeyValuePair.Create(one.Name, one.Value)), new("path", Pointer.To(path.Segments))]))
        {
            Field = string.Join('.', path.Segments),
        };
}
