namespace Layers.PatchGen;

/// <summary>A member of a patch, as a <see cref="MemberSet{TPatch}"/> enumerates it.</summary>
/// <param name="Name">
/// The name in JSON. Of the property that holds all members that are not modelled (<c>[JsonExtensionData]</c>), the name it would have.
/// </param>
/// <param name="PropertyName">The name of the property in C#.</param>
/// <param name="Pointer">
/// Where the member is in a body: a JSON Pointer (RFC 6901). Of the property that holds all members that are not modelled, the object that
/// holds them: the empty pointer.
/// </param>
public readonly record struct PatchMember(string Name, string PropertyName, string Pointer)
{
    /// <summary>The name in JSON.</summary>
    public override string ToString() => Name;
}
