using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace Layers.PatchGen.Runtime.Tests.Documents;

/// <summary>A class that is changed in place, with values of many types, and the time of the change in front.</summary>
public class Gadget
{
    [ChangedAt]
    public DateTimeOffset? ChangedAt { get; set; }

    public bool Active { get; set; }

    public bool? Maybe { get; set; }

    public int Count { get; set; }

    public long? Big { get; set; }

    public decimal Price { get; set; }

    public double Weight { get; set; }

    public Guid Key { get; set; }

    public Uri? Link { get; set; }

    public DateOnly Day { get; set; }

    public DateTimeOffset? Since { get; set; }

    public TimeSpan Delay { get; set; }

    public Colours Colours { get; set; }

    public List<string>? Tags { get; set; }

    public HashSet<int>? Numbers { get; set; }

    public JsonElement? Any { get; set; }

    public Gadget? Part { get; set; }

    [JsonInclude]
    internal string? Serial { get; set; }
}

[Flags]
public enum Colours
{
    None = 0,
    Red = 1,
    Blue = 2,
    Both = 3,
}

[Patch<Gadget>]
public partial record GadgetPatch
{
    public partial bool Active { get; init; }

    public partial bool? Maybe { get; init; }

    public partial int Count { get; init; }

    [PatchTo(nameof(Gadget.Big))]
    public partial long Large { get; init; }

    public partial decimal Price { get; init; }

    public partial double Weight { get; init; }

    public partial Guid Key { get; init; }

    public partial Uri? Link { get; init; }

    public partial DateOnly Day { get; init; }

    public partial DateTimeOffset? Since { get; init; }

    [IsoDuration("PT0S", "P1D")]
    public partial TimeSpan Delay { get; init; }

    public partial List<string>? Tags { get; init; }

    public partial HashSet<int>? Numbers { get; init; }

    public partial JsonElement Any { get; init; }

    public partial GadgetPatch? Part { get; init; }
}

/// <summary>Writes whole seconds only: values that differ may be written with the same bytes.</summary>
public sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        XmlConvert.ToTimeSpan(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(TimeSpan.FromSeconds(Math.Floor(value.TotalSeconds))));
}
