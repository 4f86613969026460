using System.Linq;
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

    // Why the values of the enum that was last tried have no names.
    private string? _enumReason;

    /// <summary>The codec of a member; null, and reported, when its type cannot be read.</summary>
    private CodecSpec? ParseCodec(IPropertySymbol property)
    {
        (_contextReason, _enumReason) = (null, null);
        ITypeSymbol type = property.Type.WithoutNullable();
        if (type.TypeKind == TypeKind.Error)
        {
            return null; // The compiler reports it.
        }

        CodecSpec? codec = type.PatchAttribute() is not null ? new PatchCodec(type.ToBareSpec())
            : ParseArray(property, type, ArrayKindOf(property))
            ?? ParseCollection(property, type)
            ?? ParseMap(property, type)
            ?? ParseScalar(property, type)
            ?? ParseThroughContext(type);
        if (codec is null)
        {
            string advice = "is none of them; name a serializer context that reads it: [Patch(Context = typeof(...))]";
            Reject(
                DiagnosticDescriptors.UnsupportedType,
                property,
                _enumReason ?? _contextReason ?? $"{SupportedTypes}; '{type.ToDisplayString()}' {advice}");
        }
        else if (codec is not (ArrayCodec or CollectionCodec or PatchCodec) && property.Attribute(KnownTypes.Distinct) is { } distinct)
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

    /// <summary>Any other type, by the serializer context that the patch names and that lists it.</summary>
    private ContextCodec? ParseThroughContext(ITypeSymbol type)
    {
        if (_patch.Argument("Context") is not INamedTypeSymbol { TypeKind: not TypeKind.Error } context)
        {
            return null;
        }

        bool isListed = context.GetAttributes().Any(a => a.Is(KnownTypes.JsonSerializable)
            && a.ConstructorArguments is [{ Value: ITypeSymbol listed }] && listed.Is(type));
        string typeName = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        string? reason = !InheritsContext(context) ? $"'{context.Name}', its Context, is not a JsonSerializerContext"
            : !_compilation.IsSymbolAccessibleWithin(context, _type) ? $"'{context.Name}', its Context, cannot be accessed from here"
            : type.PatchAttribute() is not null ? $"'{type.Name}' is a patch, and a list is replaced; list the type that it patches"
            : !isListed ? $"its Context does not list '{type.Name}'; add [JsonSerializable(typeof({typeName}))] to '{context.Name}'"
            : UnreadableReason(type, typeName, context);
        _contextReason ??= reason; // Of a list, the first reason is about its items.
        return reason is null ? new ContextCodec(type.ToBareSpec(), context.ToBareSpec()) : null;
    }

    // Of what System.Text.Json's generator writes and does not read; the runtime finds the rest, such as parts of other types.
    private static string? UnreadableReason(ITypeSymbol type, string typeName, INamedTypeSymbol context)
    {
        if (type.GetAttributes().FirstOrDefault(static a => a.NamesConverter()) is { } converter)
        {
            // A generator does not see what another generates in the same compilation.
            return converter.ApplicationSyntaxReference?.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase) is true
                ? $"its [JsonConverter] is generated, so that '{context.Name}' does not use it; "
                    + $"repeat the attribute on your half of '{typeName}'"
                : null;
        }

        bool isAbstract = type is { IsAbstract: true, TypeKind: TypeKind.Class or TypeKind.Interface }
            && type.Locations.Any(static l => l.IsInSource);
        return DocumentJson.HasConverters(context) ? null
            : type.ContainingNamespace?.ToName() == "System.Collections.Frozen"
                ? $"System.Text.Json writes a '{typeName}' and does not read one; "
                    + "declare a type that can be filled, such as HashSet or Dictionary"
            : isAbstract
                && !type.Has(KnownTypes.JsonDerivedType)
                && !type.AllInterfaces.Append(type).Any(static i => i.Name == "IEnumerable")
                ? $"'{typeName}' is abstract, and nothing says what to create; add [JsonDerivedType] or [JsonConverter] to it"
            : null;
    }

    /// <summary>An enum by its names; null when a body could not name each value.</summary>
    private EnumCodec? ParseEnum(IPropertySymbol property, ITypeSymbol type)
    {
        // Where the document is declared to be written by names, they are its names, whatever the naming of the patch.
        EnumForm form = DocumentJson.FormOf(
            type, TargetOf(property) is { } target && target.Type.WithoutNullable().Is(type) ? target : null);
        var values = type.GetMembers().OfType<IFieldSymbol>().Where(static f => f.HasConstantValue).Select(field => (
            Field: field,
            JsonName: form == EnumForm.Names ? DocumentJson.NameOf(field)
                : field.Attribute(KnownTypes.JsonEnumMemberName)?.FirstArgument() as string
                    ?? field.Attribute(KnownTypes.EnumMember)?.Argument("Value") as string
                    ?? Naming.Convert(field.Name, _naming))).ToLookup(static value => value.JsonName, static value => value.Field);
        _enumReason = values.Count == 0 ? $"'{type.Name}' has no members, so that no value would be valid; declare some"
            : values.FirstOrDefault(static same => same.Any(f => !f.ConstantValue!.Equals(same.First().ConstantValue))) is { } same
                ? $"'{same.First().Name}' and '{same.Last().Name}' of '{type.Name}' are both \"{same.Key}\"; "
                    + "rename one with [JsonStringEnumMemberName]"
            : null;
        return _enumReason is not null ? null
            : new EnumCodec(type.ToBareSpec(), values.Select(static v => new EnumMemberSpec(v.Key, v.First().Name)).ToEquatable());
    }

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
