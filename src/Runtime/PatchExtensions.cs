using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Layers.PatchGen;

/// <summary>Applies patches, and writes them as JSON.</summary>
public static class PatchExtensions
{
    /// <summary>Sets the members that were sent on a document, and merges nested patches, dictionaries and open objects.</summary>
    /// <typeparam name="TPatch">The patch.</typeparam>
    /// <typeparam name="TDocument">The document.</typeparam>
    /// <param name="patch">The patch.</param>
    /// <param name="document">The current document.</param>
    /// <returns>
    /// The patched document. A record or struct is copied, or returned unchanged if nothing differs; a class is changed in place, and only
    /// what differs is set.
    /// </returns>
    /// <remarks>To learn which members changed, call <see cref="IPatch{TSelf, TDocument}.ApplyTo"/>.</remarks>
    public static TDocument ApplyTo<TPatch, TDocument>(this TPatch patch, TDocument document)
        where TPatch : IPatch<TPatch, TDocument>
    {
        ArgumentNullException.ThrowIfNull(patch);
        return patch.ApplyTo(document, out _);
    }

    /// <summary>Writes the members that are present as a JSON object; a member that is set to null is written as null.</summary>
    /// <typeparam name="TPatch">The patch.</typeparam>
    /// <param name="patch">The patch.</param>
    /// <returns>JSON without white space. Characters outside ASCII are escaped, as System.Text.Json does by default.</returns>
    public static string ToJson<TPatch>(this TPatch patch)
        where TPatch : IPatch<TPatch> => Encoding.UTF8.GetString(Write(patch).WrittenSpan);

    /// <inheritdoc cref="ToJson{TPatch}(TPatch)"/>
    /// <returns>JSON in UTF-8, without white space and byte order mark.</returns>
    public static byte[] ToUtf8Bytes<TPatch>(this TPatch patch)
        where TPatch : IPatch<TPatch> => Write(patch).WrittenSpan.ToArray();

    private static ArrayBufferWriter<byte> Write<TPatch>(TPatch patch)
        where TPatch : IPatch<TPatch>
    {
        ArgumentNullException.ThrowIfNull(patch);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        patch.WriteTo(writer);
        writer.Flush();
        return buffer;
    }
}
