namespace Layers.PatchGen;

/// <summary>
/// Marks a property of a patch that chooses the document among several and is never written to it. It is matched by name against a property
/// of the document, and does not count as a change: neither for <c>IsEmpty</c> nor for <see cref="PatchAttribute.RequireAny"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class SelectorAttribute : Attribute;

/// <summary>Names the property of the document if its name differs from the patch's.</summary>
/// <param name="property">The property of the document, best written with <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class PatchToAttribute(string property) : Attribute
{
    /// <summary>The property of the document.</summary>
    public string Property { get; } = property;
}

/// <summary>Collapses repeated items of an array: the first occurrence of each is kept, in the order sent.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class DistinctAttribute : Attribute;

/// <summary>
/// The inclusive range of a <see cref="TimeSpan"/>, sent as an ISO-8601 duration. The range applies to the exact value, before it is
/// truncated to ticks.
/// </summary>
/// <param name="minimum">The shortest duration allowed, such as <c>PT30S</c>.</param>
/// <param name="maximum">The longest duration allowed, such as <c>PT1H</c>.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class IsoDurationAttribute(string minimum, string maximum) : Attribute
{
    /// <summary>The shortest duration allowed.</summary>
    public string Minimum { get; } = minimum;

    /// <summary>The longest duration allowed.</summary>
    public string Maximum { get; } = maximum;
}
