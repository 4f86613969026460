using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Json;

// The further members of an open object, which follow those that are declared.
public ref partial struct DocumentSplicer
{
    private const int MostSent = 64;

    /// <summary>Merges the members that were sent into those of the document.</summary>
    /// <param name="sent">The members that were sent; null for none.</param>
    internal void Open(Dictionary<string, JsonElement>? sent)
    {
        PatchNames names = _level.Layout.Names!;
        DuplicateNames duplicates = new(_document);
        duplicates.ObjectStarts();
        ulong found = 0;
        int count = 0;
        while (!_failed && _document[_at] == (byte)'"')
        {
            int start = _at + 1;
            int end = _scanner.ReadTextFrom(start, out ReadOnlySpan<byte> name);
            if (end < 0 || _document[end] != (byte)':' || names.Find(name) >= 0)
            {
                Fail(); // A declared member is elsewhere than expected.
                break;
            }

            duplicates.Observe(start, end - 1, escaped: name.Length != end - 1 - start);
            count++;
            if (sent is null || Find(sent, name, out JsonElement value) is not (>= 0 and var index))
            {
                Keep(SkipValue(end + 1));
                continue;
            }

            found |= 1UL << index;
            count -= Merge(end + 1, value) ? 0 : 1;
        }

        duplicates.ObjectEnds();
        if (duplicates.Finish() is not null)
        {
            Fail(); // An object keeps one of them.
        }
        else if (sent is not null && !_failed)
        {
            Add(sent, found, count, names);
        }
    }

    /// <summary>Merges one member.</summary>
    /// <returns>Whether it stays.</returns>
    private bool Merge(int start, JsonElement value)
    {
        int end = SkipValue(start);
        if (end == _document.End)
        {
            Fail();
            return true;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            Remove(end);
            return false;
        }

        DocumentWriter writer = DocumentWriter.Take(_level.Layout.Writing);
        ReadOnlySpan<byte> json = writer.Write(value), old = _document.Between(start, end);
        if (old.SequenceEqual(json) || IsSame(old, value))
        {
            Keep(end);
        }
        else
        {
            Replace(start, end, json);
        }

        writer.Return();
        return true;
    }

    private void Add(Dictionary<string, JsonElement> sent, ulong found, int count, PatchNames names)
    {
        int index = 0;
        foreach ((string name, JsonElement value) in sent)
        {
            if (index == MostSent || IsAny(names, name))
            {
                Fail();
                return;
            }

            if ((found >> index++ & 1) == 0 && value.ValueKind != JsonValueKind.Null)
            {
                Insert(default);
                WriteText(name);
                Write(":"u8);
                DocumentWriter writer = DocumentWriter.Take(_level.Layout.Writing);
                Write(writer.Write(value));
                writer.Return();
                count++;
            }
        }

        if (count > _maxOpenMembers)
        {
            Fail(); // Whether that is an error depends on how many there were.
        }
    }

    private static int Find(Dictionary<string, JsonElement> sent, ReadOnlySpan<byte> name, out JsonElement value)
    {
        int index = 0;
        foreach ((string key, JsonElement one) in sent)
        {
            if (index < MostSent && IsText(name, key))
            {
                value = one;
                return index;
            }

            index++;
        }

        value = default;
        return -1;
    }

    private static bool IsAny(PatchNames names, string name)
    {
        Span<byte> utf8 = stackalloc byte[256];
        return names.Find(Encoding.UTF8.TryGetBytes(name, utf8, out int length) ? utf8[..length] : Encoding.UTF8.GetBytes(name)) >= 0;
    }

    private static bool IsText(ReadOnlySpan<byte> utf8, string text) =>
        Ascii.Equals(utf8, text)
        || (utf8.Length > text.Length && !Ascii.IsValid(utf8) && Encoding.UTF8.GetString(utf8) == text);

    private static bool IsSame(ReadOnlySpan<byte> old, JsonElement value)
    {
        JsonValueKind kind = old[0] switch
        {
            (byte)'"' => JsonValueKind.String,
            (byte)'{' => JsonValueKind.Object,
            (byte)'[' => JsonValueKind.Array,
            (byte)'t' => JsonValueKind.True,
            (byte)'f' => JsonValueKind.False,
            (byte)'n' => JsonValueKind.Null,
            _ => JsonValueKind.Number,
        };
        if (kind != value.ValueKind)
        {
            return false;
        }

        return kind == JsonValueKind.String && !old.Contains((byte)'\\')
            ? value.ValueEquals(old[1..^1])
            : PatchEquality.Same(JsonElement.Parse(old, PatchScanner.AnyDepth), value);
    }
}
