using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>
/// What a contract of System.Text.Json does that bytes alone cannot follow. Each method returns the reason, as the end of a sentence; null
/// for none.
/// </summary>
internal static class ContractLimits
{
    public static string? Of(JsonSerializerOptions options) =>
        options.ReferenceHandler is not null ? "the options have a reference handler"
        : !IsFollowed(options.NumberHandling) ? "the options write numbers as strings"
        : options.PreferredObjectCreationHandling != JsonObjectCreationHandling.Replace ? "the options populate what properties hold"
        : options.IgnoreReadOnlyProperties || options.IgnoreReadOnlyFields ? "the options leave out what cannot be set"
        : options.MaxDepth is > 0 and < DocumentSplicer.MaxDepth ? "the options limit the depth of documents"
#pragma warning disable SYSLIB0020 // Obsolete, but users can still set it.
        : options.IgnoreNullValues ? "the options ignore null values"
#pragma warning restore SYSLIB0020
        : null;

    public static string? Of(JsonTypeInfo contract) =>
        contract.Kind != JsonTypeInfoKind.Object ? "has a converter of its own"
        : contract.PolymorphismOptions is not null ? "is polymorphic"
        : contract.OnSerializing is not null || contract.OnSerialized is not null
            || contract.OnDeserializing is not null || contract.OnDeserialized is not null ? "has serialization callbacks"
        : !IsFollowed(contract.NumberHandling) ? "writes numbers as strings"
        : contract.PreferredPropertyObjectCreationHandling is JsonObjectCreationHandling.Populate ? "populates what properties hold"
        : contract.Options.PropertyNameCaseInsensitive && contract.Properties.Any(static property => property.IsExtensionData)
            ? "has names in any case, and collects others"
        : null;

    /// <summary>For a property that is written.</summary>
    public static string? Of(JsonPropertyInfo property) =>
        DeclaredName(property) is null ? "was added to the contract"
        : property.Set is null && property.AssociatedParameter is null ? "is computed"
        : JsonEncodedText.Encode(property.Name).ToString() != property.Name ? "has a name with escaped characters"
        : property.ObjectCreationHandling is JsonObjectCreationHandling.Populate ? "is populated"
        : ConditionOf(property) is not { } condition ? "is left out on a condition of its own"
        : !CanBeNull(property) && condition == JsonIgnoreCondition.WhenWritingDefault ? "is left out when it has its default value"
        : null;

    /// <summary>For a property that a patch changes. While it is not changed, its value is kept as it is.</summary>
    public static string? OfChanged(JsonPropertyInfo property) =>
        property.CustomConverter is not null ? "has a converter of its own"
        : !IsFollowed(property.NumberHandling) ? "writes numbers as strings"
        : property.PropertyType == typeof(byte[]) ? "is an array of bytes, whose null a generated context can write as an empty string"
        : null;

    /// <summary>
    /// On which condition a property is left out: never, or when it has its default value; null for any other. The condition of the options
    /// does not show in <see cref="JsonPropertyInfo.ShouldSerialize"/>.
    /// </summary>
    public static JsonIgnoreCondition? ConditionOf(JsonPropertyInfo property)
    {
        object[] declared = property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) ?? [];
        if (property.ShouldSerialize is not { } isWritten)
        {
            JsonIgnoreCondition general = property.Options.DefaultIgnoreCondition;
            return general == JsonIgnoreCondition.WhenWritingNull && !CanBeNull(property) ? JsonIgnoreCondition.Never : Known(general);
        }

        // The attribute says what the delegate does, unless another delegate has replaced it.
        JsonIgnoreCondition? condition = declared is [JsonIgnoreAttribute ignore] ? Known(ignore.Condition) : null;
        return condition is null or JsonIgnoreCondition.Never || !CanBeNull(property) || LeavesOutNull(isWritten) ? condition : null;
    }

    /// <summary>The name of the property or field in C#.</summary>
    public static string? DeclaredName(JsonPropertyInfo property) => (property.AttributeProvider as System.Reflection.MemberInfo)?.Name;

    public static bool CanBeNull(JsonPropertyInfo property) =>
        !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null;

    public static bool IsTimeOfChange(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(ChangedAtAttribute), inherit: true) is true;

    /// <summary>Whether values that are written with the same bytes are equal: those of the library's own converters are.</summary>
    public static bool IsExact(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Enumerable => type.ElementType is { } item && IsExact(type.Options.GetTypeInfo(item)),
        JsonTypeInfoKind.None => type.Type != typeof(object)
            && type.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly
            && (Nullable.GetUnderlyingType(type.Type) is not { } inner || IsExact(type.Options.GetTypeInfo(inner))),
        _ => false,
    };

    private static JsonIgnoreCondition? Known(JsonIgnoreCondition condition) => condition
        is JsonIgnoreCondition.Never or JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault ? condition : null;

    private static bool LeavesOutNull(Func<object, object?, bool> isWritten)
    {
        try
        {
            return !isWritten(null!, null);
        }
        catch (NullReferenceException)
        {
            return false; // It looks at the object.
        }
    }

    private static bool IsFollowed(JsonNumberHandling? handling) =>
        handling is null or JsonNumberHandling.Strict or JsonNumberHandling.AllowReadingFromString;
}
