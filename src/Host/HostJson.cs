using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Host;

/// <summary>How documents are written and read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(IsoDurationConverter)])]
[JsonSerializable(typeof(Influencer))]
[JsonSerializable(typeof(EngagementLayer))]
public sealed partial class HostJson : JsonSerializerContext;

/// <summary>A <see cref="TimeSpan"/> as an ISO-8601 duration, in its one canonical spelling: <c>PT3M</c>.</summary>
public sealed class IsoDurationConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        XmlConvert.ToTimeSpan(reader.GetString() ?? throw new JsonException("A duration is missing."));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(XmlConvert.ToString(value));
    }
}
