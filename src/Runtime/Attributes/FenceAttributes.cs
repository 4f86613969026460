namespace Layers.PatchGen;

/// <summary>
/// Reserves members that are not modelled yet. A body that sends one, with any value, is rejected as <see cref="PatchVerdict.Fenced"/>,
/// which takes precedence over every problem but malformed JSON.
/// </summary>
/// <param name="paths">Member names as in JSON; below an object that is not modelled either, joined by dots: <c>replies.tone</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false, AllowMultiple = true)]
public sealed class FenceAttribute(params string[] paths) : Attribute
{
    /// <summary>The reserved members.</summary>
    public string[] Paths { get; } = paths;

    /// <summary>
    /// The version the fence waits for, such as <c>v2</c>: shown to clients, and the name by which
    /// <see cref="PatchReadOptions.LiftedFences"/> lifts it.
    /// </summary>
    public string? Until { get; set; }
}

/// <summary>
/// Closes a modelled property until its fence is lifted by <see cref="PatchReadOptions.LiftedFences"/>. Until then a body that sends the
/// member is <see cref="PatchVerdict.Fenced"/>, with any value.
/// </summary>
/// <param name="until">The version the fence waits for, such as <c>v2</c>: shown to clients, and the name by which it is lifted.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class FencedUntilAttribute(string until) : Attribute
{
    /// <summary>The version the fence waits for.</summary>
    public string Until { get; } = until;
}

/// <summary>
/// Closes a modelled property to callers without a scope (<see cref="PatchReadOptions.WriteScopes"/>): from them, a body that sends the
/// member is <see cref="PatchVerdict.MissingScope"/>, with any value. Reading the document is not affected.
/// </summary>
/// <param name="scope">The scope that a caller needs, such as <c>hr</c>: without spaces, compared ordinally.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class WriteScopeAttribute(string scope) : Attribute
{
    /// <summary>The scope that a caller needs.</summary>
    public string Scope { get; } = scope;
}
