using System.Collections.Generic;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Emitter;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Values: which codec reads a type.</content>
internal sealed partial class PatchParser
{
    private const string Json = Emitter.PatchEmitter.Json;
    private const string Values = Emitter.PatchEmitter.Values;
    private const string SupportedTypes =
        "members are strings, booleans, numbers, Guid, dates and times, TimeSpan, Uri, byte[], enums, JsonElement, JsonNode, arrays, lists and sets of these, dictionaries by string, and [Patch] records";

    // What keeps the last type that is none of ours from being read by the context.
    private string? _contextReason;

    private ValueSpec ParseValue(IPropertySymbol property)
    {
        _contextReason = null;
        ITypeSymbol type = property.Type.WithoutNullable();
        if (type.TypeKind == TypeKind.Error)
        {
            return Unsupported(type); // The compiler says so.
        }

        if (type.PatchAttribute() is not null)
        {
            return new ValueSpec(ValueKind.Nested, type.ToBareCode());
        }

        ValueSpec? value = IsArray(type) ? ParseArray(property, type, ((IArrayTypeSymbol)type).ElementType, ArrayCodec(property))
            : type is INamedTypeSymbol { TypeArguments: [var item] } collection ? ParseCollection(property, collection, item)
            : type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, var entry] } map ? ParseMap(property, map, entry)
            : ParseScalar(type, property);
        value ??= ParseThroughContext(type);
        if (value is null)
        {
            Report(DiagnosticDescriptors.UnsupportedType, property, property.Name, _contextReason ?? $"{SupportedTypes}; '{type.ToDisplayString()}' is none of them, and is read by a serializer context once Context = typeof(...) of the patch names one");
            return Unsupported(type);
        }

        if (value.Kind != ValueKind.Items && property.Attribute(KnownTypes.Distinct) is { } distinct)
        {
            Report(DiagnosticDescriptors.Constraint, distinct.LocationOr(property), "Distinct", property.Name, "only arrays have items to collapse");
        }

        return value;
    }

    private ValueSpec? ParseScalar(ITypeSymbol type, IPropertySymbol property)
    {
        string code = type.ToBareCode();
        if (type.TypeKind == TypeKind.Enum)
        {
            return new ValueSpec(ValueKind.Scalar, code, $"{Json}EnumValue<{code}>", $"{Values}Enum({EnumNames((INamedTypeSymbol)type, code)})");
        }

        (string CodecType, string Codec)? codec = type.SpecialType switch
        {
            SpecialType.System_String => ("StringValue", "String"),
            SpecialType.System_Boolean => ("BooleanValue", "Boolean"),
            SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
                or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 => ($"IntegerValue<{code}>", type.Name),
            SpecialType.System_Single or SpecialType.System_Double => ($"FloatValue<{code}>", type.Name),
            SpecialType.System_Decimal => ("DecimalValue", "Decimal"),
            SpecialType.System_DateTime => ("DateTimeValue", "DateTime"),
            _ => null,
        };
        if (codec is null && type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
        {
            codec = ("BytesValue", "Bytes");
        }

        if (codec is null && type.ContainingNamespace?.ToDisplayString() is "System" or "System.Text.Json" or "System.Text.Json.Nodes")
        {
            codec = type.ToName() switch
            {
                "System.Guid" => ("GuidValue", "Guid"),
                "System.DateTimeOffset" => ("DateTimeOffsetValue", "DateTimeOffset"),
                "System.DateOnly" => ("DateOnlyValue", "DateOnly"),
                "System.TimeOnly" => ("TimeOnlyValue", "TimeOnly"),
                "System.TimeSpan" => ("DurationValue", Duration(property)),
                "System.Uri" => ("UriValue", "Uri"),
                "System.Text.Json.JsonElement" => ("JsonElementValue", "JsonElement"),
                "System.Text.Json.Nodes.JsonNode" => ("JsonNodeValue", "JsonNode"),
                _ => null,
            };
        }

        return codec is { } known ? new ValueSpec(ValueKind.Scalar, code, Json + known.CodecType, Values + known.Codec) : null;
    }

    /// <summary>Any other type, by the serializer context that the patch names and that lists it.</summary>
    private ValueSpec? ParseThroughContext(ITypeSymbol type)
    {
        if (_patch.NamedArguments.FirstOrDefault(static a => a.Key == "Context").Value.Value is not INamedTypeSymbol { TypeKind: not TypeKind.Error } context)
        {
            return null;
        }

        bool isListed = context.GetAttributes().Any(a => a.Is(KnownTypes.JsonSerializable) && a.ConstructorArguments is [{ Value: ITypeSymbol listed }] && SymbolEqualityComparer.Default.Equals(listed, type));
        string? reason = !InheritsContext(context) ? $"'{context.Name}', its Context, is not a JsonSerializerContext"
            : !_compilation.IsSymbolAccessibleWithin(context, _type) ? $"'{context.Name}', its Context, cannot be accessed from here"
            : type.PatchAttribute() is not null ? $"'{type.Name}' is a patch, and a list is replaced; list the type that it patches"
            : !isListed ? $"its Context does not list '{type.Name}'; add [JsonSerializable(typeof({type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}))] to '{context.Name}'"
            : null;
        _contextReason ??= reason; // Of a list, what is wrong with its items.
        string code = type.ToBareCode();
        return reason is null ? new ValueSpec(ValueKind.Scalar, code, $"{Json}ContextValue<{code}>", $"{Values}Context<{code}>({context.ToBareCode()}.Default)") : null;
    }

    private string EnumNames(INamedTypeSymbol type, string code)
    {
        IEnumerable<string> names = type.GetMembers().OfType<IFieldSymbol>().Where(static f => f.HasConstantValue).Select(field =>
        {
            string name = field.Attribute(KnownTypes.JsonEnumMemberName)?.ConstructorArguments.FirstOrDefault().Value as string
                ?? field.Attribute(KnownTypes.EnumMember)?.Argument("Value") as string
                ?? Naming.Convert(field.Name, _naming);
            return $"({CSharpLiteral.Of(name)}, {code}.{CSharpLiteral.Identifier(field.Name)})";
        });
        return string.Join(", ", names);
    }

    private string Duration(IPropertySymbol property)
    {
        if (property.Attribute(KnownTypes.IsoDuration) is not { } range || range.Arguments() is not [string minimum, string maximum])
        {
            return "Duration()";
        }

        if (IsoDuration(minimum) is not { } least || IsoDuration(maximum) is not { } most || least > most)
        {
            Report(DiagnosticDescriptors.Constraint, range.LocationOr(property), "IsoDuration", property.Name, "it needs two ISO-8601 durations, the shorter first, such as \"PT30S\" and \"PT1H\"");
        }

        return $"Duration({CSharpLiteral.Of(minimum)}, {CSharpLiteral.Of(maximum)})";
    }

    // Only for the range of an attribute, which is written by a programmer: what XML Schema allows is enough.
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

    private ValueSpec ParseOpen(IPropertySymbol property)
    {
        if (!IsOpenMap(property.Type))
        {
            Report(DiagnosticDescriptors.UnsupportedType, property, property.Name, "the members of an open object are an IDictionary<string, JsonElement>");
            return Unsupported(property.Type);
        }

        return new ValueSpec(ValueKind.Open, property.Type.ToBareCode());
    }

    private static ValueSpec Unsupported(ITypeSymbol type) => new(ValueKind.Unsupported, type.ToBareCode());
}
