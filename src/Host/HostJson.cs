using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Host;

/// <summary>The serializer context of the documents.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(IsoDurationConverter)])]
[JsonSerializable(typeof(Influencer))]
[JsonSerializable(typeof(EngagementLayer))]
public sealed partial class HostJson : JsonSerializerContext;

/// <summary>A <see cref="TimeSpan"/> as an ISO 8601 duration in its canonical form, such as <c>PT3M</c>.</summary>
public sealed class IsoDurationConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        XmlConvert.ToTimeSpan(reader.GetString() ?? throw new JsonException("Expected a duration such as \"PT3M\"."));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(XmlConvert.ToString(value));
    }
}
