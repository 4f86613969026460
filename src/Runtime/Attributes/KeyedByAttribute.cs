namespace Layers.PatchGen;

/// <summary>
/// Marks a dictionary of patches whose property in the document is a list: a body has an object with the keys of the items, such as
/// <c>{"lines":{"7":{"amount":2},"9":null}}</c>. A value is applied to the item with that key, null removes the item, and all others are
/// kept, in their order.
/// </summary>
/// <remarks>
/// <code>
/// [KeyedBy(nameof(Line.Id))]
/// public partial Dictionary&lt;int, LinePatch?&gt; Lines { get; init; }
/// </code>
/// Keys are strings, whole numbers or <see cref="Guid"/>. Null can be sent for a key if the values of the dictionary are nullable.
/// </remarks>
/// <param name="property">The property of an item that has its key, best written with <c>nameof</c>. It has the type of the keys.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class KeyedByAttribute(string property) : Attribute
{
    /// <summary>The property of an item that has its key.</summary>
    public string Property { get; } = property;

    /// <summary>
    /// Whether a value for a key that no item has creates one, at the end of the list. By default <c>ApplyTo</c> throws a
    /// <see cref="PatchTargetException"/>, and an endpoint responds with 409 <see cref="PatchProblemCodes.MissingTarget"/>.
    /// </summary>
    public bool AllowCreate { get; set; }
}
