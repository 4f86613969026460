using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen;

/// <summary>
/// Lets System.Text.Json read and write a patch as the patch reads and writes itself: only what is present is written, and what is read
/// is read strictly. The generated half of a record names it, unless the other half names a converter.
/// </summary>
/// <remarks>
/// For a <see cref="JsonSerializerContext"/>, put it on your half of the record:
/// <c>[JsonConverter(typeof(PatchJsonConverter&lt;InfluencerPatch&gt;))]</c>. The source generator of System.Text.Json does not see the
/// generated half. It would take the members for ordinary properties, write every absent one as null, which clears, and make every one
/// present when it reads. Uses no reflection.
/// </remarks>
/// <typeparam name="TPatch">The patch.</typeparam>
public sealed class PatchJsonConverter<TPatch> : JsonConverter<TPatch>
    where TPatch : IPatch<TPatch>
{
    /// <summary>Reads a patch under <see cref="PatchReadOptions.Default"/>.</summary>
    /// <exception cref="JsonException">The value is no patch. The message names every problem with its JSON Pointer.</exception>
    public override TPatch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        ReadOnlySpan<byte> utf8 = JsonMarshal.GetRawUtf8Value(document.RootElement);
        return TPatch.TryRead(utf8, PatchReadOptions.Default, out TPatch? patch, out PatchProblems problems)
            ? patch
            : throw new JsonException(problems.ToString());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TPatch value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.WriteTo(writer);
    }
}
