using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Emitter;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Constraints: DataAnnotations, compiled.</content>
internal sealed partial class PatchParser
{
    private ImmutableEquatableArray<CheckSpec> ParseChecks(IPropertySymbol property, ValueSpec value)
    {
        var checks = new List<CheckSpec>();
        foreach (AttributeData attribute in property.GetAttributes())
        {
            INamedTypeSymbol type = attribute.AttributeClass!;
            if (!IsValidation(type))
            {
                continue;
            }

            string name = type.Name.EndsWith("Attribute", StringComparison.Ordinal) ? type.Name.Substring(0, type.Name.Length - "Attribute".Length) : type.Name;
            (CheckSpec? check, string? reason) = value.Kind == ValueKind.Open ? (null, "it would be asked about members that are not modelled")
                : type.ContainingNamespace.ToDisplayString() + "." == KnownTypes.Annotations ? ParseCheck(name, attribute, property, value)
                : ParseRule(name, attribute);
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

    private static (CheckSpec? Check, string? Reason) ParseCheck(string name, AttributeData attribute, IPropertySymbol property, ValueSpec value)
    {
        object?[] arguments = attribute.Arguments();
        return name switch
        {
            "StringLength" => Length(property, value, attribute.Argument("MinimumLength") as int? ?? 0, arguments[0] as int? ?? int.MaxValue, stringsOnly: true),
            "Length" => Length(property, value, arguments[0] as int? ?? 0, arguments[1] as int? ?? int.MaxValue),
            "MinLength" => Length(property, value, arguments[0] as int? ?? 0, int.MaxValue),
            "MaxLength" => Length(property, value, 0, arguments is [int max] ? max : int.MaxValue),
            "Range" => Range(attribute, property, value),
            "RegularExpression" => Pattern(property, arguments[0] as string ?? "", value),
            "AllowedValues" => Allowed(attribute, property, value),
            "Required" => (null, "every member of a patch may be absent; remove it, and leave the property without '?' so that null is refused"),
            "DataType" => default, // Says how a value is shown.
            _ => ParseRule(name, attribute),
        };
    }

    /// <summary>Any other constraint: an instance is made once, with the same arguments, and asked.</summary>
    private static (CheckSpec? Check, string? Reason) ParseRule(string name, AttributeData attribute)
    {
        INamedTypeSymbol type = attribute.AttributeClass!;
        if (type.Inherits(KnownTypes.Annotations + "CompareAttribute"))
        {
            return (null, "it compares with another member, which may be absent; compare them in the handler's Validate");
        }

        if (type.IsFileLocal)
        {
            return (null, "it is local to its file, where generated code cannot see it");
        }

        string arguments = string.Join(", ", attribute.ConstructorArguments.Select(Constant));
        string named = string.Join(", ", attribute.NamedArguments.Select(static a => $"{CSharpLiteral.Identifier(a.Key)} = {Constant(a.Value)}"));
        string make = $"new {type.ToBareCode()}({arguments}){(named.Length > 0 ? $" {{ {named} }}" : "")}";
        string rule = CSharpLiteral.Of(name);
        return (new CheckSpec("CheckRule", rule, name, new RuleSpec(Json + "PatchRule", $"new({rule}, static () => {make})")), null);
    }

    /// <summary>An attribute's argument, written so that it means the same anywhere.</summary>
    private static string Constant(TypedConstant constant) => constant switch
    {
        { IsNull: true } => constant.Type is null ? "null" : $"default({constant.Type.ToBareCode()})!",
        { Kind: TypedConstantKind.Array } => $"new {constant.Type!.ToBareCode()} {{ {string.Join(", ", constant.Values.Select(Constant))} }}",
        { Kind: TypedConstantKind.Type } => $"typeof({((ITypeSymbol)constant.Value!).ToBareCode()})",
        { Kind: TypedConstantKind.Enum } => $"({constant.Type!.ToBareCode()})({Convert.ToString(constant.Value, CultureInfo.InvariantCulture)})",
        { Value: string text } => CSharpLiteral.Of(text),
        { Value: bool flag } => CSharpLiteral.Of(flag),
        { Value: char letter } => CSharpLiteral.Of(letter),
        _ => $"({constant.Type!.ToBareCode()})({CSharpLiteral.Number(constant.Value!, constant.Type!.SpecialType)})",
    };

    private static (CheckSpec? Check, string? Reason) Length(IPropertySymbol property, ValueSpec value, int minimum, int maximum, bool stringsOnly = false)
    {
        bool isString = property.Type.SpecialType == SpecialType.System_String;
        if (!isString && (stringsOnly || value.Kind != ValueKind.Items))
        {
            return (null, stringsOnly ? "only a string has this length" : "only strings and arrays have a length");
        }

        if (minimum < 0 || maximum < minimum)
        {
            return (null, "the lengths are negative or out of order");
        }

        string unit = isString ? "character" : "item";
        string comment = (minimum, maximum) switch
        {
            (0, _) => $"at most {maximum} {unit}{(maximum == 1 ? "" : "s")}",
            (_, int.MaxValue) => $"at least {minimum} {unit}{(minimum == 1 ? "" : "s")}",
            _ => $"{minimum} to {maximum} {unit}s",
        };
        string max = maximum == int.MaxValue ? "int.MaxValue" : CSharpLiteral.Of(maximum);
        return (new CheckSpec(isString ? "CheckLength" : "CheckCount", $"{CSharpLiteral.Of(minimum)}, {max}", comment), null);
    }

    private static (CheckSpec? Check, string? Reason) Range(AttributeData attribute, IPropertySymbol property, ValueSpec value)
    {
        ITypeSymbol type = property.Type.WithoutNullable();
        if (type.SpecialType is < SpecialType.System_SByte or > SpecialType.System_Double)
        {
            return (null, "only numbers have this range; give a TimeSpan its range by [IsoDuration]");
        }

        if (attribute.Argument("MinimumIsExclusive") is true || attribute.Argument("MaximumIsExclusive") is true)
        {
            return (null, "only inclusive limits are compiled");
        }

        object?[] limits = attribute.Arguments().Where(static a => a is not (null or ITypeSymbol)).ToArray();
        if (limits.Length != 2 || Limit(limits[0], type.SpecialType) is not { } minimum || Limit(limits[1], type.SpecialType) is not { } maximum
            || Comparer<object>.Default.Compare(minimum, maximum) > 0)
        {
            return (null, $"its limits must be numbers that a '{type.ToDisplayString()}' can hold, the lower first");
        }

        string from = CSharpLiteral.Number(minimum, type.SpecialType), to = CSharpLiteral.Number(maximum, type.SpecialType);
        string Cast(string number) => type.SpecialType <= SpecialType.System_UInt16 ? $"({value.Type}){(number[0] == '-' ? $"({number})" : number)}" : number;
        return (new CheckSpec("CheckRange", $"{Cast(from)}, {Cast(to)}", $"{from} to {to}"), null);
    }

    private static object? Limit(object? limit, SpecialType type)
    {
        try
        {
            Type target = type switch
            {
                SpecialType.System_SByte => typeof(sbyte),
                SpecialType.System_Byte => typeof(byte),
                SpecialType.System_Int16 => typeof(short),
                SpecialType.System_UInt16 => typeof(ushort),
                SpecialType.System_Int32 => typeof(int),
                SpecialType.System_UInt32 => typeof(uint),
                SpecialType.System_Int64 => typeof(long),
                SpecialType.System_UInt64 => typeof(ulong),
                SpecialType.System_Decimal => typeof(decimal),
                SpecialType.System_Single => typeof(float),
                _ => typeof(double),
            };
            return limit is null ? null : Convert.ChangeType(limit, target, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            return null;
        }
    }

    private static (CheckSpec? Check, string? Reason) Pattern(IPropertySymbol property, string pattern, ValueSpec value)
    {
        if (property.Type.SpecialType != SpecialType.System_String || value.Kind != ValueKind.Scalar)
        {
            return (null, "only a string has a pattern");
        }

        try
        {
            _ = new Regex(pattern);
        }
        catch (ArgumentException e)
        {
            return (null, "the pattern is not a regular expression: " + e.Message);
        }

        string text = CSharpLiteral.Of(pattern);
        return (new CheckSpec("CheckPattern", text, "matches " + pattern, new RuleSpec("global::System.Text.RegularExpressions.Regex", $"{Json}PatchPattern.Create({text})")), null);
    }

    private static (CheckSpec? Check, string? Reason) Allowed(AttributeData attribute, IPropertySymbol property, ValueSpec value)
    {
        ITypeSymbol type = property.Type.WithoutNullable();
        bool isString = type.SpecialType == SpecialType.System_String;
        bool isInteger = type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
        if (!isString && !isInteger)
        {
            return (null, "only strings and whole numbers can be listed; give an enum only the members that are allowed");
        }

        var items = new List<string>();
        foreach (TypedConstant constant in attribute.ConstructorArguments.SelectMany(static a => a.Kind == TypedConstantKind.Array && !a.IsNull ? a.Values.AsEnumerable() : [a]))
        {
            if (constant.IsNull)
            {
                continue; // Whether null may be sent is the property's own type.
            }

            string? item = isString ? constant.Value is string text ? CSharpLiteral.Of(text) : null : Limit(constant.Value, type.SpecialType) is { } number ? CSharpLiteral.Number(number, type.SpecialType) : null;
            if (item is null)
            {
                return (null, $"'{constant.Value}' is not a '{type.ToDisplayString()}'");
            }

            items.Add(item);
        }

        if (items.Count == 0)
        {
            return (null, "it lists no value");
        }

        string list = string.Join(", ", items);
        return (new CheckSpec("CheckAllowed", $"[{list}]", "one of " + list), null);
    }
}
