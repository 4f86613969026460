namespace Layers.PatchGen;

/// <summary>Marks the property of a document (<see cref="DateTime"/> or <see cref="DateTimeOffset"/>) that is set to the time of each change, in UTC: to
/// the clock, or one tick (100 ns) after the last change where the clock is not later.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ChangedAtAttribute : Attribute;

/// <summary>Marks a property of a document that is stored and matched but never written to an answer.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class NotInAnswerAttribute : Attribute;
