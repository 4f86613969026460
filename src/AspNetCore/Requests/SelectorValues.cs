using System.Diagnostics.CodeAnalysis;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The selectors that a request has, by their names in JSON.</summary>
public sealed class SelectorValues
{
    // Few, mostly none: a list is smaller and faster than a dictionary.
    private List<MemberValue>? _values;

    /// <summary>Adds a string; null adds nothing.</summary>
    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            Add(new MemberValue(name, value));
        }
    }

    /// <summary>Adds a <see cref="Guid"/>.</summary>
    public void Add(string name, Guid value) => Add(new MemberValue(name, value.ToString("D")));

    /// <summary>Adds an integer.</summary>
    public void Add(string name, long value) => Add(new MemberValue(name, value));

    /// <summary>Adds a value from a URL.</summary>
    /// <returns>Whether it has the type of the selector.</returns>
    internal bool TryAdd(EndpointMember selector, string text)
    {
        bool parsed = selector.TryParse(text, selector.Name, out MemberValue value);
        if (parsed)
        {
            Add(value);
        }

        return parsed;
    }

    internal bool TryGet(string name, [MaybeNullWhen(false)] out MemberValue value)
    {
        foreach (MemberValue candidate in _values ?? [])
        {
            if (candidate.Member == name)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    private void Add(MemberValue value) => (_values ??= []).Add(value);
}
