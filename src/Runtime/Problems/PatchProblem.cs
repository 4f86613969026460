namespace Layers.PatchGen;

/// <summary>What a reader decided about a body. When several apply, the highest of <see cref="Malformed"/>, <see cref="Fenced"/>, <see cref="Invalid"/> is said.</summary>
public enum PatchVerdict
{
    /// <summary>The body is a patch.</summary>
    Ok,

    /// <summary>The body is not JSON (RFC 8259), not UTF-8, nested too deep or too long.</summary>
    Malformed,

    /// <summary>The body sends a member that is reserved (<see cref="FenceAttribute"/>).</summary>
    Fenced,

    /// <summary>The body is JSON but not a patch of this type.</summary>
    Invalid,
}

/// <summary>One thing that was wrong with a body.</summary>
/// <param name="Pointer">
/// Where: a JSON Pointer (RFC 6901) into the body; empty for the body as a whole. A name of more than 256 characters is cut and ends in an ellipsis, so that an
/// answer never grows much beyond the body.
/// </param>
/// <param name="Code">What: one of <see cref="PatchProblemCodes"/>, stable.</param>
/// <param name="Message">The same for people, in English, saying what would be right. Not stable.</param>
/// <param name="Arguments">The figures of the rule by name, such as <c>min</c> and <c>max</c>; empty when there are none.</param>
public readonly record struct PatchProblem(string Pointer, string Code, string Message, IReadOnlyList<KeyValuePair<string, string>> Arguments);
