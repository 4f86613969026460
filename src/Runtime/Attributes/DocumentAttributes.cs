namespace Layers.PatchGen;

/// <summary>Marks the property of a document (<see cref="DateTime"/> or <see cref="DateTimeOffset"/>) that is set to the time of each
/// change, in UTC: to the clock, or one tick (100 ns) after the last change where the clock is not later.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ChangedAtAttribute : Attribute;

/// <summary>
/// Marks a property that is stored and matched but never written to a response: of a document, or of anything in it, at any depth
/// (objects, items of lists, values of dictionaries, derived types). Overrides of the property are marked as well. On extension data, all
/// members that are not modelled are left out.
/// </summary>
/// <remarks>
/// Applies to the responses of patch endpoints. Has no effect on what your own converters write and on values of properties that are
/// declared <see cref="object"/>. Hooks receive the whole document.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotInResponseAttribute : Attribute;
