using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>How values are read, written and compared, by type.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PatchValues
{
    /// <summary>Strings, kept as sent.</summary>
    public static StringValue String => default;

    /// <summary>True and false.</summary>
    public static BooleanValue Boolean => default;

    /// <summary>Whole numbers of 8 bits.</summary>
    public static IntegerValue<sbyte> SByte => default;

    /// <summary>Whole numbers of 8 bits, without sign.</summary>
    public static IntegerValue<byte> Byte => default;

    /// <summary>Whole numbers of 16 bits.</summary>
    public static IntegerValue<short> Int16 => default;

    /// <summary>Whole numbers of 16 bits, without sign.</summary>
    public static IntegerValue<ushort> UInt16 => default;

    /// <summary>Whole numbers of 32 bits.</summary>
    public static IntegerValue<int> Int32 => default;

    /// <summary>Whole numbers of 32 bits, without sign.</summary>
    public static IntegerValue<uint> UInt32 => default;

    /// <summary>Whole numbers of 64 bits.</summary>
    public static IntegerValue<long> Int64 => default;

    /// <summary>Whole numbers of 64 bits, without sign.</summary>
    public static IntegerValue<ulong> UInt64 => default;

    /// <summary>Numbers of single precision.</summary>
    public static FloatValue<float> Single => default;

    /// <summary>Numbers of double precision.</summary>
    public static FloatValue<double> Double => default;

    /// <summary>Decimal numbers.</summary>
    public static DecimalValue Decimal => default;

    /// <summary>UUIDs of 36 characters.</summary>
    public static TextValue<Guid, GuidText> Guid => default;

    /// <summary>Times with their offset (RFC 3339).</summary>
    public static TextValue<DateTimeOffset, DateTimeOffsetText> DateTimeOffset => default;

    /// <summary>Times (RFC 3339), converted to UTC.</summary>
    public static TextValue<DateTime, DateTimeText> DateTime => default;

    /// <summary>Dates (RFC 3339).</summary>
    public static TextValue<DateOnly, DateOnlyText> DateOnly => default;

    /// <summary>Times of day without offset (RFC 3339).</summary>
    public static TextValue<TimeOnly, TimeOnlyText> TimeOnly => default;

    /// <summary>URIs, absolute or relative.</summary>
    public static TextValue<Uri, UriText> Uri => default;

    /// <summary>Bytes in Base64.</summary>
    public static TextValue<byte[], BytesText> Bytes => default;

    /// <summary>Any JSON.</summary>
    public static JsonElementValue JsonElement => default;

    /// <summary>Any JSON, as nodes.</summary>
    public static JsonNodeValue JsonNode => default;

    /// <summary>The values of an enum, by their names in JSON.</summary>
    public static EnumValue<TEnum> Enum<TEnum>(params (string Name, TEnum Value)[] names)
        where TEnum : struct, Enum => new(names);

    /// <summary>ISO-8601 durations that a <see cref="TimeSpan"/> can hold.</summary>
    public static DurationValue Duration() => new(null, null);

    /// <summary>ISO-8601 durations within a range.</summary>
    /// <param name="min">The shortest duration allowed, as an ISO-8601 duration.</param>
    /// <param name="max">The longest duration allowed, as an ISO-8601 duration.</param>
    public static DurationValue Duration(string min, string max) => new(min, max);

    /// <summary>Values of any other type, as a serializer context reads them.</summary>
    /// <exception cref="InvalidOperationException">The context does not know the type, or cannot read it.</exception>
    public static ContextValue<T> Context<T>(JsonSerializerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var info = (JsonTypeInfo<T>?)context.GetTypeInfo(typeof(T))
            ?? throw new InvalidOperationException($"Add [JsonSerializable(typeof({typeof(T)}))] to {context.GetType()}.");
        if (info.Kind != JsonTypeInfoKind.None && typeof(T).IsDefined(typeof(JsonConverterAttribute), inherit: false))
        {
            return Converter<T>(attribute: null, context); // Another generator wrote the attribute, so that the context did not see it.
        }

        ContextReading.ThrowIfUnreadable(info);
        return new(info);
    }

    /// <summary>Values that a converter reads.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="attribute">The attribute that names the converter; null for the one on the type.</param>
    /// <param name="context">The context whose options the converter has; null for options that know no types.</param>
    /// <exception cref="InvalidOperationException">The type has no converter, or the converter is of another type.</exception>
    public static ContextValue<T> Converter<T>(JsonConverterAttribute? attribute, JsonSerializerContext? context)
    {
        attribute ??= (JsonConverterAttribute?)Attribute.GetCustomAttribute(typeof(T), typeof(JsonConverterAttribute), inherit: false);
        JsonSerializerOptions options = context?.Options ?? new() { TypeInfoResolver = JsonTypeInfoResolver.Combine() };
        JsonConverter? converter = attribute?.CreateConverter(typeof(T))
            ?? (attribute?.ConverterType is { } type ? (JsonConverter?)Activator.CreateInstance(type) : null);
        if (converter is JsonConverterFactory factory && factory.CanConvert(typeof(T)))
        {
            converter = factory.CreateConverter(typeof(T), options);
        }

        return converter is JsonConverter<T> ? new(JsonMetadataServices.CreateValueInfo<T>(options, converter))
            : throw new InvalidOperationException(
                converter is null ? $"{typeof(T)} has no [JsonConverter]." : $"{converter.GetType()} does not read {typeof(T)}.");
    }
}
