using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.OpenApi.Tests;

/// <summary>A parcel
/// on its way.</summary>
public sealed record Parcel
{
    [Key]
    public required string ParcelId { get; init; }

    /// <summary>The weight in <c>grams</c>, without the <see cref="Label"/>; never <see langword="null"/>.</summary>
    /// <remarks>Not shown.</remarks>
    public int Weight { get; init; }

    /// <summary>Not shown.</summary>
    [Description("What the sender wants to say.")]
    public string? Note { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Label { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Rank { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ParcelState? State { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ParcelState? Before { get; init; }

    // Required when reading, omitted when writing.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Sender { get; init; }

    public ParcelSize Size { get; set; } = new(1, 2);

    public ParcelRoute Route { get; set; } = new();

    public TimeSpan Validity { get; set; }

    [NotInResponse]
    public string Secret { get; set; } = "kept";

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>The size.</summary>
/// <param name="Width">The width in millimetres.</param>
/// <param name="Height">
/// <para>The height in millimetres.</para>
/// <para>From the floor.</para>
/// </param>
public sealed record ParcelSize(int Width, int Height);

/// <summary>The way of a parcel.</summary>
public sealed record ParcelRoute
{
    public string From { get; init; } = "";
}

public enum ParcelState
{
    Sent,
    Arrived,
}

/// <summary>Changes a parcel.</summary>
[Patch<Parcel>]
public sealed partial record ParcelPatch
{
    /// <summary>The weight in grams.</summary>
    public partial int Weight { get; init; }

    [Description("What the sender wants to say.")]
    public partial string? Note { get; init; }

    /// <summary>How long it may be kept.</summary>
    [IsoDuration("PT1H", "P7D")]
    public partial TimeSpan Validity { get; init; }

    public partial ParcelRoutePatch Route { get; init; }
}

/// <summary>Changes the way.</summary>
[Patch<ParcelRoute>]
public sealed partial record ParcelRoutePatch
{
    /// <summary>The city that it comes from.</summary>
    public partial string From { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Parcel))]
public sealed partial class ParcelJson : JsonSerializerContext;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Parcel))]
public sealed partial class ParcelWithoutNullsJson : JsonSerializerContext;

public sealed class ParcelHandler(JsonTypeInfo<Parcel> json) : PatchHandler<ParcelPatch, Parcel>
{
    protected override PatchEndpoint Endpoint { get; } = new()
    {
        Pattern = "/parcels/{parcelId}",
        Collection = "parcels",
        Resource = "Parcel",
        RouteParameters = [new("parcelId", nameof(Parcel.ParcelId), EndpointMemberKind.String, IsKey: true)],
    };

    protected override JsonTypeInfo<Parcel> DocumentJson => json;
}
