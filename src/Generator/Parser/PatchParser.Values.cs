using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Values: which codec reads a type.</content>
internal sealed partial class PatchParser
{
    private const string SupportedTypes =
        "members are strings, booleans, numbers, Guid, dates and times, TimeSpan, Uri, byte[], enums, JsonElement, JsonNode, "
        + "arrays, lists and sets of these, dictionaries by string, and [Patch] records";

    // Why the context cannot read the type that was last tried.
    private string? _contextReason;

    // Why the enum that was last tried cannot be read.
    private string? _enumReason;

    // Why the converter of the member cannot be used.
    private string? _converterReason;

    /// <summary>The codec of a member; null, and reported, when its type cannot be read.</summary>
    private CodecSpec? ParseCodec(IPropertySymbol property)
    {
        (_contextReason, _enumReason, _converterReason) = (null, null, null);
        ITypeSymbol type = property.Type.WithoutNullable();
        if (type.TypeKind == TypeKind.Error)
        {
            return null; // The compiler reports it.
        }

        AttributeData? converter = ConverterOf(property), keyedBy = property.Attribute(KnownTypes.KeyedBy);
        CodecSpec? codec = keyedBy is not null ? ParseKeyedList(property, type, keyedBy)
            : type.PatchAttribute() is not null ? new PatchCodec(type.ToBareSpec())
            : converter is not null && DocumentJson.FormOf(converter) == EnumForm.Custom ? ParseConverter(type, converter)
            : ParseArray(property, type, ArrayKindOf(property))
            ?? ParseTypeConverter(type)
            ?? ParseCollection(property, type)
            ?? ParseMap(property, type)
            ?? ParseScalar(property, type)
            ?? ParseThroughContext(type);
        if (codec is null && keyedBy is null)
        {
            string advice = "is none of them; name a serializer context that reads it: [Patch(Context = typeof(...))]";
            Reject(
                DiagnosticDescriptors.UnsupportedType,
                property,
                _enumReason ?? _converterReason ?? _contextReason ?? $"{SupportedTypes}; '{type.ToDisplayString()}' {advice}");
        }
        else if (codec is not (null or ArrayCodec or CollectionCodec or PatchCodec)
            && property.Attribute(KnownTypes.Distinct) is { } distinct)
        {
            string reason = "only a list has equal items to remove";
            Reject(DiagnosticDescriptors.Constraint, distinct.LocationOr(property), reason, "Distinct", property.Name);
        }

        return codec;
    }

    private CodecSpec? ParseScalar(IPropertySymbol property, ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum ? ParseEnum(property, type)
        : type.IsNamed("System.TimeSpan") ? ParseDuration(property, type)
        : type.ToPlainType() is { } plain ? new PlainCodec(type.ToBareSpec(), plain)
        : null;

    private DurationCodec ParseDuration(IPropertySymbol property, ITypeSymbol type)
    {
        if (property.Attribute(KnownTypes.IsoDuration) is not { } range || range.Arguments() is not [string minimum, string maximum])
        {
            return new DurationCodec(type.ToBareSpec(), null, null);
        }

        bool isRange = IsoDuration(minimum) is { } least && IsoDuration(maximum) is { } most && least <= most;
        string? reason = isRange ? null : "it needs two ISO 8601 durations, the shorter first, such as \"PT30S\" and \"PT1H\"";
        Reject(DiagnosticDescriptors.Constraint, range.LocationOr(property), reason, "IsoDuration", property.Name);

        return new DurationCodec(type.ToBareSpec(), minimum, maximum);
    }

    // Only for the range of an attribute, which a programmer writes: what XML Schema allows is enough.
    private static TimeSpan? IsoDuration(string text)
    {
        try
        {
            return System.Xml.XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    private OpenCodec? ParseOpen(IPropertySymbol property)
    {
        string? reason = IsOpenMap(property.Type) ? null : "declare [JsonExtensionData] as an IDictionary<string, JsonElement>";
        return Reject(DiagnosticDescriptors.UnsupportedType, property, reason) ? null : new OpenCodec(property.Type.ToBareSpec());
    }
}
