using System.Collections.ObjectModel;

namespace Layers.PatchGen;

/// <summary>
/// The result of reading a body. If several apply, the first of <see cref="Malformed"/>, <see cref="Fenced"/>,
/// <see cref="MissingScope"/>, <see cref="Invalid"/> is returned.
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

    /// <summary>The body sends a member that the caller may not write (<see cref="WriteScopeAttribute"/>).</summary>
    MissingScope,
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

    /// <summary>
    /// The member that the problem is in: its names from the root of the body, unescaped and joined by dots, as in
    /// <c>personality.humor</c>. The item of an array is in the member that has the array: <c>/targets/1</c> is in <c>targets</c>. Empty
    /// for the body as a whole.
    /// </summary>
    /// <remarks>
    /// Derived from the pointer, which does not distinguish an index from a name of digits. The reader knows which it is. For a problem of
    /// your own, digits below the first name are an index; set this property if they are a name.
    /// </remarks>
    public string Field
    {
        get => field ?? FieldOf(Pointer);
        init;
    }

    /// <summary>The values of the rule by name, such as <c>min</c> and <c>max</c>; empty if there are none.</summary>
    public IReadOnlyDictionary<string, string> Arguments
    {
        get => field ?? ReadOnlyDictionary<string, string>.Empty;
        init;
    }

    /// <summary>Whether a part of a pointer looks like the index of an item.</summary>
    internal static bool IsIndex(string part) => part.Length > 0 && part.All(char.IsAsciiDigit);

    private static string FieldOf(string pointer)
    {
        string[] names = (pointer ?? "").Split('/')[1..];
        int item = names.Length == 0 ? -1 : Array.FindIndex(names, 1, IsIndex);
        return string.Join('.', (item < 0 ? names : names[..item])
            .Select(static name => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)));
    }
}
