using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Constraints: DataAnnotations, and what is derived from them.</content>
internal sealed partial class PatchParser
{
    private ImmutableEquatableArray<CheckSpec> ParseChecks(IPropertySymbol property, CodecSpec codec)
    {
        var checks = new List<CheckSpec>();
        foreach (AttributeData attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || !IsValidation(type))
            {
                continue;
            }

            string name = type.Name.EndsWith("Attribute", StringComparison.Ordinal) ? type.Name.Substring(0, type.Name.Length - "Attribute".Length) : type.Name;
            (CheckSpec? check, string? reason) = codec is OpenCodec ? (null, "it would be called for members that are not modelled")
                : type.IsNamed(KnownTypes.Annotations + type.Name) ? ParseCheck(name, attribute, property, codec)
                : ParseAttribute(name, attribute);
            if (reason is not null)
            {
                Report(DiagnosticDescriptors.Constraint, attribute.LocationOr(property), name, property.Name, reason);
            }
            else if (check is not null)
            {
                checks.Add(check);
            }
        }

        return checks.ToEquatable();
    }

    internal static bool IsValidation(INamedTypeSymbol type) => type.Inherits(KnownTypes.ValidationAttribute);

    private static (CheckSpec? Check, string? Reason) ParseCheck(string name, AttributeData attribute, IPropertySymbol property, CodecSpec codec)
    {
        object?[] arguments = attribute.Arguments();
        return name switch
        {
            "StringLength" => Length(property, codec, attribute.Argument("MinimumLength") as int? ?? 0, arguments[0] as int? ?? int.MaxValue, stringsOnly: true),
            "Length" => Length(property, codec, arguments[0] as int? ?? 0, arguments[1] as int? ?? int.MaxValue),
            "MinLength" => Length(property, codec, arguments[0] as int? ?? 0, int.MaxValue),
            "MaxLength" => Length(property, codec, 0, arguments is [int max] ? max : int.MaxValue),
            "Range" => Range(attribute, property, codec),
            "RegularExpression" => Pattern(codec, arguments[0] as string ?? ""),
            "AllowedValues" => Allowed(attribute, property, codec),
            "Required" => (null, "every member of a patch may be absent; remove it, and leave the property without '?' so that null is refused"),
            "DataType" => default, // Says how a value is shown.
            _ => ParseAttribute(name, attribute),
        };
    }

    private static (CheckSpec? Check, string? Reason) Rule(string rule, TypeSpec[] types, params ConstantSpec[] arguments) =>
        (new RuleCheck(rule, types.ToEquatable(), arguments.ToEquatable()), null);

    /// <summary>Any other constraint: the attribute itself is made once, with the same arguments, and called.</summary>
    private static (CheckSpec? Check, string? Reason) ParseAttribute(string name, AttributeData attribute)
    {
        INamedTypeSymbol type = attribute.AttributeClass!;
        return type.Inherits(KnownTypes.Annotations + "CompareAttribute") ? (null, "it compares with another member, which may be absent; compare them in the handler's Validate")
            : type.IsFileLocal ? (null, "it is local to its file, where generated code cannot see it")
            : (new AttributeCheck(
                name,
                type.ToBareSpec(),
                attribute.ConstructorArguments.Select(ConstantParser.Parse).ToEquatable(),
                attribute.NamedArguments.Select(static a => new NamedConstant(a.Key, ConstantParser.Parse(a.Value))).ToEquatable()), null);
    }

    private static (CheckSpec? Check, string? Reason) Length(IPropertySymbol property, CodecSpec codec, int minimum, int maximum, bool stringsOnly = false)
    {
        bool isString = property.Type.SpecialType == SpecialType.System_String;
        return !isString && (stringsOnly || codec is not (ArrayCodec or CollectionCodec)) ? (null, stringsOnly ? "only a string has this length" : "only strings and arrays have a length")
            : minimum < 0 || maximum < minimum ? (null, "the lengths are negative or out of order")
            : Rule(isString ? "Length" : "Count", isString ? [] : [codec.Type, ItemType(codec)], ConstantParser.Number(minimum), ConstantParser.Number(maximum));
    }

    private static TypeSpec ItemType(CodecSpec codec) => codec is CollectionCodec collection ? collection.Array.Item.Type : ((ArrayCodec)codec).Item.Type;

    private static (CheckSpec? Check, string? Reason) Range(AttributeData attribute, IPropertySymbol property, CodecSpec codec)
    {
        ITypeSymbol type = property.Type.WithoutNullable();
        if (ConstantParser.NumberTypeOf(type) is not { } numbers)
        {
            return (null, "only numbers have this range; give a TimeSpan its range by [IsoDuration]");
        }

        if (attribute.Argument("MinimumIsExclusive") is true || attribute.Argument("MaximumIsExclusive") is true)
        {
            return (null, "only inclusive limits are compiled");
        }

        object?[] limits = attribute.Arguments().Where(static a => a is not (null or ITypeSymbol)).ToArray();
        return limits.Length == 2 && ConstantParser.Convert(limits[0], numbers) is { } minimum && ConstantParser.Convert(limits[1], numbers) is { } maximum
            && Comparer<object>.Default.Compare(minimum, maximum) <= 0
            ? Rule("Range", [codec.Type], ConstantParser.Number(minimum, numbers), ConstantParser.Number(maximum, numbers))
            : (null, $"its limits must be numbers that a '{type.ToDisplayString()}' can hold, the lower first");
    }

    private static (CheckSpec? Check, string? Reason) Pattern(CodecSpec codec, string pattern)
    {
        if (codec is not PlainCodec { Kind: PlainType.String })
        {
            return (null, "only a string has a pattern");
        }

        try
        {
            _ = new Regex(pattern);
            return Rule("Pattern", [], new StringConstant(pattern));
        }
        catch (ArgumentException e)
        {
            return (null, "the pattern is not a regular expression: " + e.Message);
        }
    }

    private static (CheckSpec? Check, string? Reason) Allowed(AttributeData attribute, IPropertySymbol property, CodecSpec codec)
    {
        ITypeSymbol type = property.Type.WithoutNullable();
        NumberType? numbers = ConstantParser.NumberTypeOf(type);
        if (type.SpecialType != SpecialType.System_String && numbers is null or NumberType.Single or NumberType.Double or NumberType.Decimal)
        {
            return (null, "only strings and whole numbers can be listed; give an enum only the members that are allowed");
        }

        var items = new List<ConstantSpec>();
        foreach (TypedConstant constant in attribute.ConstructorArguments.SelectMany(static a => a.Kind == TypedConstantKind.Array && !a.IsNull ? a.Values.AsEnumerable() : [a]))
        {
            if (constant.IsNull)
            {
                continue; // Whether null may be sent depends on the property's type.
            }

            ConstantSpec? item = numbers is null ? constant.Value is string text ? new StringConstant(text) : null
                : ConstantParser.Convert(constant.Value, numbers.Value) is { } number ? ConstantParser.Number(number, numbers.Value) : null;
            if (item is null)
            {
                return (null, $"'{constant.Value}' is not a '{type.ToDisplayString()}'");
            }

            items.Add(item);
        }

        return items.Count == 0 ? (null, "it lists no value") : Rule("Allowed", [codec.Type], [.. items]);
    }
}
