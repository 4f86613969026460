using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>
/// How a contract writes the objects of one type: their members in order, each with the member of the patch that changes it. Immutable once
/// it is built, but for what <see cref="DocumentMember"/> learns.
/// </summary>
/// <param name="contract">The contract.</param>
/// <param name="writing">How the documents are written.</param>
internal sealed class DocumentLayout(JsonTypeInfo contract, JsonWriterOptions writing)
{
    /// <summary>How the documents are written.</summary>
    public JsonWriterOptions Writing { get; } = writing;

    /// <summary>Which characters of texts are escaped.</summary>
    public JavaScriptEncoder Encoder { get; } = writing.Encoder ?? JavaScriptEncoder.Default;

    /// <summary>The members in the order in which they are written.</summary>
    public DocumentMember[] Members { get; set; } = [];

    /// <summary>
    /// For an object that has further members after these, the names that they cannot have: those of all its properties. Null if it has no
    /// further members.
    /// </summary>
    public PatchNames? Names { get; set; }

    /// <summary>The further members as a whole; null if it has none.</summary>
    public DocumentMember? Open { get; set; }

    /// <summary>Learns from an object that lacks an optional member what its property holds then.</summary>
    /// <param name="member">The member.</param>
    /// <param name="json">The object.</param>
    /// <returns>Whether that is known now.</returns>
    public bool TryLearnAbsence(DocumentMember member, ReadOnlySpan<byte> json)
    {
#pragma warning disable CA1031 // A contract can run code of the user's. It throws the same again where the document is read as an object.
        try
        {
            // It may be elsewhere in the object, or be written with other escapes.
            bool isAbsent = !JsonElement.Parse(json, PatchScanner.AnyDepth).EnumerateObject().Any(one => member.IsNamed(one.Name));
            if (isAbsent && JsonSerializer.Deserialize(json, contract) is { } read)
            {
                member.LearnAbsence(read);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
        }
#pragma warning restore CA1031

        return member.KnowsAbsence;
    }
}
