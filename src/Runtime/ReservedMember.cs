namespace Layers.PatchGen;

/// <summary>A reserved member of a body: sending it, with whatever value, is an error until its fence is lifted.</summary>
/// <param name="Path">Its name; below other members, all names from the root, joined by dots.</param>
/// <param name="Until">The version that the fence waits for; null if it waits for none.</param>
/// <seealso cref="FenceAttribute"/>
/// <seealso cref="FencedUntilAttribute"/>
public readonly record struct ReservedMember(string Path, string? Until);
