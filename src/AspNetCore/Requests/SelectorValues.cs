using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The selectors that a request has, as the members of the document that they must equal.</summary>
public sealed class SelectorValues
{
    private readonly MatchedMember[] _selectors;

    // Few, mostly none: a list is smaller and faster than a dictionary.
    private List<(MatchedMember Selector, MemberValue Value)>? _values;

    internal SelectorValues(DocumentContract contract) => _selectors = contract.Selectors;

    /// <summary>Adds a string; null adds nothing.</summary>
    /// <param name="name">The selector's name in JSON.</param>
    /// <param name="value">The value that the request has.</param>
    /// <exception cref="ArgumentException">The endpoint has no selector of this name.</exception>
    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            MatchedMember selector = Find(name);
            Add(selector, new MemberValue(selector.DocumentMember, value));
        }
    }

    /// <summary>Adds a <see cref="Guid"/>.</summary>
    /// <inheritdoc cref="Add(string, string)"/>
    public void Add(string name, Guid value) => Add(name, value.ToString("D"));

    /// <summary>Adds an integer.</summary>
    /// <inheritdoc cref="Add(string, string)"/>
    public void Add(string name, long value)
    {
        MatchedMember selector = Find(name);
        Add(selector, new MemberValue(selector.DocumentMember, value));
    }

    /// <summary>Adds a value from a URL.</summary>
    /// <returns>Whether it has the type of the selector.</returns>
    internal bool TryAdd(MatchedMember selector, string text)
    {
        bool parsed = selector.TryParse(text, out MemberValue value);
        if (parsed)
        {
            Add(selector, value);
        }

        return parsed;
    }

    internal bool TryGet(MatchedMember selector, out MemberValue value)
    {
        foreach ((MatchedMember candidate, MemberValue candidateValue) in _values ?? [])
        {
            if (candidate == selector)
            {
                value = candidateValue;
                return true;
            }
        }

        value = default;
        return false;
    }

    private MatchedMember Find(string name)
    {
        foreach (MatchedMember selector in _selectors)
        {
            if (selector.Member.Name == name)
            {
                return selector;
            }
        }

        throw new ArgumentException($"The endpoint has no selector \"{name}\".", nameof(name));
    }

    private void Add(MatchedMember selector, MemberValue value) => (_values ??= []).Add((selector, value));
}
