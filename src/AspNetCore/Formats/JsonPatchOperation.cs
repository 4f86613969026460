namespace Layers.PatchGen.AspNetCore;

/// <summary>What an operation of JSON Patch does (RFC 6902 section 4).</summary>
internal enum OperationKind
{
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}

/// <summary>One operation of JSON Patch.</summary>
/// <param name="Index">Its index in the body.</param>
/// <param name="Kind">What it does; null if that is unknown, so that the body is rejected.</param>
/// <param name="Path">Where; null if that is unknown.</param>
/// <param name="From">Where the value comes from, for <c>move</c> and <c>copy</c>.</param>
/// <param name="Value">The value, for <c>add</c>, <c>replace</c> and <c>test</c>.</param>
internal sealed record JsonPatchOperation(int Index, OperationKind? Kind, OperationPath? Path, OperationPath? From, JsonTree? Value)
{
    /// <summary>The paths in the body.</summary>
    public OperationPath[] Paths { get; } = (Path, From) switch
    {
        (null, null) => [],
        (null, { } from) => [from],
        ({ } path, null) => [path],
        ({ } path, { } from) => [path, from],
    };

    /// <summary>Whether the value at a path is changed, and not only read.</summary>
    public bool IsWritten(OperationPath path) => Kind != (path == Path ? OperationKind.Test : OperationKind.Copy);

    /// <summary>Whether the operation needs a member of the body.</summary>
    public static bool Needs(OperationKind kind, string member) => member switch
    {
        "from" => kind is OperationKind.Move or OperationKind.Copy,
        "value" => kind is OperationKind.Add or OperationKind.Replace or OperationKind.Test,
        _ => true,
    };
}

/// <summary>A path of an operation, in names of the document.</summary>
/// <param name="Operation">The index of the operation.</param>
/// <param name="Member">The member of the operation that has it.</param>
/// <param name="Segments">The names and indexes; at least one.</param>
internal sealed record OperationPath(int Operation, string Member, string[] Segments)
{
    /// <summary>Where it is in the body: <c>/0/path</c>.</summary>
    public string Pointer => $"/{Operation}/{Member}";
}
