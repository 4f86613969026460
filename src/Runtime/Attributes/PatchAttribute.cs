namespace Layers.PatchGen;

/// <summary>
/// Marks a partial record as a patch: a body of which every member is optional, and of which it is known which members were sent.
/// The generator writes its reader, its writer and its presence; the record is the allow-list of what may be patched.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public class PatchAttribute : Attribute
{
    /// <summary>
    /// Whether a body that sends no member is refused (<see cref="PatchProblemCodes.EmptyPatch"/>). <see cref="SelectorAttribute">Selectors</see> do not count as sent.
    /// </summary>
    public bool RequireAny { get; set; }

    /// <summary>How property names become JSON member names, unless a <c>[JsonPropertyName]</c> says otherwise. Decided at compile time.</summary>
    public PatchNaming Naming { get; set; }

    /// <summary>
    /// The <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> by which members of other types, and the items of lists of them, are read and written. Each such
    /// type is listed in it by <c>[JsonSerializable]</c>.
    /// </summary>
    public Type? Context { get; set; }
}

/// <summary>Marks a partial record as a patch of <typeparamref name="TDocument"/>: beside what <see cref="PatchAttribute"/> gives, <c>ApplyTo</c> is written.</summary>
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

    /// <summary><c>AgeRange</c>: the name as it stands in C#.</summary>
    AsDeclared,
}
