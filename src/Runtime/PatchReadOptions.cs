namespace Layers.PatchGen;

/// <summary>The limits of a reader, and which members are open. Instances are immutable and may be shared.</summary>
public sealed record PatchReadOptions
{
    /// <summary>The default limits.</summary>
    public static PatchReadOptions Default { get; } = new();

    /// <summary>The longest body, in bytes; a longer one is <see cref="PatchProblemCodes.TooLarge"/>. Default: 65,536.</summary>
    public int MaxBytes { get; init => field = AtLeastOne(value); } = 65_536;

    /// <summary>
    /// The deepest nesting of objects and arrays, the body itself being the first level; a deeper one is
    /// <see cref="PatchProblemCodes.TooDeep"/>. Default: 32; at most <see cref="DepthLimit"/>.
    /// </summary>
    public int MaxDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, DepthLimit);
            field = AtLeastOne(value);
        }
    } = 32;

    /// <summary>
    /// The most members that one open object (<c>[JsonExtensionData]</c>) or one dictionary may be sent, and that the generated endpoints
    /// let it grow to in a document. Default: 64. <c>ApplyTo</c> itself has no limit.
    /// </summary>
    public int MaxOpenMembers { get; init => field = AtLeastOne(value); } = 64;

    /// <summary>The longest name of a member of an open object, in Unicode code points. Default: 64.</summary>
    public int MaxOpenNameLength { get; init => field = AtLeastOne(value); } = 64;

    /// <summary>
    /// The most problems that are kept; further ones are counted as <see cref="PatchProblems.Truncated"/>. Default: 64.
    /// </summary>
    public int MaxProblems { get; init => field = AtLeastOne(value); } = 64;

    /// <summary>
    /// The fences that are lifted: the <c>Until</c> names of <see cref="FenceAttribute"/> and <see cref="FencedUntilAttribute"/>. Default:
    /// none.
    /// </summary>
    public IReadOnlyCollection<string> LiftedFences { get; init; } = [];

    /// <summary>
    /// The scopes of the caller: members with another <see cref="WriteScopeAttribute"/> are closed. Default: none. Endpoints set them for
    /// each request, from the caller's claims.
    /// </summary>
    public IReadOnlyCollection<string> WriteScopes { get; init; } = [];

    /// <summary>The highest value that <see cref="MaxDepth"/> can have: 256.</summary>
    public const int DepthLimit = 256;

    /// <summary>Whether a fence is lifted.</summary>
    internal bool IsLifted(string until) => LiftedFences.Count > 0 && LiftedFences.Contains(until, StringComparer.Ordinal);

    /// <summary>Whether the caller has a scope.</summary>
    internal bool HasScope(string scope) => WriteScopes.Count > 0 && WriteScopes.Contains(scope, StringComparer.Ordinal);

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
