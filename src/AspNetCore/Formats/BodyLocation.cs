namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Finds where in a JSON Patch a problem of the plain body comes from: the value that was sent, if it is still there unchanged; otherwise
/// the path of the last operation that has changed the member.
/// </summary>
/// <param name="shape">The document.</param>
/// <param name="operations">The operations.</param>
/// <param name="after">The document after the operations.</param>
internal sealed class BodyLocation(PatchShape shape, IReadOnlyList<JsonPatchOperation> operations, JsonTree after)
{
    /// <summary>The name of the argument with the document's pointer.</summary>
    private const string PathArgument = "path";

    /// <summary>The problem, pointing into the body that was sent.</summary>
    /// <param name="problem">The problem, pointing into the plain body.</param>
    public PatchProblem Locate(PatchProblem problem) => Pointer.Parse(problem.Pointer) is { Length: > 0 } place
        ? Locate(problem, PlainPlace.ToDocument(shape, place, after))
        : problem;

    /// <summary>The problem of a value, pointing into the body that was sent.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="path">The value, in names of the document.</param>
    public PatchProblem Locate(PatchProblem problem, string[] path) => problem with
    {
        Pointer = ValueAt(path) ?? OperationOn(path),
        Arguments = WithPath(problem.Arguments, Pointer.To(path)),
        Field = problem.Field,
    };

    /// <summary>The arguments of a problem, and the document's pointer.</summary>
    public static Dictionary<string, string> WithPath(IReadOnlyDictionary<string, string> arguments, string path) =>
        new(arguments) { [PathArgument] = path };

    /// <summary>The innermost value on the path that was sent and is unchanged; null if there is none.</summary>
    private string? ValueAt(string[] path)
    {
        ValueOrigin? origin = null;
        JsonTree? at = after;
        for (int i = 0; i < path.Length && at is not null; i++)
        {
            at = at.Find(path[i]);
            origin = at is null ? origin : at.Origin;
        }

        return origin?.ToPointer();
    }

    private string OperationOn(ReadOnlySpan<string> path)
    {
        for (int length = path.Length; length > 0; length--)
        {
            for (int i = operations.Count - 1; i >= 0; i--)
            {
                foreach (OperationPath written in operations[i].Paths)
                {
                    if (!operations[i].IsWritten(written))
                    {
                        continue;
                    }

                    if (Pointer.Contains(path[..length], written.Segments) || Pointer.Contains(written.Segments, path[..length]))
                    {
                        return written.Pointer;
                    }
                }
            }
        }

        return "";
    }
}
