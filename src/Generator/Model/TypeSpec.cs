namespace Layers.PatchGen.Generator.Model;

/// <summary>A type.</summary>
/// <param name="Name">
/// Its name in code, qualified so that it means the same anywhere: <c>global::Shop.Gender</c>, <c>int</c>; without the question mark of a
/// nullable type.
/// </param>
/// <param name="IsValueType">It is a struct or an enum.</param>
/// <param name="IsNullable">It can be null.</param>
internal readonly record struct TypeSpec(string Name, bool IsValueType, bool IsNullable)
{
    /// <summary>The type that is not nullable.</summary>
    public TypeSpec Bare => this with { IsNullable = false };

    /// <summary>The type that can be null.</summary>
    public TypeSpec Nullable => this with { IsNullable = true };

    /// <summary>The type in code: <c>global::Shop.Gender?</c>.</summary>
    public override string ToString() => IsNullable ? Name + "?" : Name;
}
