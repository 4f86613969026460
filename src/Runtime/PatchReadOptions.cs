namespace Layers.PatchGen;

/// <summary>
/// The limits of a reader, and which members are open. An instance may be shared by readers, and must not be changed while one uses it; a
/// copy with other values is made by <c>with</c>.
/// </summary>
public sealed record PatchReadOptions
{
    /// <summary>The default limits. They cannot be changed: a setter throws <see cref="InvalidOperationException"/>.</summary>
    public static PatchReadOptions Default { get; } = new();

    /// <summary>The longest body, in bytes; a longer one is <see cref="PatchProblemCodes.TooLarge"/>. Default: 65,536.</summary>
    public int MaxBytes { get; set => field = AtLeastOne(value); } = 65_536;

    /// <summary>
    /// The deepest nesting of objects and arrays, the body itself being the first level; a deeper one is
    /// <see cref="PatchProblemCodes.TooDeep"/>. Default: 32; at most <see cref="DepthLimit"/>.
    /// </summary>
    public int MaxDepth
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, DepthLimit);
            field = AtLeastOne(value);
        }
    } = 32;

    /// <summary>
    /// The most members that one open object (<c>[JsonExtensionData]</c>) or one dictionary may be sent, and that the generated endpoints
    /// let it grow to in a document. Default: 64. <c>ApplyTo</c> itself has no limit.
    /// </summary>
    public int MaxOpenMembers { get; set => field = AtLeastOne(value); } = 64;

    /// <summary>The longest name of a member of an open object, in Unicode code points. Default: 64.</summary>
    public int MaxOpenNameLength { get; set => field = AtLeastOne(value); } = 64;

    /// <summary>
    /// The most problems that are kept; further ones are counted as <see cref="PatchProblems.Truncated"/>. Default: 64.
    /// </summary>
    public int MaxProblems { get; set => field = AtLeastOne(value); } = 64;

    /// <summary>
    /// The fences that are lifted: the <c>Until</c> names of <see cref="FenceAttribute"/> and <see cref="FencedUntilAttribute"/>. Default:
    /// none.
    /// </summary>
    public IReadOnlyCollection<string> LiftedFences { get; set => field = NotNull(value); } = [];

    /// <summary>
    /// The scopes of the caller: members with another <see cref="WriteScopeAttribute"/> are closed. Default: none. Endpoints set them for
    /// each request, from the caller's claims.
    /// </summary>
    public IReadOnlyCollection<string> WriteScopes { get; set => field = NotNull(value); } = [];

    /// <summary>The highest value that <see cref="MaxDepth"/> can have: 256.</summary>
    public const int DepthLimit = 256;

    /// <summary>Whether a fence is lifted.</summary>
    internal bool IsLifted(string until) => LiftedFences.Count > 0 && LiftedFences.Contains(until, StringComparer.Ordinal);

    /// <summary>Whether the caller has a scope.</summary>
    internal bool HasScope(string scope) => WriteScopes.Count > 0 && WriteScopes.Contains(scope, StringComparer.Ordinal);

    private int AtLeastOne(int value)
    {
        ThrowIfDefault();
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private IReadOnlyCollection<string> NotNull(IReadOnlyCollection<string> value)
    {
        ThrowIfDefault();
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    private void ThrowIfDefault()
    {
        if (ReferenceEquals(this, Default))
        {
            throw new InvalidOperationException("PatchReadOptions.Default cannot be changed. Use \"with\" or a new instance.");
        }
    }
}
