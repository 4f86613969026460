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
/// <param name="shape">The document.</param>
/// <param name="operations">The operations, without problems.</param>
/// <param name="limits">What a document must not grow beyond.</param>
internal sealed class JsonPatch(PatchShape shape, IReadOnlyList<JsonPatchOperation> operations, DocumentLimits limits) : IPatchTranslation
{
    /// <summary>Adds the selectors of the query, as for a GET.</summary>
    public PatchError? AddSelectors(DocumentContract contract, IQueryCollection query, SelectorValues selectors) =>
        Selection.ReadQuery(contract, query, selectors);

    /// <inheritdoc/>
    public PatchError? Translate(ReadOnlyMemory<byte> view, out PlainBody body)
    {
        JsonTree before = JsonTree.Of(view), after = before;
        var touched = new TouchedMembers();
        foreach (JsonPatchOperation operation in operations)
        {
            if (Apply(operation, ref after) is { } failed)
            {
                body = default;
                return failed;
            }

            if (after.Size > limits.MaxBytes && after.Size > before.Size)
            {
                body = default;
                return TooLarge(operation);
            }

            foreach (OperationPath path in operation.Paths)
            {
                if (operation.IsWritten(path))
                {
                    touched.Add(shape, path.Segments);
                }
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

        result = operation.Kind switch
        {
            OperationKind.Remove => result.Remove(path),
            OperationKind.Replace => result.Replace(path, value!) ?? (IsWriteOnly(path) ? result.Add(path, value!) : null),
            _ => result.Add(path, value!),
        };
        if (result is null)
        {
            return MissingTarget(operation.Path);
        }

        if (value is not null && path.Length + value.Depth > limits.MaxDepth)
        {
            return TooDeep(operation);
        }

        document = result;
        return null;
    }

    private bool IsWriteOnly(string[] path) => PathTarget.Find(shape, path).Kind == TargetKind.WriteOnly;

    private PlainBody Write(TouchedMembers touched, JsonTree before, JsonTree after)
    {
        var json = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(json);
        var body = new PlainBodyWriter(writer);
        body.Write(shape, touched, before, after);
        writer.Flush();
        var location = new BodyLocation(shape, operations, after);
        IEnumerable<PatchProblem> invalid = body.Invalid.Select(one => location.Locate(one.Problem, one.Path));
        return new(json.WrittenMemory, location.Locate, [.. body.Nulls.Select(place => NotAllowed(location, place)), .. invalid])
        {
            Missing = [.. body.Missing.Select(item => location.Locate(Rejections.NewItem(item), item))],
        };
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
        Rejections.Unexpected(code, [Problem(path, code, message)]);

    private PatchError TooLarge(JsonPatchOperation operation) => Invalid(
        operation,
        PatchProblemCodes.TooLarge,
        $"The document must not become larger than {BodyProblems.Text(limits.MaxBytes)} bytes.",
        BodyProblems.Text(limits.MaxBytes));

    private PatchError TooDeep(JsonPatchOperation operation) => Invalid(
        operation,
        PatchProblemCodes.TooDeep,
        $"The document must not be nested deeper than {BodyProblems.Text(limits.MaxDepth)} levels.",
        BodyProblems.Text(limits.MaxDepth));

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
