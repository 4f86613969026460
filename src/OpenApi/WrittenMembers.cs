using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.OpenApi;

/// <summary>Which members a serializer contract writes.</summary>
internal static class WrittenMembers
{
    /// <summary>Whether every object has the member.</summary>
    public static bool IsAlwaysWritten(JsonPropertyInfo member)
    {
        if (member.Get is null || (member.Set is null && member.Options.IgnoreReadOnlyProperties))
        {
            return false;
        }

        JsonIgnoreAttribute? attribute = Attribute(member);
        return (attribute?.Condition ?? member.Options.DefaultIgnoreCondition) switch
        {
            // The attribute sets ShouldSerialize as well; without it, the contract was customized.
            JsonIgnoreCondition.Never or JsonIgnoreCondition.WhenReading => attribute is not null || member.ShouldSerialize is null,
            JsonIgnoreCondition.WhenWritingNull => !HoldsNull(member),
            _ => false,
        };
    }

    /// <summary>Whether the member can be written as null. One that is left out instead cannot.</summary>
    public static bool CanBeNull(JsonPropertyInfo member) =>
        (Attribute(member)?.Condition ?? member.Options.DefaultIgnoreCondition)
            is not (JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault)
        && HoldsNull(member);

    private static bool HoldsNull(JsonPropertyInfo member) =>
        member.PropertyType.IsValueType ? Nullable.GetUnderlyingType(member.PropertyType) is not null : member.IsGetNullable;

    private static JsonIgnoreAttribute? Attribute(JsonPropertyInfo member) =>
        member.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true)
            .OfType<JsonIgnoreAttribute>().FirstOrDefault();
}
