namespace Layers.PatchGen.Generator.Model;

/// <summary>
/// A type, by the name that means the same in any code, without the question mark: <c>global::Shop.Gender</c>, <c>int</c>.
/// </summary>
internal readonly record struct TypeSpec(string Name, bool IsValueType, bool IsNullable)
{
    public TypeSpec Bare => this with { IsNullable = false };

    public TypeSpec Nullable => this with { IsNullable = true };

    /// <summary>The type in code: <c>global::Shop.Gender?</c>.</summary>
    public string Code => IsNullable ? Name + "?" : Name;
}
