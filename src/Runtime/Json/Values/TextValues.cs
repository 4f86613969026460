using System.Buffers;
using System.Buffers.Text;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>UUIDs as RFC 9562 writes them: 36 characters, digits of either case.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GuidValue : IPatchValue<Guid>
{
    private const int Length = 36;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out Guid value)
    {
        value = default;
        at = scanner.ReadText(at, out ReadOnlySpan<byte> text);
        if (at < 0)
        {
            return ~at;
        }

        return text.Length == Length && Utf8Parser.TryParse(text, out value, out int consumed, 'D') && consumed == Length
            ? at
            : scanner.BadFormat(at, ProblemTexts.Guid);
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, Guid value) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, Guid value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
        schema.Format("uuid");
    }

    /// <inheritdoc/>
    public bool AreEqual(Guid left, Guid right) => left == right;

    /// <inheritdoc/>
    public int Hash(Guid value)
    {
        ReadOnlySpan<int> parts = MemoryMarshal.Cast<Guid, int>(new ReadOnlySpan<Guid>(in value));
        return HashCode.Combine(parts[0], parts[1], parts[2], parts[3]);
    }
}

/// <summary>URIs, absolute or relative; compared and written as sent.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UriValue : IPatchValue<Uri>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out Uri? value)
    {
        value = null;
        at = scanner.ReadText(at, out ReadOnlySpan<byte> text);
        if (at < 0)
        {
            return ~at;
        }

        return Uri.TryCreate(Encoding.UTF8.GetString(text), UriKind.RelativeOrAbsolute, out value) ? at : scanner.BadFormat(at, ProblemTexts.Uri);
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, Uri value) => writer.WriteStringValue(value.OriginalString);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, Uri value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
        schema.Format("uri-reference");
    }

    /// <inheritdoc/>
    public bool AreEqual(Uri left, Uri right) => string.Equals(left.OriginalString, right.OriginalString, StringComparison.Ordinal);

    /// <inheritdoc/>
    public int Hash(Uri value) => value.OriginalString.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Bytes in Base64 (RFC 4648 section 4), padded and without white space.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BytesValue : IPatchValue<byte[]>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out byte[]? value)
    {
        value = null;
        at = scanner.ReadText(at, out ReadOnlySpan<byte> text);
        if (at < 0)
        {
            return ~at;
        }

        // The platform would pass over white space.
        if (text.ContainsAnyInRange((byte)0, (byte)' ') || !Base64.IsValid(text, out int length))
        {
            return scanner.BadFormat(at, ProblemTexts.Base64);
        }

        byte[] bytes = length == 0 ? [] : new byte[length];
        if (Base64.DecodeFromUtf8(text, bytes, out _, out _) != OperationStatus.Done)
        {
            return scanner.BadFormat(at, ProblemTexts.Base64);
        }

        value = bytes;
        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, byte[] value) => writer.WriteBase64StringValue(value);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, byte[] value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
        schema.ContentEncoding("base64");
        schema.Pattern("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?"); // bits that are not used are zero
    }

    /// <inheritdoc/>
    public bool AreEqual(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

    /// <inheritdoc/>
    public int Hash(byte[] value)
    {
        HashCode hash = default;
        hash.AddBytes(value);
        return hash.ToHashCode();
    }
}
