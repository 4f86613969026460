namespace Layers.PatchGen;

/// <summary>A member of a body that callers need a scope for.</summary>
/// <param name="Path">
/// Its name, after the names of the members that contain it, joined by dots: <c>home.code</c>. <c>*</c> is any key of a dictionary.
/// </param>
/// <param name="Scope">The scope.</param>
/// <seealso cref="WriteScopeAttribute"/>
public readonly record struct ScopedMember(string Path, string Scope);
