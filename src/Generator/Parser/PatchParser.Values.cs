using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Values: which codec reads a type.</content>
internal sealed partial class PatchParser
{
    private const string SupportedTypes =
        "members are strings, booleans, numbers, Guid, dates and times, TimeSpan, Uri, byte[], enums, JsonElement, JsonNode, arrays, lists and sets of these, dictionaries by string, and [Patch] records";

    // Why the context cannot read the type that was last tried.
    private string? _contextReason;

    /// <summary>The codec of a member; null, and reported, when its type cannot be read.</summary>
    private CodecSpec? ParseCodec(IPropertySymbol property)
    {
        _contextReason = null;
        ITypeSymbol type = property.Type.WithoutNullable();
        if (type.TypeKind == TypeKind.Error)
        {
            return null; // The compiler reports it.
        }

        CodecSpec? codec = type.PatchAttribute() is not null ? new PatchCodec(Bare(type))
            : ParseArray(property, type, ItemDuplicates(property))
            ?? ParseCollection(property, type)
            ?? ParseMap(property, type)
            ?? ParseScalar(property, type)
            ?? ParseThroughContext(type);
        if (codec is null)
        {
            Report(DiagnosticDescriptors.UnsupportedType, property, property.Name, _contextReason ?? $"{SupportedTypes}; '{type.ToDisplayString()}' is none of them, and is read by a serializer context once Context = typeof(...) of the patch names one");
        }
        else if (codec is not (ArrayCodec or CollectionCodec or PatchCodec) && property.Attribute(KnownTypes.Distinct) is { } distinct)
        {
            Report(DiagnosticDescriptors.Constraint, distinct.LocationOr(property), "Distinct", property.Name, "only arrays have items to collapse");
        }

        return codec;
    }

    private CodecSpec? ParseScalar(IPropertySymbol property, ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum ? new EnumCodec(Bare(type), EnumMembers(type))
        : type.IsNamed("System.TimeSpan") ? ParseDuration(property, type)
        : ToPlainType(type) is { } plain ? new PlainCodec(Bare(type), plain)
        : null;

    private static PlainType? ToPlainType(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => PlainType.String,
        SpecialType.System_Boolean => PlainType.Boolean,
        SpecialType.System_SByte => PlainType.SByte,
        SpecialType.System_Byte => PlainType.Byte,
        SpecialType.System_Int16 => PlainType.Int16,
        SpecialType.System_UInt16 => PlainType.UInt16,
        SpecialType.System_Int32 => PlainType.Int32,
        SpecialType.System_UInt32 => PlainType.UInt32,
        SpecialType.System_Int64 => PlainType.Int64,
        SpecialType.System_UInt64 => PlainType.UInt64,
        SpecialType.System_Single => PlainType.Single,
        SpecialType.System_Double => PlainType.Double,
        SpecialType.System_Decimal => PlainType.Decimal,
        SpecialType.System_DateTime => PlainType.DateTime,
        _ => type switch
        {
            IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => PlainType.Bytes,
            _ when type.IsNamed("System.Guid") => PlainType.Guid,
            _ when type.IsNamed("System.DateTimeOffset") => PlainType.DateTimeOffset,
            _ when type.IsNamed("System.DateOnly") => PlainType.DateOnly,
            _ when type.IsNamed("System.TimeOnly") => PlainType.TimeOnly,
            _ when type.IsNamed("System.Uri") => PlainType.Uri,
            _ when type.IsNamed("System.Text.Json.JsonElement") => PlainType.JsonElement,
            _ when type.IsNamed("System.Text.Json.Nodes.JsonNode") => PlainType.JsonNode,
            _ => null,
        },
    };

    /// <summary>Any other type, by the serializer context that the patch names and that lists it.</summary>
    private ContextCodec? ParseThroughContext(ITypeSymbol type)
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
        _contextReason ??= reason; // Of a list, the first reason is about its items.
        return reason is null ? new ContextCodec(Bare(type), Bare(context)) : null;
    }

    private ImmutableEquatableArray<EnumMemberSpec> EnumMembers(ITypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(static f => f.HasConstantValue).Select(field => new EnumMemberSpec(
            field.Attribute(KnownTypes.JsonEnumMemberName)?.FirstArgument() as string
                ?? field.Attribute(KnownTypes.EnumMember)?.Argument("Value") as string
                ?? Naming.Convert(field.Name, _naming),
            field.Name)).ToEquatable();

    private DurationCodec ParseDuration(IPropertySymbol property, ITypeSymbol type)
    {
        if (property.Attribute(KnownTypes.IsoDuration) is not { } range || range.Arguments() is not [string minimum, string maximum])
        {
            return new DurationCodec(Bare(type), null, null);
        }

        if (IsoDuration(minimum) is not { } least || IsoDuration(maximum) is not { } most || least > most)
        {
            Report(DiagnosticDescriptors.Constraint, range.LocationOr(property), "IsoDuration", property.Name, "it needs two ISO-8601 durations, the shorter first, such as \"PT30S\" and \"PT1H\"");
        }

        return new DurationCodec(Bare(type), minimum, maximum);
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
        if (IsOpenMap(property.Type))
        {
            return new OpenCodec(Bare(property.Type));
        }

        Report(DiagnosticDescriptors.UnsupportedType, property, property.Name, "the members of an open object are an IDictionary<string, JsonElement>");
        return null;
    }
}
