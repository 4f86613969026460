using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

// Members by name: among the changes, in the bytes, or in the members after the split.
internal sealed partial class JsonTree
{
    private JsonTree? FindMember(string name)
    {
        foreach (Member change in _changes)
        {
            if (change.Name == name)
            {
                return change.Value;
            }
        }

        if (_base is not null)
        {
            return _base.FindMember(name);
        }

        if (_members is null && _searches < FewSearches)
        {
            return FindInBytes(name);
        }

        int index = IndexOf(name);
        return index < 0 ? null : Members[index].Value;
    }

    // Of duplicate names, which a document from elsewhere may have, the first counts.
    private JsonTree? FindInBytes(string name)
    {
        if (_lastFound.Name == name)
        {
            return _lastFound.Value;
        }

        _searches++;
        int length = Encoding.UTF8.GetByteCount(name);
        Span<byte> utf8 = length <= 256 ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(name, utf8);
        var reader = new Utf8JsonReader(_json.Span, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isFound = reader.ValueIsEscaped ? JsonNames.AreEqual(ref reader, name) : reader.ValueSpan.SequenceEqual(utf8);
            reader.Read();
            if (isFound)
            {
                _lastFound = new(name, Part(ref reader, name));
                return _lastFound.Value;
            }

            reader.Skip();
        }

        return null;
    }

    private int IndexOf(string name)
    {
        ReadOnlySpan<Member> members = Members;
        if (members.Length > 16)
        {
            return (_index ??= IndexOf(members)).GetValueOrDefault(name, -1);
        }

        int index = 0;
        while (index < members.Length && members[index].Name != name)
        {
            index++;
        }

        return index < members.Length ? index : -1;
    }

    private static Dictionary<string, int> IndexOf(ReadOnlySpan<Member> members)
    {
        var index = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        for (int i = 0; i < members.Length; i++)
        {
            index.TryAdd(members[i].Name, i);
        }

        return index;
    }
}
