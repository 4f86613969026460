using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>A partial property of a patch: what the parser has to know of it, be it from its symbol or, where that says it all, from its syntax alone.</summary>
internal sealed class DeclaredProperty(string name, ITypeSymbol type, string modifiers, string getter, string setter, IReadOnlyList<DeclaredAttribute> attributes, Location location)
{
    public string Name { get; } = name;

    public ITypeSymbol Type { get; } = type;

    /// <summary>Its modifiers without <c>partial</c>.</summary>
    public string Modifiers { get; } = modifiers;

    /// <summary>The reading accessor, with a modifier of its own if it has one; empty when there is none.</summary>
    public string Getter { get; } = getter;

    /// <summary>The writing accessor, likewise.</summary>
    public string Setter { get; } = setter;

    public IReadOnlyList<DeclaredAttribute> Attributes { get; } = attributes;

    public Location Location { get; } = location;

    /// <summary>The symbol; null where it was not asked for, and the property has nothing about it that only a symbol could tell.</summary>
    public IPropertySymbol? Symbol { get; init; }

    public DeclaredAttribute? Attribute(string fullName)
    {
        foreach (DeclaredAttribute attribute in Attributes)
        {
            if (attribute.Is(fullName))
            {
                return attribute;
            }
        }

        return null;
    }

    public bool Has(string fullName) => Attribute(fullName) is not null;
}

/// <summary>An attribute of such a property.</summary>
internal sealed class DeclaredAttribute
{
    private readonly IReadOnlyDictionary<string, object>? _named;

    public DeclaredAttribute(AttributeData data)
    {
        Data = data;
        Type = data.AttributeClass!;
        Arguments = [.. data.ConstructorArguments.Select(static a => a.Kind == TypedConstantKind.Array ? null : a.Value)];
    }

    /// <summary>One whose arguments are literals.</summary>
    public DeclaredAttribute(INamedTypeSymbol type, object?[] arguments, IReadOnlyDictionary<string, object> named)
    {
        Type = type;
        Arguments = arguments;
        _named = named;
    }

    public INamedTypeSymbol Type { get; }

    /// <summary>The arguments of its constructor; null for an array, and for null.</summary>
    public object?[] Arguments { get; }

    /// <summary>All that the compiler knows of it; null where it was not asked.</summary>
    public AttributeData? Data { get; }

    public bool Is(string fullName) => Type.IsNamed(fullName);

    /// <summary>The value of a named argument; null when it is not there.</summary>
    public object? Argument(string name) => Data is not null ? Data.Argument(name) : _named!.TryGetValue(name, out object? value) ? value : null;

    public Location LocationOr(Location otherwise) => Data?.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : otherwise;
}
