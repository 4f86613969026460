using System.Text.Json.Serialization;

namespace Layers.PatchGen.Runtime.Tests.Documents;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(Gadget))]
[JsonSerializable(typeof(Sensor))]
public sealed partial class PlainContext : JsonSerializerContext;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(Gadget))]
[JsonSerializable(typeof(Sensor))]
public sealed partial class SparseContext : JsonSerializerContext;
