using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Testing;

/// <summary>
/// A document with hidden members at every possible position, with names that every naming policy changes. Hidden values start with "TOP".
/// </summary>
public record Vault : VaultBase
{
    public const string Collection = "vaults";

    [Key]
    public string Vault_Id { get; init; } = "";

    public int __Shelf2Left { get; init; }

    public string? Title { get; set; }

    [NotInResponse]
    public string? Secret_Token { get; set; }

    [NotInResponse, JsonPropertyName("ключ-é")]
    public string? Renamed { get; set; }

    [NotInResponse]
    public Safe? Whole { get; set; }

    public override string? Overridden { get; set; }

    public Safe Inner { get; set; } = new();

    public Spot Place { get; set; }

    public Spot? Maybe { get; set; }

    public List<Safe?> Items { get; set; } = [];

    public Safe[][] Shelves { get; set; } = [];

    public ImmutableArray<Spot> Spots { get; set; } = [];

    public Dictionary<string, Safe> ByName { get; set; } = [];

    public Dictionary<int, List<Spot?>> ByNumber { get; set; } = [];

    public List<KeyValuePair<string, Safe>> Pairs { get; set; } = [];

    public Tree? Tree { get; set; }

    public List<Shape> Shapes { get; set; } = [];

    public IShape? Face { get; set; }

    public Sealed? Written { get; set; }

    [JsonIgnore]
    public Version? Ignored { get; set; }
}

public abstract record VaultBase
{
    [NotInResponse]
    public string? Base_Secret { get; set; }

    [NotInResponse]
    public virtual string? Overridden { get; set; }

    public string? BaseShown { get; set; }
}

public class Safe
{
    public string? Label { get; set; }

    [NotInResponse]
    public string? Pin__Code { get; set; }

    public Spot Where { get; set; }

    [JsonExtensionData, NotInResponse]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

public record struct Spot(int X, [property: NotInResponse] string? _Exact);

public sealed class Tree
{
    public string? Name { get; set; }

    [NotInResponse]
    public string? Rings { get; set; }

    public List<Tree>? Branches { get; set; }

    public Dictionary<string, Tree?>? Roots { get; set; }
}

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), 4)]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "of")]
public class Shape
{
    public string? Colour { get; set; }
}

public sealed class Circle : Shape
{
    [NotInResponse]
    public string? Size { get; set; }
}

public sealed class Square : Shape
{
    public string? Size { get; set; }

    public Safe? Corner { get; set; }
}

[JsonDerivedType(typeof(Face), "face")]
[JsonDerivedType(typeof(Faces), "faces")]
public interface IShape;

public sealed class Face : IShape
{
    public string? Name { get; set; }

    [NotInResponse]
    public string? True_Name { get; set; }

    [JsonExtensionData, NotInResponse]
    public IDictionary<string, object>? Rest { get; set; }
}

public sealed class Faces : List<Spot>, IShape
{
    public Faces()
    {
    }

    public Faces(IEnumerable<Spot> spots)
        : base(spots)
    {
    }
}

[JsonConverter(typeof(SealedConverter))]
public sealed record Sealed(string Text);

public sealed class SealedConverter : JsonConverter<Sealed>
{
    public override Sealed? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Sealed value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

[Patch<Vault>]
public sealed partial record VaultPatch
{
    [Selector]
    public partial int __Shelf2Left { get; init; }

    public partial string Title { get; init; }
}

/// <summary>Like a generated handler, but for any serializer context.</summary>
public sealed class VaultHandler(string route, string property, JsonSerializerContext context) : PatchHandler<VaultPatch, Vault>
{
    protected override PatchEndpoint Endpoint { get; } = new()
    {
        Pattern = route,
        Collection = Vault.Collection,
        Resource = "Vault",
        ReadScope = "vaults:read",
        RouteParameters = [new("of", property, EndpointMemberKind.String, property == nameof(Vault.Vault_Id))],
        Selectors =
        [
            new("shelf", nameof(Vault.__Shelf2Left), EndpointMemberKind.Int32, false),
            new("base", nameof(Vault.Base_Secret), EndpointMemberKind.String, false),
        ],
    };

    protected override JsonTypeInfo<Vault> DocumentJson =>
        (JsonTypeInfo<Vault>)context.GetTypeInfo(typeof(Vault))!;

    protected override void AddSelectors(VaultPatch patch, SelectorValues selectors)
    {
        if (patch.Has__Shelf2Left)
        {
            selectors.Add("shelf", patch.__Shelf2Left);
        }
    }
}

[JsonSerializable(typeof(Vault))]
public sealed partial class AsDeclaredJson : JsonSerializerContext;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Vault))]
public sealed partial class WebJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Vault))]
public sealed partial class CamelJson : JsonSerializerContext;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.SnakeCaseUpper)]
[JsonSerializable(typeof(Vault))]
public sealed partial class SnakeLowerJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseUpper)]
[JsonSerializable(typeof(Vault))]
public sealed partial class SnakeUpperJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
[JsonSerializable(typeof(Vault))]
public sealed partial class KebabLowerJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseUpper)]
[JsonSerializable(typeof(Vault))]
public sealed partial class KebabUpperJson : JsonSerializerContext;
