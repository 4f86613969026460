using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>
/// The members of an open object that are not modelled: a dictionary that was set, or the JSON that was read, which is parsed when the
/// dictionary is first asked for. Called by generated code.
/// </summary>
/// <typeparam name="TMap">A dictionary type that <see cref="Dictionary{TKey, TValue}"/> is, or implements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OpenMembers<TMap>
    where TMap : class, IEnumerable<KeyValuePair<string, JsonElement>>
{
    private readonly object? _members;

    /// <summary>Keeps a dictionary.</summary>
    public OpenMembers(TMap? members) => _members = members;

    /// <summary>Keeps what a reader has read.</summary>
    public OpenMembers(OpenJson members) => _members = members;

    /// <summary>The members; null if there are none. The same dictionary each time.</summary>
    public TMap? Value => (TMap?)(_members is OpenJson json ? json.Members : _members);

    /// <summary>The members as checked JSON: as they were read, unless the dictionary may have been changed since.</summary>
    internal OpenJson ToJson() => _members is OpenJson { IsParsed: false } json ? json : new(Value);
}

/// <summary>
/// The members of an open object that are not modelled, in the order sent, as checked JSON. Called by generated code. Allocates one array
/// for each value but true, false and null.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OpenJson
{
    private Dictionary<string, JsonElement>? _members;

    internal OpenJson()
    {
    }

    internal OpenJson(IEnumerable<KeyValuePair<string, JsonElement>>? members)
    {
        DocumentWriter writer = DocumentWriter.Take(default);
        foreach ((string name, JsonElement value) in members ?? [])
        {
            Values[name] = writer.Write(value).ToArray();
        }

        writer.Return();
    }

    /// <summary>The JSON of the values by name.</summary>
    internal Dictionary<string, byte[]> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the dictionary has been asked for: its user may change it.</summary>
    internal bool IsParsed => _members is not null;

    /// <summary>The members, parsed on the first call.</summary>
    internal Dictionary<string, JsonElement> Members =>
        _members ?? Interlocked.CompareExchange(ref _members, Parse(), null) ?? _members;

    private Dictionary<string, JsonElement> Parse()
    {
        var members = new Dictionary<string, JsonElement>(Values.Count, StringComparer.Ordinal);
        foreach ((string name, byte[] value) in Values)
        {
            members.Add(name, PatchScanner.ParseElement(value));
        }

        return members;
    }
}
