namespace Layers.PatchGen;

/// <summary>A member of a body that callers need a scope for.</summary>
/// <param name="Path">
/// Its name; below other members, all names from the root, joined by dots. <c>*</c> stands for the keys of a dictionary.
/// </param>
/// <param name="Scope">The scope.</param>
/// <seealso cref="WriteScopeAttribute"/>
public readonly record struct ScopedMember(string Path, string Scope);
