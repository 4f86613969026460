using System.Collections.ObjectModel;

namespace Layers.PatchGen;

/// <summary>
/// The result of reading a body. If several apply, the first of <see cref="Malformed"/>, <see cref="Fenced"/>, <see cref="Invalid"/> is
/// returned.
/// </summary>
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

/// <summary>One problem of a body.</summary>
/// <param name="Pointer">
/// Where: a JSON Pointer (RFC 6901) into the body; empty for the body as a whole. A name of more than 256 characters is cut and ends in an
/// ellipsis, so that a response never grows much beyond the body.
/// </param>
/// <param name="Code">What: one of <see cref="PatchProblemCodes"/>, stable.</param>
/// <param name="Message">The same for people, in English; says what would be right. Not stable.</param>
public readonly record struct PatchProblem(string Pointer, string Code, string Message)
{
    /// <summary>Creates a problem with arguments.</summary>
    /// <param name="pointer">Where.</param>
    /// <param name="code">What.</param>
    /// <param name="message">The same for people.</param>
    /// <param name="arguments">The values of the rule by name.</param>
    public PatchProblem(string pointer, string code, string message, IReadOnlyDictionary<string, string>? arguments)
        : this(pointer, code, message) => Arguments = arguments!;

    /// <summary>The values of the rule by name, such as <c>min</c> and <c>max</c>; empty if there are none.</summary>
    public IReadOnlyDictionary<string, string> Arguments
    {
        get => field ?? ReadOnlyDictionary<string, string>.Empty;
        init;
    }
}
