using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Testing;

/// <summary>A document of any JSON.</summary>
public sealed record Any
{
    public JsonElement? Doc { get; init; }
}

[Patch<Any>]
public sealed partial record AnyPatch
{
    public partial JsonElement? Doc { get; init; }
}

/// <summary>An object with any members.</summary>
public sealed record Free
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

[Patch<Free>]
public sealed partial record FreePatch
{
    [JsonExtensionData]
    public partial Dictionary<string, JsonElement> Rest { get; init; }
}

/// <summary>A document with a member of every kind.</summary>
public sealed record Guest
{
    public const string Collection = "guests";

    [Key]
    public string Id { get; init; } = "g1";

    public string Name { get; init; } = "";

    public string? Nickname { get; init; }

    public int? Age { get; init; }

    public bool IsRegular { get; init; }

    public List<string> Tags { get; init; } = [];

    public Home? Home { get; init; }

    public Dictionary<string, int>? Scores { get; init; }

    public Dictionary<string, Home>? Homes { get; init; }

    public Dictionary<string, JsonElement>? Notes { get; init; }

    public Place? Place { get; init; }

    public JsonElement? Extra { get; init; }

    [JsonPropertyName("visits_at")]
    public string? VisitsAt { get; init; }

    public List<Booking>? Bookings { get; init; }

    [NotInResponse]
    public string? Pin { get; init; }

    [NotInResponse]
    public string? Hash { get; init; }
}

public sealed record Home
{
    public string Street { get; init; } = "";

    public string? City { get; init; }

    [NotInResponse]
    public string? AlarmCode { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

public sealed record Place(double X, double Y, string? Label);

public sealed record Booking
{
    public int Room { get; init; }

    [NotInResponse]
    public string? Door { get; init; }
}

[Patch<Guest>(RequireAny = true, Context = typeof(FormatsJson))]
[PatchEndpoint(
    "/guests/{id}",
    Context = typeof(FormatsJson),
    ContextInstance = nameof(FormatsJson.Stored),
    Collection = Guest.Collection,
    ReadScope = "guests:read",
    Formats = PatchFormats.MergePatch | PatchFormats.JsonPatch)]
[Fence("loyalty.tier")]
[Fence("plan", Until = "v2")]
public sealed partial record GuestPatch
{
    [StringLength(20, MinimumLength = 1)]
    public partial string Name { get; init; }

    public partial string? Nickname { get; init; }

    [Range(0, 150)]
    public partial int? Age { get; init; }

    [WriteScope("staff")]
    public partial bool IsRegular { get; init; }

    [Length(0, 5)]
    public partial List<string> Tags { get; init; }

    public partial HomePatch? Home { get; init; }

    public partial Dictionary<string, int?>? Scores { get; init; }

    public partial Dictionary<string, HomePatch?>? Homes { get; init; }

    public partial Dictionary<string, JsonElement?>? Notes { get; init; }

    public partial Place? Place { get; init; }

    public partial JsonElement? Extra { get; init; }

    [PatchTo(nameof(Guest.VisitsAt))]
    public partial string? Visits { get; init; }

#pragma warning disable PG0028 // That paths into it are rejected is tested.
    public partial List<Booking>? Bookings { get; init; }
#pragma warning restore PG0028

    public partial string? Pin { get; init; }
}

[Patch<Home>]
public sealed partial record HomePatch
{
    [StringLength(30, MinimumLength = 1)]
    public partial string Street { get; init; }

    public partial string? City { get; init; }

    public partial string? AlarmCode { get; init; }

    [JsonExtensionData]
    public partial Dictionary<string, JsonElement> Other { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Any))]
[JsonSerializable(typeof(Free))]
[JsonSerializable(typeof(Guest))]
[JsonSerializable(typeof(Place))]
[JsonSerializable(typeof(Booking))]
public sealed partial class FormatsJson : JsonSerializerContext
{
    /// <summary>As documents are stored.</summary>
    public static FormatsJson Stored => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
