using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Benchmarks.Peers;

/// <summary>A value that may be absent: the usual way to distinguish absent from null with System.Text.Json.</summary>
[JsonConverter(typeof(OptionalConverterFactory))]
internal readonly record struct Optional<T>(T? Value)
{
    public bool HasValue { get; } = true;
}

/// <summary>Creates the converters.</summary>
internal sealed class OptionalConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(OptionalConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()), options)!;
}

/// <summary>Reads the value with the converter of its type.</summary>
internal sealed class OptionalConverter<T>(JsonSerializerOptions options) : JsonConverter<Optional<T>>
{
    private readonly JsonConverter<T> _inner = (JsonConverter<T>)options.GetConverter(typeof(T));

    public override bool HandleNull => true;

    public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null && default(T) is null
            ? new Optional<T>(default)
            : new Optional<T>(_inner.Read(ref reader, typeof(T), options));

    public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
        _inner.Write(writer, value.Value!, options);
}
