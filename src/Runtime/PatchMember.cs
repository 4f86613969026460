namespace Layers.PatchGen;

/// <summary>A member of a patch, as a <see cref="MemberSet{TPatch}"/> enumerates it.</summary>
/// <param name="Name">
/// The name in JSON. For <c>[JsonExtensionData]</c>, the name that the property would have.
/// </param>
/// <param name="PropertyName">The name of the property in C#.</param>
/// <param name="Pointer">
/// Where the member is in a body: a JSON Pointer (RFC 6901). For <c>[JsonExtensionData]</c>, the object that holds its members: the empty
/// pointer.
/// </param>
public readonly record struct PatchMember(string Name, string PropertyName, string Pointer)
{
    /// <summary>The name in JSON.</summary>
    public override string ToString() => Name;
}
