using System.Buffers;
using System.Buffers.Text;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>UUIDs (RFC 9562 section 4): 36 characters, hexadecimal digits of either case.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GuidText : ITextFormat<Guid>
{
    private const int Length = 36;

    /// <inheritdoc/>
    public static string Name => ProblemTexts.Guid;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Guid value)
    {
        value = default;
        return utf8.Length == Length && Utf8Parser.TryParse(utf8, out value, out int consumed, 'D') && consumed == Length;
    }

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, Guid value) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public static void Describe(PatchSchemaWriter schema) => schema.Format("uuid");

    /// <inheritdoc/>
    public static int Hash(Guid value)
    {
        ReadOnlySpan<int> parts = MemoryMarshal.Cast<Guid, int>(new ReadOnlySpan<Guid>(in value));
        return HashCode.Combine(parts[0], parts[1], parts[2], parts[3]);
    }
}

/// <summary>URIs, absolute or relative; compared and written as sent.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UriText : ITextFormat<Uri>
{
    /// <inheritdoc/>
    public static string Name => ProblemTexts.Uri;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Uri? value) =>
        Uri.TryCreate(Encoding.UTF8.GetString(utf8), UriKind.RelativeOrAbsolute, out value);

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, Uri value) => writer.WriteStringValue(value.OriginalString);

    /// <inheritdoc/>
    public static void Describe(PatchSchemaWriter schema) => schema.Format("uri-reference");

    /// <inheritdoc/>
    public static bool AreEqual(Uri left, Uri right) => string.Equals(left.OriginalString, right.OriginalString, StringComparison.Ordinal);

    /// <inheritdoc/>
    public static int Hash(Uri value) => value.OriginalString.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Bytes in Base64 (RFC 4648 section 4), padded and without white space.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BytesText : ITextFormat<byte[]>
{
    /// <inheritdoc/>
    public static string Name => ProblemTexts.Base64;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out byte[]? value)
    {
        value = null;

        // Base64 itself skips white space.
        if (utf8.ContainsAnyInRange((byte)0, (byte)' ') || !Base64.IsValid(utf8, out int length))
        {
            return false;
        }

        byte[] bytes = length == 0 ? [] : new byte[length];
        if (Base64.DecodeFromUtf8(utf8, bytes, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        value = bytes;
        return true;
    }

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, byte[] value) => writer.WriteBase64StringValue(value);

    /// <inheritdoc/>
    public static void Describe(PatchSchemaWriter schema)
    {
        schema.ContentEncoding("base64");

        // Unused bits are zero.
        schema.Pattern("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?");
    }

    /// <inheritdoc/>
    public static bool AreEqual(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

    /// <inheritdoc/>
    public static int Hash(byte[] value)
    {
        HashCode hash = default;
        hash.AddBytes(value);
        return hash.ToHashCode();
    }
}
