using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>
/// Reads the properties of a plain record from its syntax: one declaration, nothing in it but partial properties, attributes with literal arguments; and those of its document, if that is plain too. To
/// ask the compiler for the members of a record makes it build all that a record has and bind every attribute, which costs more than all else that the generator does; of a plain one the syntax says as much.
/// </summary>
/// <remarks>Whatever is not plain, or looks wrong, is left to the symbols. The tests hold the two to the same specs.</remarks>
internal sealed class PlainDeclaration
{
    private static readonly string[] Modifiers = ["public", "internal", "protected", "private", "partial"];

    // The constructors whose arguments are understood: i an int, d a number, s a string.
    private static readonly Dictionary<string, string[]> Constructors = new()
    {
        [KnownTypes.JsonPropertyName] = ["s"],
        [KnownTypes.JsonExtensionData] = [""],
        [KnownTypes.PatchTo] = ["s"],
        [KnownTypes.FencedUntil] = ["s"],
        [KnownTypes.Selector] = [""],
        [KnownTypes.Distinct] = [""],
        [KnownTypes.IsoDuration] = ["ss"],
        [KnownTypes.Annotations + "StringLengthAttribute"] = ["i"],
        [KnownTypes.Annotations + "LengthAttribute"] = ["ii"],
        [KnownTypes.Annotations + "MinLengthAttribute"] = ["i"],
        [KnownTypes.Annotations + "MaxLengthAttribute"] = ["", "i"],
        [KnownTypes.Annotations + "RangeAttribute"] = ["ii", "dd"],
        [KnownTypes.Annotations + "RegularExpressionAttribute"] = ["s"],
    };

    private readonly NameScope _scope;
    private readonly SemanticModel _model;
    private readonly NullableAnnotation _unmarked;

    private PlainDeclaration(NameScope scope, SemanticModel model, SyntaxNode declaration)
    {
        _scope = scope;
        _model = model;
        _unmarked = model.GetNullableContext(declaration.SpanStart).AnnotationsEnabled() ? NullableAnnotation.NotAnnotated : NullableAnnotation.None;
    }

    /// <summary>The properties of a record; null when it is not plain.</summary>
    public static List<DeclaredProperty>? Read(INamedTypeSymbol type, TypeDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellationToken)
    {
        if (type.DeclaringSyntaxReferences.Length != 1 || type.ContainingType is not null
            || declaration is not RecordDeclarationSyntax { ParameterList: null, BaseList: null, TypeParameterList: null }
            || NameScope.Of(declaration, type.ContainingNamespace, model.Compilation, cancellationToken) is not { } scope)
        {
            return null;
        }

        var plain = new PlainDeclaration(scope, model, declaration);
        var properties = new List<DeclaredProperty>(declaration.Members.Count);
        var names = new HashSet<string> { type.Name };
        foreach (MemberDeclarationSyntax member in declaration.Members)
        {
            if (member is not PropertyDeclarationSyntax syntax || plain.Property(syntax) is not { } property || !names.Add(property.Name) || TakenNames.IsReservedForMembers(property.Name))
            {
                return null;
            }

            properties.Add(property);
        }

        return properties;
    }

    /// <summary>The properties of a document; null when it is not plain: of one declaration, without a base, parameters and types within it, and all its properties public.</summary>
    public static List<DocumentProperty>? ReadDocument(ITypeSymbol? document, Compilation compilation, CancellationToken cancellationToken)
    {
        if (document is not INamedTypeSymbol { ContainingType: null, DeclaringSyntaxReferences: [var reference] }
            || !compilation.ContainsSyntaxTree(reference.SyntaxTree) // of a project that is referred to, in an editor
            || reference.GetSyntax(cancellationToken) is not TypeDeclarationSyntax { ParameterList: null, BaseList: null, TypeParameterList: null } declaration
            || NameScope.Of(declaration, document.ContainingNamespace, compilation, cancellationToken) is not { } scope)
        {
            return null;
        }

        var plain = new PlainDeclaration(scope, compilation.GetSemanticModel(declaration.SyntaxTree), declaration);
        var properties = new List<DocumentProperty>(declaration.Members.Count);
        var names = new HashSet<string>();
        foreach (MemberDeclarationSyntax member in declaration.Members)
        {
            if (member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            {
                return null;
            }

            if (member is PropertyDeclarationSyntax syntax)
            {
                if (plain.DocumentProperty(syntax) is not { } property || !names.Add(property.Name))
                {
                    return null;
                }

                properties.Add(property);
            }
        }

        return properties;
    }

    private DocumentProperty? DocumentProperty(PropertyDeclarationSyntax syntax)
    {
        SyntaxList<AccessorDeclarationSyntax> accessors = syntax.AccessorList?.Accessors ?? default;
        if (syntax.ExplicitInterfaceSpecifier is not null || !syntax.Modifiers.Any(SyntaxKind.PublicKeyword) || !syntax.Modifiers.All(static m => m.Text is "public" or "required" or "virtual")
            || accessors.Any(static a => a.Modifiers.Count > 0) || Type(syntax.Type) is not { } type || TypedAttributes(syntax) is not { } attributes)
        {
            return null;
        }

        bool isInitOnly = accessors.Any(SyntaxKind.InitAccessorDeclaration);
        return new DocumentProperty(
            syntax.Identifier.ValueText, type, isInitOnly || accessors.Any(SyntaxKind.SetAccessorDeclaration), isInitOnly, [.. attributes.Select(static a => a.Type.FullName)]);
    }

    private DeclaredProperty? Property(PropertyDeclarationSyntax syntax)
    {
        if (syntax is not { Initializer: null, ExpressionBody: null, ExplicitInterfaceSpecifier: null, AccessorList.Accessors: [{ RawKind: (int)SyntaxKind.GetAccessorDeclaration } getter, var setter] }
            || !IsBare(getter) || !IsBare(setter) || !(setter.IsKind(SyntaxKind.InitAccessorDeclaration) || setter.IsKind(SyntaxKind.SetAccessorDeclaration))
            || !syntax.Modifiers.Any(SyntaxKind.PartialKeyword) || !syntax.Modifiers.All(static m => Modifiers.Contains(m.Text))
            || Type(syntax.Type) is not { } type || Attributes(syntax) is not { } attributes)
        {
            return null;
        }

        string modifiers = string.Join(" ", syntax.Modifiers.Where(static m => !m.IsKind(SyntaxKind.PartialKeyword)).Select(static m => m.Text));
        return new DeclaredProperty(syntax.Identifier.ValueText, type, modifiers, "get", setter.Keyword.Text, attributes, Location.None);
    }

    private static bool IsBare(AccessorDeclarationSyntax accessor) => accessor is { Body: null, ExpressionBody: null, Modifiers.Count: 0, AttributeLists.Count: 0 };

    private ITypeSymbol? Type(TypeSyntax syntax)
    {
        (TypeSyntax named, bool isMarked) = syntax is NullableTypeSyntax nullable ? (nullable.ElementType, true) : (syntax, false);
        return _scope.Type(named, _model) switch
        {
            { IsValueType: true } value => isMarked ? _scope.Nullable(value) : value.WithNullableAnnotation(NullableAnnotation.NotAnnotated),
            var reference => reference?.WithNullableAnnotation(isMarked ? NullableAnnotation.Annotated : _unmarked),
        };
    }

    /// <summary>The attributes of a property; null when the type of one cannot be told, or it is meant for something else.</summary>
    private List<(AttributeSyntax Syntax, AttributeType Type)>? TypedAttributes(PropertyDeclarationSyntax property)
    {
        var attributes = new List<(AttributeSyntax, AttributeType)>();
        foreach (AttributeListSyntax list in property.AttributeLists)
        {
            foreach (AttributeSyntax syntax in list.Attributes)
            {
                if (list.Target is not null || _scope.Attribute(syntax, _model) is not { } type)
                {
                    return null;
                }

                attributes.Add((syntax, type));
            }
        }

        return attributes;
    }

    private List<DeclaredAttribute>? Attributes(PropertyDeclarationSyntax property)
    {
        if (TypedAttributes(property) is not { } typed)
        {
            return null;
        }

        var attributes = new List<DeclaredAttribute>(typed.Count);
        foreach ((AttributeSyntax syntax, AttributeType type) in typed)
        {
            if (Constructors.TryGetValue(type.FullName, out string[]? constructors))
            {
                if (Attribute(type.Symbol, syntax, constructors) is not { } attribute)
                {
                    return null;
                }

                attributes.Add(attribute);
            }
            else if (type.IsValidation)
            {
                return null;
            }
        }

        return attributes;
    }

    private static DeclaredAttribute? Attribute(INamedTypeSymbol type, AttributeSyntax syntax, string[] constructors)
    {
        var arguments = new List<object?>();
        var named = new Dictionary<string, object>();
        foreach (AttributeArgumentSyntax argument in syntax.ArgumentList?.Arguments ?? default)
        {
            if (argument.NameColon is not null || Literal(argument.Expression) is not { } value)
            {
                return null;
            }

            if (argument.NameEquals is { Name.Identifier.ValueText: var name })
            {
                named[name] = value;
            }
            else
            {
                arguments.Add(value);
            }
        }

        return constructors.FirstOrDefault(constructor => Fits(constructor, arguments)) switch
        {
            null => null,
            "dd" => new DeclaredAttribute(type, [.. arguments.Select(static a => (object?)Convert.ToDouble(a, System.Globalization.CultureInfo.InvariantCulture))], named),
            _ => new DeclaredAttribute(type, [.. arguments], named),
        };
    }

    private static bool Fits(string constructor, List<object?> arguments) =>
        constructor.Length == arguments.Count
        && arguments.Select((argument, i) => (Kind: constructor[i], Argument: argument)).All(static pair => (pair.Kind, pair.Argument) is ('i', int) or ('d', int or double) or ('s', string));

    private static object? Literal(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => literal.Token.Value,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: int number } } => -number,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: double number } } => -number,
        _ => null,
    };
}
