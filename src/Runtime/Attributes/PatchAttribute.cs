namespace Layers.PatchGen;

/// <summary>
/// Marks a partial record as a patch: a request body with optional members that knows which of them were sent.
/// The generator writes the reader, the writer and the presence properties; the record is the allow-list of what may be patched.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public class PatchAttribute : Attribute
{
    /// <summary>
    /// Whether a body that sends no member is rejected (<see cref="PatchProblemCodes.EmptyPatch"/>).
    /// <see cref="SelectorAttribute">Selectors</see> do not count as sent.
    /// </summary>
    public bool RequireAny { get; set; }

    /// <summary>
    /// How property names become JSON member names, unless a <c>[JsonPropertyName]</c> says otherwise. Decided at compile time.
    /// </summary>
    public PatchNaming Naming { get; set; }

    /// <summary>
    /// The <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> by which members of other types, and the items of lists of
    /// them, are read and written. Each such type is listed in it by <c>[JsonSerializable]</c>.
    /// </summary>
    public Type? Context { get; set; }

    /// <summary>
    /// The static property or field of <see cref="Context"/> that has the instance to use, such as one with converters or a naming policy
    /// of its own; null for <c>Default</c>. It is read once, when the first value is read.
    /// </summary>
    public string? ContextInstance { get; set; }
}

/// <summary>
/// Marks a partial record as a patch of <typeparamref name="TDocument"/>: in addition to <see cref="PatchAttribute"/>, <c>ApplyTo</c> is
/// generated.
/// </summary>
/// <typeparam name="TDocument">The document the patch is applied to: a record, or a class with settable properties.</typeparam>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class PatchAttribute<TDocument> : PatchAttribute;

/// <summary>How a C# property name becomes a JSON member name.</summary>
public enum PatchNaming
{
    /// <summary><c>ageRange</c></summary>
    CamelCase,

    /// <summary><c>age_range</c></summary>
    SnakeCaseLower,

    /// <summary><c>AGE_RANGE</c></summary>
    SnakeCaseUpper,

    /// <summary><c>age-range</c></summary>
    KebabCaseLower,

    /// <summary><c>AGE-RANGE</c></summary>
    KebabCaseUpper,

    /// <summary><c>AgeRange</c>: the name as in C#.</summary>
    AsDeclared,
}
