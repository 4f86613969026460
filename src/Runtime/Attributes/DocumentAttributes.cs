namespace Layers.PatchGen;

/// <summary>Marks the property of a document (<see cref="DateTime"/> or <see cref="DateTimeOffset"/>) that is set to the time of each change, in UTC: to
/// the clock, or one tick (100 ns) after the last change where the clock is not later.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ChangedAtAttribute : Attribute;

/// <summary>
/// Marks a property that is stored and matched but never written to an answer: of a document, or of anything in it, at any depth
/// (objects, items of lists, values of dictionaries, derived types). An override of the property is marked with it. On extension data it
/// keeps all members out that are not modelled.
/// </summary>
/// <remarks>
/// The answers are those of patch endpoints. It is not seen in what a converter of your own writes, nor in the value of a property that
/// is declared <see cref="object"/>. Hooks see the whole document.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotInResponseAttribute : Attribute;
