using System.Buffers;
using System.Text.Json;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Reads a plain body, and returns its problems.</summary>
internal delegate PatchProblems PlainBodyReader(ReadOnlySpan<byte> json);

/// <summary>
/// Decides what the paths of a JSON Patch decide without a document: reserved members, members that the caller may not write, and members
/// that the patch does not have. For each path that needs it, the reader of the patch reads a plain body with just that member.
/// </summary>
/// <param name="shape">The document.</param>
/// <param name="read">Reads a plain body.</param>
/// <param name="hasGuards">Whether the patch has reserved members, or members that need a scope.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed class JsonPatchPaths(PatchShape shape, PlainBodyReader read, bool hasGuards, BodyProblems problems)
{
    /// <summary>Checks the paths of an operation.</summary>
    public void Check(JsonPatchOperation operation)
    {
        foreach (OperationPath path in operation.Paths)
        {
            PathTarget target = PathTarget.Find(shape, path.Segments);
            bool isWritten = operation.IsWritten(path);
            bool isUnknown = isWritten
                ? IsUnknownTo(operation.Kind, target.Kind)
                : target.Kind is TargetKind.WriteOnly or TargetKind.Hidden;
            if (hasGuards || isUnknown || (isWritten && target.IsOpen))
            {
                isUnknown = ReadMember(operation, path, target, isWritten) || isUnknown;
            }

            if (target.Kind == TargetKind.Closed)
            {
                problems.Add(UnknownMember(path, "Responses do not show all of this value, so it can only be replaced as a whole."));
            }
            else if (isUnknown)
            {
                problems.Add(UnknownMember(path, "Unknown member."));
            }
        }
    }

    private static bool IsUnknownTo(OperationKind? kind, TargetKind target) => target switch
    {
        TargetKind.Writable or TargetKind.Closed => false,
        TargetKind.WriteOnly => kind is not (OperationKind.Add or OperationKind.Replace),
        _ => true,
    };

    private static PatchProblem UnknownMember(OperationPath path, string message) =>
        Located(path, new PatchProblem(Pointer.To(path.Segments), PatchProblemCodes.UnknownMember, message));

    /// <summary>Reads a plain body with the member alone. Of its values, only names are checked.</summary>
    /// <returns>Whether the reader does not know the member, and its message is not added yet.</returns>
    private bool ReadMember(JsonPatchOperation operation, OperationPath path, PathTarget target, bool isWritten)
    {
        JsonTree? value = path == operation.Path && target.IsWhole ? operation.Value : null;
        PatchProblems found = read(Write(target, value));
        switch (found.Verdict)
        {
            case PatchVerdict.Fenced:
                problems.AddFenced(found.Select(problem => Locate(operation, path, target, problem)));
                return false;
            case PatchVerdict.MissingScope:
                problems.AddScoped(found.Select(problem => Locate(operation, path, target, problem)));
                return false;
            default:
                return isWritten && found.Any(problem => problem.Code == PatchProblemCodes.UnknownMember
                    && Pointer.Parse(problem.Pointer) is { } place && Pointer.Contains(place, target.Body));
        }
    }

    private static ReadOnlySpan<byte> Write(PathTarget target, JsonTree? value)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json);

        // No reserved member is deeper.
        ReadOnlySpan<string> names = target.Body.AsSpan(0, Math.Min(target.Body.Length, DocumentJson.MaxDepth));
        foreach (string name in names)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(name);
        }

        PlainPlace.WriteSent(writer, target.Value, value ?? JsonTree.Null);
        for (int i = 0; i < names.Length; i++)
        {
            writer.WriteEndObject();
        }

        writer.Flush();
        return json.WrittenSpan;
    }

    private static PatchProblem Locate(JsonPatchOperation operation, OperationPath path, PathTarget target, PatchProblem problem)
    {
        string[] place = Pointer.Parse(problem.Pointer) ?? [];
        if (!target.IsWhole || place.Length <= target.Body.Length || !Pointer.Contains(target.Body, place))
        {
            return Located(path, problem);
        }

        string below = Pointer.To(place[target.Body.Length..]);
        return problem with
        {
            Pointer = $"/{operation.Index}/value{below}",
            Arguments = BodyLocation.WithPath(problem.Arguments, Pointer.To(path.Segments) + below),
            Field = problem.Field,
        };
    }

    private static PatchProblem Located(OperationPath path, PatchProblem problem) => problem with
    {
        Pointer = path.Pointer,
        Arguments = BodyLocation.WithPath(problem.Arguments, Pointer.To(path.Segments)),
        Field = problem.Field,
    };
}
