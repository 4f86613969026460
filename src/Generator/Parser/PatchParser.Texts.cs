using System.Globalization;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Texts for people: messages of constraints and names of members, as constants or from resources.</content>
internal sealed partial class PatchParser
{
    private CheckSpec WithTexts(
        CheckSpec check, AttributeData attribute, IPropertySymbol property, TextSpec? displayName, string jsonName)
    {
        if (check is not RuleCheck rule || ParseMessage(attribute).Text is not { } message)
        {
            return check is AttributeCheck called ? called with { DisplayName = displayName } : check;
        }

        // {0} is the name, and {1}, {2} what DataAnnotations make them.
        var arguments = attribute.ConstructorArguments.Where(static a => a.Kind is not (TypedConstantKind.Array or TypedConstantKind.Type))
            .Select(ConstantParser.Parse).ToList();
        if (attribute.AttributeClass!.Name == "StringLengthAttribute")
        {
            arguments.Add(ConstantParser.Number(attribute.Argument("MinimumLength") as int? ?? 0, PlainType.Int32));
        }

        if (message.Resource is null)
        {
            CheckFormat(message.Text, arguments.Count + 1, attribute, property);
        }

        return rule with { Message = new MessageSpec(message, displayName ?? new TextSpec(jsonName, null), arguments.ToEquatable()) };
    }

    /// <summary>The name of a member for people; null where none is declared.</summary>
    private TextSpec? ParseDisplayName(IPropertySymbol property)
    {
        if (property.Attribute(KnownTypes.Display) is { } display && display.Argument("Name") is string { Length: > 0 } name)
        {
            (TextSpec? text, string? reason) = display.Argument("ResourceType") is INamedTypeSymbol resource
                ? ParseResource(resource, name)
                : (new TextSpec(name, null), null);
            Reject(DiagnosticDescriptors.Constraint, display.LocationOr(property), reason, "Display", property.Name);
            return text;
        }

        return property.Attribute(KnownTypes.DisplayName)?.FirstArgument() is string { Length: > 0 } constant
            ? new TextSpec(constant, null)
            : null;
    }

    /// <summary>The message that a constraint declares; null without one, or with a reason, which DataAnnotations throw for.</summary>
    private (TextSpec? Text, string? Reason) ParseMessage(AttributeData attribute)
    {
        var text = attribute.Argument("ErrorMessage") as string;
        var name = attribute.Argument("ErrorMessageResourceName") as string;
        return (attribute.Argument("ErrorMessageResourceType"), name) switch
        {
            (INamedTypeSymbol resource, { Length: > 0 }) when text is null => ParseResource(resource, name),
            (null, null) => (text is { Length: > 0 } ? new TextSpec(text, null) : null, null),
            _ when text is not null => (null, "it has ErrorMessage and a resource; remove one"),
            _ => (null, "ErrorMessageResourceType and ErrorMessageResourceName go together; set both"),
        };
    }

    private (TextSpec? Text, string? Reason) ParseResource(INamedTypeSymbol resource, string name) =>
        resource.TypeKind == TypeKind.Error ? (null, null) // The compiler reports it.
        : resource.GetMembers(name).OfType<IPropertySymbol>().Any(p =>
            p is { IsStatic: true, Type.SpecialType: SpecialType.System_String, GetMethod: { } getter }
            && _compilation.IsSymbolAccessibleWithin(getter, _type))
            ? (new TextSpec(name, resource.ToBareSpec()), null)
        : (null, $"'{resource.Name}' has no static property '{name}' of type string that can be read from here");

    // A message with other placeholders would throw when it is needed.
    private void CheckFormat(string format, int count, AttributeData attribute, IPropertySymbol property)
    {
        try
        {
            _ = string.Format(CultureInfo.InvariantCulture, format, new object[count]);
        }
        catch (FormatException)
        {
            string last = count == 1 ? "" : count == 2 ? " and {1}" : " to {2}";
            string reason = $"its message must be a format with no other placeholders than {{0}}{last}; double any other brace";
            string name = attribute.AttributeClass!.ShortName();
            Reject(DiagnosticDescriptors.Constraint, attribute.LocationOr(property), reason, name, property.Name);
        }
    }
}
