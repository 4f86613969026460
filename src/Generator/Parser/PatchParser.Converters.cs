using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Types that System.Text.Json reads: by a converter, or by a serializer context.</content>
internal sealed partial class PatchParser
{
    /// <summary>The converter of a member: its own, or that of the document's property, by which responses are written.</summary>
    private AttributeData? ConverterOf(IPropertySymbol property) =>
        ConverterOn(property) ?? (TargetOf(property) is { } target && target.Type.WithoutNullable().Is(property.Type.WithoutNullable())
            ? ConverterOn(target)
            : null);

    private static AttributeData? ConverterOn(ISymbol symbol) => symbol.GetAttributes().FirstOrDefault(static a => a.NamesConverter());

    /// <summary>The converter of a property; null when generated code cannot create it.</summary>
    private ConverterCodec? ParseConverter(ITypeSymbol type, AttributeData attribute)
    {
        var converter = attribute.FirstArgument() as INamedTypeSymbol;
        ITypeSymbol? read = converter?.BaseTypes().OfType<INamedTypeSymbol>()
            .FirstOrDefault(static b => b is { Name: "JsonConverter", TypeArguments.Length: 1 })?.TypeArguments[0];
        INamedTypeSymbol created = converter ?? attribute.AttributeClass!;
        _converterReason = !_compilation.IsSymbolAccessibleWithin(created, _type) || created.IsFileLocal
                ? $"its converter '{created.Name}' cannot be accessed from here"
            : read is not null && !read.Is(type)
                ? $"its converter '{created.Name}' reads '{read.ToDisplayString()}'; a converter of '{type.ToDisplayString()}' is needed"
            : null;
        return _converterReason is null
            ? new ConverterCodec(type.ToBareSpec(), ConstantParser.Parse(attribute), ConverterContext())
            : null;
    }

    /// <summary>A type that has a converter, found by the runtime; null for any other type.</summary>
    private ConverterCodec? ParseTypeConverter(ITypeSymbol type) =>
        type.TypeKind is not (TypeKind.Enum or TypeKind.Array) && type.ToPlainType() is null && type.PatchAttribute() is null
        && (ConverterOn(type) is not null || MayGetConverter(type))
            ? new ConverterCodec(type.ToBareSpec(), null, ConverterContext())
            : null;

    private ContextSpec? ConverterContext() =>
        NamedContext is { } context && ContextReason(_patch, context) is null ? ContextOf(_patch, context) : null;

    // Value objects have a converter that another generator writes, which is seen only by the analyzer. It reports the type if none came.
    private bool MayGetConverter(ITypeSymbol type) =>
        !_seesGenerated && (NamedContext is not { } context || ContextReason(type, context) is not null)
        && type.DeclaringSyntaxReferences.Any(r => r.GetSyntax(_cancellationToken) is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Any other type, by the serializer context that the patch names and that lists it.</summary>
    private ContextCodec? ParseThroughContext(ITypeSymbol type)
    {
        if (NamedContext is not { } context)
        {
            return null;
        }

        string? reason = ContextReason(type, context);
        _contextReason ??= reason; // Of a list, the first reason is about its items.
        return reason is null ? new ContextCodec(type.ToBareSpec(), ContextOf(_patch, context)) : null;
    }

    /// <summary>The context that the patch names.</summary>
    private INamedTypeSymbol? NamedContext => _patch.Argument("Context") as INamedTypeSymbol is { TypeKind: not TypeKind.Error } named
        ? named
        : null;

    private static ContextSpec ContextOf(AttributeData attribute, INamedTypeSymbol context) =>
        new(context.ToBareSpec(), InstanceOf(attribute) ?? "Default");

    private static string? InstanceOf(AttributeData attribute) => attribute.Argument("ContextInstance") as string;

    /// <summary>What is wrong with the context that an attribute names; null when nothing is.</summary>
    private string? ContextReason(AttributeData attribute, INamedTypeSymbol context)
    {
        if (context.BaseType?.Inherits(KnownTypes.JsonSerializerContext) is not true)
        {
            return $"'{context.Name}', its Context, is not a JsonSerializerContext";
        }

        if (!_compilation.IsSymbolAccessibleWithin(context, _type))
        {
            return $"'{context.Name}', its Context, cannot be accessed from here";
        }

        // 'Default' is generated, and not seen here.
        return InstanceOf(attribute) is not { } instance || context.GetMembers(instance).Any(IsInstance) ? null
            : $"'{context.Name}' has no static property or field '{instance}' with a context, which ContextInstance names";
    }

    private bool IsInstance(ISymbol member) => member.IsStatic && _compilation.IsSymbolAccessibleWithin(member, _type) && member switch
    {
        IPropertySymbol property => property.GetMethod is not null && property.Type.Inherits(KnownTypes.JsonSerializerContext),
        IFieldSymbol field => field.Type.Inherits(KnownTypes.JsonSerializerContext),
        _ => false,
    };

    /// <summary>Why the context does not read a type; null where it does.</summary>
    private string? ContextReason(ITypeSymbol type, INamedTypeSymbol context)
    {
        bool isListed = context.GetAttributes().Any(a => a.Is(KnownTypes.JsonSerializable)
            && a.ConstructorArguments is [{ Value: ITypeSymbol listed }] && listed.Is(type));
        string typeName = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return ContextReason(_patch, context)
            ?? (type.PatchAttribute() is not null ? $"'{type.Name}' is a patch, and a list is replaced; list the type that it patches"
            : !isListed ? $"its Context does not list '{type.Name}'; add [JsonSerializable(typeof({typeName}))] to '{context.Name}'"
            : InstanceOf(_patch) is not null || DocumentJson.HasConverters(context) ? null
            : UnreadableReason(type, typeName));
    }

    // Of what System.Text.Json's generator writes and does not read; the runtime finds the rest, such as parts of other types.
    private static string? UnreadableReason(ITypeSymbol type, string typeName)
    {
        bool isAbstract = type is { IsAbstract: true, TypeKind: TypeKind.Class or TypeKind.Interface }
            && type.Locations.Any(static l => l.IsInSource);
        return type.ContainingNamespace?.ToName() == "System.Collections.Frozen"
                ? $"System.Text.Json writes a '{typeName}' and does not read one; "
                    + "declare a type that can be filled, such as HashSet or Dictionary"
            : isAbstract
                && !type.Has(KnownTypes.JsonDerivedType)
                && !type.AllInterfaces.Append(type).Any(static i => i.Name == "IEnumerable")
                ? $"'{typeName}' is abstract, and nothing says what to create; add [JsonDerivedType] or [JsonConverter] to it"
            : null;
    }
}
