using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Runtime.Tests.Documents;

// Documents whose contracts cannot be followed by bytes alone: each has a member "value", and one reason.

public sealed record CodeInGetter
{
    public string? Value { get => field ?? ""; init; }
}

[Patch<CodeInGetter>]
public sealed partial record CodeInGetterPatch
{
    public partial string? Value { get; init; }
}

public sealed class CodeInSetter
{
    private string? _other;

    public string? Value { get; set; }

    public string? Other
    {
        get => _other;
        set => _other = value?.Trim();
    }
}

[Patch<CodeInSetter>]
public sealed partial record CodeInSetterPatch
{
    public partial string? Value { get; init; }
}

public sealed class Computed(string constant)
{
    public string? Value { get; set; }

    [JsonInclude]
    internal string Constant { get; } = constant + "!";

    public int Length { get; }
}

[Patch<Computed>]
public sealed partial record ComputedPatch
{
    public partial string? Value { get; init; }
}

public sealed record OwnConverter
{
    [JsonConverter(typeof(JsonStringEnumConverter<Mood>))]
    public Mood Value { get; init; }

    public string? Other { get; init; }
}

[Patch<OwnConverter>]
public sealed partial record OwnConverterPatch
{
    public partial Mood Value { get; init; }

    public partial string? Other { get; init; }
}

[JsonDerivedType(typeof(Derived), "derived")]
public record Polymorphic
{
    public string? Value { get; init; }
}

public sealed record Derived : Polymorphic;

[Patch<Polymorphic>]
public sealed partial record PolymorphicPatch
{
    public partial string? Value { get; init; }
}

public sealed record Callbacks : IJsonOnSerializing
{
    public string? Value { get; init; }

    public void OnSerializing()
    {
    }
}

[Patch<Callbacks>]
public sealed partial record CallbacksPatch
{
    public partial string? Value { get; init; }
}

public sealed record DefaultLeftOut
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Value { get; init; }
}

[Patch<DefaultLeftOut>]
public sealed partial record DefaultLeftOutPatch
{
    public partial int Value { get; init; }
}

public sealed record Unwritten
{
    [JsonIgnore]
    public string? Value { get; init; }
}

[Patch<Unwritten>]
public sealed partial record UnwrittenPatch
{
    public partial string? Value { get; init; }
}

public sealed record ByKey
{
    public Dictionary<string, int>? Value { get; init; }

    public string? Other { get; init; }
}

[Patch<ByKey>]
public sealed partial record ByKeyPatch
{
    public partial Dictionary<string, int>? Value { get; init; }

    public partial string? Other { get; init; }
}

public sealed record Keyed
{
    public List<Closed> Value { get; init; } = [];

    public string? Other { get; init; }
}

[Patch<Keyed>]
public sealed partial record KeyedPatch
{
    [KeyedBy(nameof(Closed.Other))]
    public partial Dictionary<string, InClosedPatch?> Value { get; init; }

    public partial string? Other { get; init; }
}

[Patch<Closed>]
public sealed partial record InClosedPatch;

public sealed record Closed
{
    public Dictionary<string, JsonElement>? Value { get; init; }

    public string? Other { get; init; }
}

[Patch<Closed>]
public sealed partial record ClosedPatch
{
    public partial string? Other { get; init; }

    [JsonExtensionData]
    public partial Dictionary<string, JsonElement> Value { get; init; }
}

public sealed record OtherList
{
    public IReadOnlyList<string>? Value { get; init; }

    public string? Other { get; init; }
}

[Patch<OtherList>]
public sealed partial record OtherListPatch
{
    public partial string[]? Value { get; init; }

    public partial string? Other { get; init; }
}

public sealed record Blob
{
    public byte[]? Value { get; init; }

    public string? Other { get; init; }
}

[Patch<Blob>]
public sealed partial record BlobPatch
{
    public partial byte[]? Value { get; init; }

    public partial string? Other { get; init; }
}

public sealed class Initialized
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Value { get; set; } = "first";

    public string? Other { get; set; }
}

[Patch<Initialized>]
public sealed partial record InitializedPatch
{
    public partial string? Value { get; init; }

    public partial string? Other { get; init; }
}

public sealed class Populated
{
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<string> Names { get; set; } = ["first"];

    public string? Value { get; set; }
}

[Patch<Populated>]
public sealed partial record PopulatedPatch
{
    public partial string? Value { get; init; }
}

public sealed record NumberAsText
{
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public int Value { get; init; }

    public string? Other { get; init; }
}

[Patch<NumberAsText>]
public sealed partial record NumberAsTextPatch
{
    public partial int Value { get; init; }

    public partial string? Other { get; init; }
}

public sealed record Quoted
{
    [JsonPropertyName("it's")]
    public string? Value { get; init; }
}

[Patch<Quoted>]
public sealed partial record QuotedPatch
{
    [JsonPropertyName("it's")]
    public partial string? Value { get; init; }
}

[JsonSerializable(typeof(CodeInGetter))]
[JsonSerializable(typeof(CodeInSetter))]
[JsonSerializable(typeof(Computed))]
[JsonSerializable(typeof(OwnConverter))]
[JsonSerializable(typeof(Polymorphic))]
[JsonSerializable(typeof(Callbacks))]
[JsonSerializable(typeof(DefaultLeftOut))]
[JsonSerializable(typeof(Unwritten))]
[JsonSerializable(typeof(ByKey))]
[JsonSerializable(typeof(Closed))]
[JsonSerializable(typeof(Keyed))]
[JsonSerializable(typeof(OtherList))]
[JsonSerializable(typeof(Blob))]
[JsonSerializable(typeof(Initialized))]
[JsonSerializable(typeof(Populated))]
[JsonSerializable(typeof(NumberAsText))]
[JsonSerializable(typeof(Quoted))]
public sealed partial class ContractsContext : JsonSerializerContext;
