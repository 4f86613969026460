namespace Layers.PatchGen.AspNetCore;

/// <summary>What a path of an operation is to a patch, as far as that can be said without a document.</summary>
/// <param name="Body">The path in a plain body, down to the value that is written as a whole; of lists, with indexes for keys.</param>
/// <param name="IsWhole">Whether the path ends there, and not below.</param>
/// <param name="Kind">What may be done with it.</param>
/// <param name="IsOpen">Whether it is a member of an open object.</param>
internal readonly record struct PathTarget(string[] Body, bool IsWhole, TargetKind Kind, bool IsOpen)
{
    /// <summary>The value, as it is written in a plain body.</summary>
    public ValueShape Value { get; init; } = WholeShape.Shown;

    /// <summary>Follows a path from the document.</summary>
    /// <param name="shape">The document.</param>
    /// <param name="path">The path, in names of the document.</param>
    public static PathTarget Find(PatchShape shape, string[] path)
    {
        string[] body = [.. path];
        ValueShape at = shape;
        for (int i = 0; i < path.Length; i++)
        {
            bool isLast = i == path.Length - 1;
            switch (at)
            {
                case PatchShape patch when patch.TryFindInDocument(path[i], out MemberShape? member):
                    body[i] = member.Name;
                    if (member.IsSelector || !member.IsShown)
                    {
                        TargetKind kind = member.IsSelector ? TargetKind.ReadOnly
                            : isLast ? TargetKind.WriteOnly
                            : TargetKind.Hidden;
                        return new(body, isLast, kind, IsOpen: false);
                    }

                    at = member.Value;
                    break;
                case PatchShape { IsOpen: true }:
                    return new(body[..(i + 1)], isLast, TargetKind.Writable, IsOpen: true);
                case PatchShape:
                    return new(body, IsWhole: true, TargetKind.ReadOnly, IsOpen: false);
                case MapShape map:
                    at = map.Values;
                    break;
                case ListShape list: // An index is not a key, which for the reader is a problem of its own.
                    at = list.Items;
                    break;
                case WholeShape whole:
                    return new(body[..i], IsWhole: false, whole.IsClosed ? TargetKind.Closed : TargetKind.Writable, IsOpen: false);
            }
        }

        return new(body, IsWhole: true, TargetKind.Writable, IsOpen: false) { Value = at };
    }
}

/// <summary>What may be done with a value that a path addresses.</summary>
internal enum TargetKind
{
    /// <summary>Everything.</summary>
    Writable,

    /// <summary>It can be tested and copied: a member that the patch does not have, if the document has it, and a selector.</summary>
    ReadOnly,

    /// <summary>It can be added and replaced, but responses do not show it.</summary>
    WriteOnly,

    /// <summary>Nothing: it is below a value that responses do not show.</summary>
    Hidden,

    /// <summary>Nothing: it is below a value that can only be replaced as a whole, since responses do not show all of it.</summary>
    Closed,
}
