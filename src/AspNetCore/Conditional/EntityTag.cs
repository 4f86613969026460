using System.Globalization;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The strong entity tag of a document (RFC 9110 section 8.8.3): its version, in quotes. A string, an integer, a <see cref="Guid"/> and the
/// bytes of a row version convert to one. <c>default</c>, and a null string or array, is the tag of a document without a version.
/// </summary>
/// <remarks>
/// A version must change with every change of the document, and should never recur, also not after the document is deleted and created
/// again, or a backup is restored: a <see cref="Guid"/> that is drawn for every change is the best.
/// </remarks>
public readonly record struct EntityTag
{
    private EntityTag(string? text) => Text = text;

    /// <summary>Whether the document has no version.</summary>
    public bool IsNone => Text is null;

    /// <summary>The tag as in a header, with its quotes; null without a version.</summary>
    internal string? Text { get; }

    /// <summary>The tag of a version that is a string.</summary>
    /// <param name="version">
    /// The version: printable ASCII without spaces and quotes, since it is compared, stored and sent as it is (RFC 9110 section 8.8.3).
    /// </param>
    /// <exception cref="ArgumentException">The version has another character; encode it, for example in base 64.</exception>
    public static implicit operator EntityTag(string? version)
    {
        foreach (char c in version ?? "")
        {
            if (c is < '!' or > '~' or '"')
            {
                throw new ArgumentException(
                    $"A version with U+{(int)c:X4} cannot be an entity tag (RFC 9110 section 8.8.3). Encode it, for example in base 64.",
                    nameof(version));
            }
        }

        return Quote(version);
    }

    /// <summary>The tag of a version that is an integer, written in base 10.</summary>
    /// <param name="version">The version.</param>
    public static implicit operator EntityTag(long version) => Quote(version.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="op_Implicit(long)"/>
    public static implicit operator EntityTag(ulong version) => Quote(version.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="op_Implicit(long)"/>
    public static implicit operator EntityTag(uint version) => Quote(version.ToString(CultureInfo.InvariantCulture));

    /// <summary>The tag of a version that is a <see cref="Guid"/>, written in its 36-character form.</summary>
    /// <param name="version">The version.</param>
    public static implicit operator EntityTag(Guid version) => Quote(version.ToString("D"));

    /// <summary>The tag of a version that is bytes, such as a row version, written in base 16.</summary>
    /// <param name="version">The version.</param>
    public static implicit operator EntityTag(byte[]? version) => Quote(version is null ? null : Convert.ToHexStringLower(version));

    internal static EntityTag Of(DocumentVersion version) => new(version.ToEntityTag());

    /// <summary>The tag as in a header, with its quotes; empty without a version.</summary>
    public override string ToString() => Text ?? "";

    private static EntityTag Quote(string? version) => new(version is null ? null : $"\"{version}\"");
}
