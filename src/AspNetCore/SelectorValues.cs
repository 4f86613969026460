namespace Layers.PatchGen.AspNetCore;

/// <summary>The selectors that a request named, by their names in JSON.</summary>
public sealed class SelectorValues
{
    /// <summary>Adds a string; null counts as not named.</summary>
    public void Add(string name, string? value) => throw new NotSupportedException();

    /// <summary>Adds a <see cref="Guid"/>.</summary>
    public void Add(string name, Guid value) => throw new NotSupportedException();

    /// <summary>Adds an integer.</summary>
    public void Add(string name, long value) => throw new NotSupportedException();
}
