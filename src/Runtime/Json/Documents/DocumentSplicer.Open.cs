using System.Text;

namespace Layers.PatchGen.Json;

// The further members of an open object, which follow those that are declared.
public ref partial struct DocumentSplicer
{
    private const int MostSent = 64;

    /// <summary>Merges the members that were sent into those of the document.</summary>
    /// <param name="members">The members that were sent; null for none.</param>
    internal void Open(OpenJson? members)
    {
        Dictionary<string, byte[]>? sent = members?.Values;
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
            if (sent is null || Find(sent, name, out byte[]? value) is not (>= 0 and var index))
            {
                Keep(SkipValue(end + 1));
                continue;
            }

            found |= 1UL << index;
            count -= Merge(end + 1, value!) ? 0 : 1;
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
    private bool Merge(int start, ReadOnlySpan<byte> value)
    {
        int end = SkipValue(start);
        if (end == _document.End)
        {
            Fail();
            return true;
        }

        if (IsNull(value))
        {
            Remove(end);
            return false;
        }

        if (IsSame(_document.Between(start, end), value))
        {
            Keep(end);
        }
        else
        {
            BeginReplace(start);
            WriteJson(value);
            EndReplace(end);
        }

        return true;
    }

    private void Add(Dictionary<string, byte[]> sent, ulong found, int count, PatchNames names)
    {
        int index = 0;
        foreach ((string name, byte[] value) in sent)
        {
            if (index == MostSent || IsAny(names, name))
            {
                Fail();
                return;
            }

            if ((found >> index++ & 1) == 0 && !IsNull(value))
            {
                Insert(default);
                WriteText(name);
                Write(":"u8);
                WriteJson(value);
                count++;
            }
        }

        if (count > _maxOpenMembers)
        {
            Fail(); // Whether that is an error depends on how many there were.
        }
    }

    /// <summary>Writes a value as the contract does: without spaces, and with the escapes of its encoder only.</summary>
    private void WriteJson(scoped ReadOnlySpan<byte> value)
    {
        if (IsPlain(value) && (value[0] != (byte)'"' || _level.Layout.Encoder.FindFirstCharacterToEncodeUtf8(value[1..^1]) < 0))
        {
            Write(value);
            return;
        }

        DocumentWriter writer = DocumentWriter.Take(_level.Layout.Writing);
        Write(writer.Write(PatchScanner.ParseElement(value)));
        writer.Return();
    }

    private static int Find(Dictionary<string, byte[]> sent, ReadOnlySpan<byte> name, out byte[]? value)
    {
        int index = 0;
        foreach ((string key, byte[] one) in sent)
        {
            if (index < MostSent && IsText(name, key))
            {
                value = one;
                return index;
            }

            index++;
        }

        value = null;
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

    private static bool IsNull(ReadOnlySpan<byte> json) => json[0] == (byte)'n';

    /// <summary>Whether it is a scalar without escapes.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> json) => json[0] is not ((byte)'{' or (byte)'[') && !json.Contains((byte)'\\');

    private static bool IsSame(ReadOnlySpan<byte> old, ReadOnlySpan<byte> json)
    {
        if (old.SequenceEqual(json))
        {
            return true;
        }

        bool isNumber = json[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9');
        return !(IsPlain(old) && IsPlain(json) && !isNumber)
            && PatchEquality.Same(PatchScanner.ParseElement(old), PatchScanner.ParseElement(json));
    }
}
