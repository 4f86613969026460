using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Layers.PatchGen.Json;

// Values that were sent. One that equals the old value leaves the old one as it is.
public ref partial struct DocumentSplicer
{
    /// <summary>Sets a value as the contract of the document writes it.</summary>
    /// <param name="member">The member.</param>
    /// <param name="codec">How values are compared.</param>
    /// <param name="value">The value that was sent.</param>
    internal void Value<T, TValue>(DocumentMember member, TValue codec, T? value)
        where TValue : struct, IPatchValue<T>
    {
        if (!TryFind(member, value is null, out int start, out int end))
        {
            return;
        }

        var type = (JsonTypeInfo<T>)member.Type!;
        DocumentWriter writer = DocumentWriter.Take(_level.Layout.Writing);
        ReadOnlySpan<byte> json = writer.Write(value!, type);
        if (start < 0)
        {
            Insert(member.Name);
            Write(json);
        }
        else if (IsSame(member, codec, value, _document.Between(start, end), json))
        {
            Keep(end);
        }
        else
        {
            Replace(start, end, json);
        }

        writer.Return();
    }

    /// <summary>Sets a text that the contract of the document writes as a plain string.</summary>
    /// <param name="member">The member.</param>
    /// <param name="value">The text that was sent.</param>
    internal void Text(DocumentMember member, string? value)
    {
        if (!TryFind(member, value is null, out int start, out int end))
        {
            return;
        }

        if (start < 0)
        {
            Insert(member.Name);
            WriteText(value);
        }
        else if (IsSameText(start, end, value))
        {
            Keep(end);
        }
        else if (!_failed)
        {
            BeginReplace(start);
            WriteText(value);
            EndReplace(end);
        }
    }

    /// <summary>Takes the object of a nested patch away.</summary>
    /// <param name="member">The member.</param>
    internal void Clear(DocumentMember member)
    {
        if (!member.CanBeNull)
        {
            Keep(member); // A struct cannot be taken away.
        }
        else if (!TryFind(member, isNull: true, out int start, out int end))
        {
        }
        else if (_document[start] == (byte)'n')
        {
            Keep(end);
        }
        else if (_document[start] == (byte)'{')
        {
            Replace(start, end, "null"u8);
        }
        else
        {
            Fail();
        }
    }

    /// <summary>Finds the value of a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="isNull">Whether null was sent.</param>
    /// <param name="start">Where the value starts; negative if it is to be inserted.</param>
    /// <param name="end">Where it ends.</param>
    /// <returns>Whether there is anything left to do.</returns>
    private bool TryFind(DocumentMember member, bool isNull, out int start, out int end)
    {
        start = end = -1;
        bool isLeftOut = isNull && member.IsOptional;
        if (!IsAt(member))
        {
            return IsAbsentAsNull(member) && !isLeftOut;
        }

        start = _at + member.Name.Length;
        end = SkipValue(start);
        if (end == _document.End || (member.IsOptional && _document[start] == (byte)'n'))
        {
            Fail();
            return false;
        }

        if (isLeftOut)
        {
            Remove(end);
            return false;
        }

        return true;
    }

    private bool IsSame<T, TValue>(DocumentMember member, TValue codec, T? value, ReadOnlySpan<byte> old, ReadOnlySpan<byte> json)
        where TValue : struct, IPatchValue<T>
    {
        if (member.IsExact && old.SequenceEqual(json))
        {
            return true;
        }

        if (default(T) is not null && old.SequenceEqual("null"u8))
        {
            return false; // The property is nullable, and the member is not.
        }

#pragma warning disable CA1031 // Converters can throw anything. They throw it again where the document is read as an object.
        try
        {
            return PatchEquality.Same(codec, value, JsonSerializer.Deserialize(old, (JsonTypeInfo<T>)member.Type!));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Fail();
            return true;
        }
#pragma warning restore CA1031
    }

    private bool IsSameText(int start, int end, string? value)
    {
        if (_document[start] == (byte)'n')
        {
            return value is null;
        }

        if (_document[start] != (byte)'"')
        {
            Fail();
            return true;
        }

        if (value is null)
        {
            return false;
        }

        return _document.PlainEnd(start + 1) == end - 1
            ? Ascii.Equals(_document.Between(start + 1, end - 1), value)
            : IsSameDecoded(_document.Between(start, end), value);
    }

    private static bool IsSameDecoded(ReadOnlySpan<byte> json, string value)
    {
        var reader = new Utf8JsonReader(json);
        return reader.Read() && reader.ValueTextEquals(value);
    }

    private void WriteText(string? value)
    {
        if (value is null)
        {
            Write("null"u8);
            return;
        }

        // At most three bytes for each UTF-16 unit, and the quotes.
        Span<byte> output = Reserve((3 * value.Length) + 2);
        output[0] = (byte)'"';
        if (Utf8.FromUtf16(value, output[1..], out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done
            || _level.Layout.Encoder.FindFirstCharacterToEncodeUtf8(output.Slice(1, length)) >= 0)
        {
            WriteEscaped(value);
            return;
        }

        output[length + 1] = (byte)'"';
        _written += length + 2;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteEscaped(string value)
    {
        DocumentWriter writer = DocumentWriter.Take(_level.Layout.Writing);
        Write(writer.Write(value));
        writer.Return();
    }
}
