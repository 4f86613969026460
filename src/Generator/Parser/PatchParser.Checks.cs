using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Check = (Layers.PatchGen.Generator.Model.CheckSpec? Spec, string? Reason);

namespace Layers.PatchGen.Generator.Parser;

/// <content>Constraints: DataAnnotations, and what is derived from them.</content>
internal sealed partial class PatchParser
{
    private ImmutableEquatableArray<CheckSpec> ParseChecks(IPropertySymbol property, string jsonName, CodecSpec codec)
    {
        AttributeData[] constraints = [.. property.GetAttributes().Where(static a => a.AttributeClass is { } type && IsValidation(type))];
        if (constraints.Length == 0)
        {
            return ImmutableEquatableArray<CheckSpec>.Empty;
        }

        var checks = new List<CheckSpec>();
        TextSpec? displayName = ParseDisplayName(property);
        foreach (AttributeData attribute in constraints)
        {
            INamedTypeSymbol type = attribute.AttributeClass!;
            string name = type.ShortName();
            (CheckSpec? check, string? reason) = ParseMessage(attribute) is (null, { } wrong) ? (null, wrong)
                : codec is OpenCodec ? (null, "it would be called for members that are not modelled")
                : type.IsNamed(KnownTypes.Annotations + type.Name) ? ParseCheck(name, attribute, property, codec)
                : ParseAttribute(name, attribute);
            if (!Reject(DiagnosticDescriptors.Constraint, attribute.LocationOr(property), reason, name, property.Name) && check is not null)
            {
                checks.Add(WithTexts(check, attribute, property, displayName, jsonName));
            }
        }

        return checks.ToEquatable();
    }

    internal static bool IsValidation(INamedTypeSymbol type) => type.Inherits(KnownTypes.ValidationAttribute);

    private static Check ParseCheck(string name, AttributeData attribute, IPropertySymbol property, CodecSpec codec)
    {
        object?[] arguments = attribute.Arguments();
        return name switch
        {
            "StringLength" when !IsString(codec) => (null, "only a string has this length; write [Length] for anything else that has one"),
            "StringLength" => Length(codec, attribute.Argument("MinimumLength") as int? ?? 0, arguments[0] as int? ?? int.MaxValue),
            "Length" => Length(codec, arguments[0] as int? ?? 0, arguments[1] as int? ?? int.MaxValue),
            "MinLength" => Length(codec, arguments[0] as int? ?? 0, int.MaxValue),
            "MaxLength" => Length(codec, 0, arguments is [int max] ? max : int.MaxValue),
            "Range" => RangeParser.Parse(attribute, property.Type.WithoutNullable(), codec.Type),
            "RegularExpression" => Pattern(codec, arguments[0] as string ?? ""),
            "Base64String" => IsString(codec) ? Rule("Base64", []) : (null, "only a string can be Base64"),
            "EmailAddress" or "Phone" or "CreditCard" or "FileExtensions" when !IsString(codec) => (null, "it accepts only strings"),
            "EnumDataType" when arguments is not [INamedTypeSymbol { TypeKind: TypeKind.Enum }] => (null, "its type must be an enum"),
            "CustomValidation" when !NamesValidator(arguments) =>
                (null, "it must name a public static method of a public type that takes the value and returns a ValidationResult"),
            "AllowedValues" => Allowed(attribute, property, codec),
            "Required" => (null, "every member of a patch may be absent; remove it, and declare the property without '?' to reject null"),
            "DataType" => default, // Only for display.
            _ => ParseAttribute(name, attribute),
        };
    }

    private static bool NamesValidator(object?[] arguments) =>
        arguments is [INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type, string name]
        && type.GetMembers(name).OfType<IMethodSymbol>().Any(static m =>
            m is { IsStatic: true, DeclaredAccessibility: Accessibility.Public, Parameters.Length: 1 or 2 }
            && m.ReturnType.IsNamed(KnownTypes.Annotations + "ValidationResult"));

    private static bool IsString(CodecSpec codec) => codec is PlainCodec { Kind: PlainType.String };

    internal static Check Rule(string rule, TypeSpec[] types, params ConstantSpec[] arguments) =>
        (new RuleCheck(rule, types.ToEquatable(), arguments.ToEquatable()), null);

    /// <summary>Any other constraint: the attribute itself is created once, with the same arguments, and called.</summary>
    private static Check ParseAttribute(string name, AttributeData attribute)
    {
        INamedTypeSymbol type = attribute.AttributeClass!;
        string? reason = type.IsFileLocal ? "it is local to its file, where generated code cannot see it"
            : type.Inherits(KnownTypes.Annotations + "CompareAttribute")
                ? "it compares with another member, which may be absent; compare them in the handler's Validate"
            : null;
        return reason is not null ? (null, reason) : (new AttributeCheck(name, ConstantParser.Parse(attribute)), null);
    }

    private static Check Length(CodecSpec codec, int minimum, int maximum)
    {
        ConstantSpec min = ConstantParser.Number(minimum, PlainType.Int32), max = ConstantParser.Number(maximum, PlainType.Int32);
        ConstantSpec[] limits = maximum == int.MaxValue ? [min] : [min, max];
        return minimum < 0 || maximum < minimum ? (null, "the lengths are negative or out of order") : codec switch
        {
            PlainCodec { Kind: PlainType.String } => Rule("Length", [], limits),
            PlainCodec { Kind: PlainType.Bytes } => Rule("Bytes", [], limits),
            ArrayCodec array => Rule("Count", [codec.Type, array.Item.Type], limits),
            CollectionCodec collection => Rule("Count", [codec.Type, collection.Array.Item.Type], limits),
            MapCodec when minimum > 0 =>
                (null, "a body has only the members that change; write [MaxLength] alone, and check the least in the handler"),
            MapCodec map => Rule("Keys", [codec.Type, map.Key, map.Item.Type], max),
            _ => (null, "only strings, lists, dictionaries and bytes have a length"),
        };
    }

    private static Check Pattern(CodecSpec codec, string pattern)
    {
        if (!IsString(codec))
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

    private static Check Allowed(AttributeData attribute, IPropertySymbol property, CodecSpec codec)
    {
        ITypeSymbol type = property.Type.WithoutNullable();
        if (type.ToPlainType() is not (PlainType.String or (>= PlainType.SByte and <= PlainType.UInt64)))
        {
            return (null, "only strings and whole numbers can be listed; give an enum only the members that are allowed");
        }

        var items = new List<ConstantSpec>();
        foreach (TypedConstant constant in attribute.ConstructorArguments.SelectMany(static a => a.Items()))
        {
            if (constant.IsNull)
            {
                continue; // Whether null may be sent depends on the property's type.
            }

            ConstantSpec? item = type.ToNumberType() is not { } numbers ? constant.Value is string text ? new StringConstant(text) : null
                : ConstantParser.Convert(constant.Value, numbers) is { } number ? ConstantParser.Number(number, numbers)
                : null;
            if (item is null)
            {
                return (null, $"'{constant.Value}' is not a '{type.ToDisplayString()}'");
            }

            items.Add(item);
        }

        return items.Count == 0 ? (null, "it lists no value") : Rule("Allowed", [codec.Type], [.. items]);
    }
}
