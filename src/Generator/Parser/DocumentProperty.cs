using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>A property of a document, as far as a member of a patch can mean it: from its symbol or, where that says it all, from its syntax alone.</summary>
internal sealed class DocumentProperty
{
    private readonly IPropertySymbol? _symbol;
    private readonly IReadOnlyCollection<string> _attributes;

    public DocumentProperty(IPropertySymbol symbol)
    {
        (Name, Type) = (symbol.Name, symbol.Type);
        (_symbol, _attributes) = (symbol, []);
        IsInitOnly = symbol.SetMethod is { IsInitOnly: true };
    }

    /// <summary>A public one, whose accessors have no modifiers, with the full names of its attributes.</summary>
    public DocumentProperty(string name, ITypeSymbol type, bool hasSetter, bool isInitOnly, IReadOnlyCollection<string> attributes)
    {
        (Name, Type) = (name, type);
        (HasPublicSetter, IsInitOnly) = (hasSetter, isInitOnly);
        _attributes = attributes;
    }

    public string Name { get; }

    public ITypeSymbol Type { get; }

    /// <summary>It can be set in an initializer, and not afterwards.</summary>
    public bool IsInitOnly { get; }

    private bool HasPublicSetter { get; }

    public bool Has(string fullName) => _symbol?.Has(fullName) ?? _attributes.Contains(fullName);

    /// <summary>It has a setter that code within a type may call.</summary>
    public bool IsSettableWithin(INamedTypeSymbol type, Compilation compilation) =>
        _symbol is null ? HasPublicSetter : _symbol.SetMethod is { } setter && compilation.IsSymbolAccessibleWithin(setter, type);
}
