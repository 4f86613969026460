using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen;

/// <summary>
/// Reads and writes patches with System.Text.Json: reads strictly, and writes only the members that are present. The generated half of a
/// record names this converter, unless your half names one.
/// </summary>
/// <remarks>
/// For a <see cref="JsonSerializerContext"/>, put it on your half of the record:
/// <c>[JsonConverter(typeof(PatchJsonConverter&lt;InfluencerPatch&gt;))]</c>. The source generator of System.Text.Json does not see the
/// generated half. Without the attribute it would write every absent member as null, which clears it, and make every member present when it
/// reads. Uses no reflection.
/// </remarks>
/// <typeparam name="TPatch">The patch.</typeparam>
public sealed class PatchJsonConverter<TPatch> : JsonConverter<TPatch>
    where TPatch : IPatch<TPatch>
{
    /// <summary>Reads a patch under <see cref="PatchReadOptions.Default"/>.</summary>
    /// <exception cref="JsonException">The value is not a patch. The message lists every problem with its JSON Pointer.</exception>
    public override TPatch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        ReadOnlySpan<byte> utf8 = JsonMarshal.GetRawUtf8Value(document.RootElement);
        return PatchReader.TryRead<TPatch>(utf8, PatchReadOptions.Default, out TPatch? patch, out PatchProblems problems)
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
