using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Documents: the type that a patch is applied to, and which of its properties a member means.</content>
internal sealed partial class PatchParser
{
    private bool IsCopied => _document is { IsRecord: true } or { IsValueType: true };

    private DocumentSpec? ParseDocument()
    {
        if (_document is null)
        {
            return null;
        }

        IPropertySymbol? changedAt = _documentProperties.FirstOrDefault(static p => p.Has(KnownTypes.ChangedAt));
        ITypeSymbol? time = changedAt?.Type.WithoutNullable();
        bool hasOffset = time?.IsNamed("System.DateTimeOffset") is true;
        bool isTime = hasOffset || time?.SpecialType == SpecialType.System_DateTime;
        string? reason = changedAt is not null && (!isTime || !IsSettable(changedAt))
                ? $"[ChangedAt] '{changedAt.Name}' must be a DateTime or DateTimeOffset that can be set"
            : _document.TypeKind is not (TypeKind.Class or TypeKind.Struct) ? "a document is a record, a class or a struct"
            : _document.IsNullable() ? "a document is named without '?'"
            : _document.Is(_type) ? "it is the patch itself; name the type that is stored"
            : _document is INamedTypeSymbol { IsFileLocal: true } ? "it is local to its file, where generated code cannot see it"
            : null;
        if (reason is not null)
        {
            string displayName = _document.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            Reject(DiagnosticDescriptors.Document, _patch.LocationOr(_type), reason, displayName);
        }

        TypeSpec type = _document.ToBareSpec();
        string? name = _document.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToName() : null;
        string prefix = $"global::{CSharp.Namespace(name ?? "")}.";
        bool isInNamespace = name is not null && type.Name.StartsWith(prefix, StringComparison.Ordinal);
        return new DocumentSpec(
            isInNamespace ? name : null,
            isInNamespace ? type.Name.Substring(prefix.Length) : type.Name,
            _document.Name,
            IsCopied ? DocumentUpdate.With : DocumentUpdate.InPlace,
            changedAt is null ? null : new ChangedAtSpec(changedAt.Name, hasOffset),
            _documentProperties.Find(static p => IsInJson(p) && (HasCode(p.GetMethod) || HasCode(p.SetMethod)))?.Name,
            ParseExposure());
    }

    private static bool IsInJson(IPropertySymbol property) =>
        (property.DeclaredAccessibility == Accessibility.Public || property.Has(KnownTypes.JsonInclude))
        && property.Attribute(KnownTypes.JsonIgnore) is not { NamedArguments.IsEmpty: true };

    /// <summary>The accessor is not automatic: what it returns or stores may be another value.</summary>
    private static bool HasCode(IMethodSymbol? accessor) => accessor is { IsAbstract: false }
        && (accessor.DeclaringSyntaxReferences is [var declaration]
            ? accessor.AssociatedSymbol is IPropertySymbol { IsPartialDefinition: true } || declaration.GetSyntax()
                is AccessorDeclarationSyntax { Body: not null }
                or AccessorDeclarationSyntax { ExpressionBody: not null }
                or ArrowExpressionClauseSyntax
            : !accessor.IsImplicitlyDeclared && !accessor.Has(KnownTypes.CompilerGenerated));

    /// <summary>The document's property of a member; null, and reported, when none fits.</summary>
    private TargetSpec? ParseTarget(IPropertySymbol property, CodecSpec codec)
    {
        if (_document is null)
        {
            return null;
        }

        AttributeData? patchTo = property.Attribute(KnownTypes.PatchTo);
        string name = TargetName(property);
        IPropertySymbol? target = TargetOf(property);
        MapTargetSpec? map = null;
        ListTargetSpec? list = codec is MapCodec { IsList: true } && target is not null ? ParseListTarget(property, target) : null;
        if (codec is MapCodec { IsList: true } && target is not null && list is null)
        {
            return null; // It was reported.
        }

        string? reason = target is null ? $"it has no property '{name}'; {Suggestion(property)}"
            : !IsSettable(target) && list?.Update != ListUpdate.InPlaceOnly ? $"its property '{name}' cannot be set{Advice}"
            : !IsUsable(target.GetMethod ?? target.OverriddenProperty?.GetMethod)
                ? $"its property '{name}' cannot be read, and it is set only to a value that differs"
            : target.Attribute(KnownTypes.Obsolete)?.Arguments() is [_, true] ? $"its '{name}' is obsolete as an error; make that a warning"
            : target.Has(KnownTypes.Key) ? $"'{name}' is its [Key], which never changes; make the member a [Selector], or remove it"
            : EntityTargetReason(target) is { } own ? own
            : target.Has(KnownTypes.ChangedAt) ? $"'{name}' is set to the time of each change; remove the member"
            : TypeMismatch(property, target, codec, out map);
        if (reason is not null)
        {
            Location location = patchTo?.LocationOr(property) ?? LocationOf(property);
            Reject(DiagnosticDescriptors.Target, location, reason, property.Name, _document.Name, TargetFix(property, target));
            return null;
        }

        bool mustExist = codec is PatchCodec && !CanBeMade(target!.Type.WithoutNullable());
        ConversionSpec? conversion = ParseConversion(property.Type, target!.Type, codec);
        return new TargetSpec(target.Name, conversion, map, list, mustExist, HasListsBelow(property, codec));
    }

    private ConversionSpec? ParseConversion(ITypeSymbol member, ITypeSymbol target, CodecSpec codec)
    {
        var compilation = (CSharpCompilation)_compilation;
        ITypeSymbol from = member.WithoutNullable(), to = target.WithoutNullable();
        return from.Is(to) || codec is PatchCodec or MapCodec or OpenCodec ? null : new ConversionSpec(
            target.ToSpec(),
            compilation.ClassifyConversion(from, to).IsUserDefined,
            codec is ArrayCodec or CollectionCodec || compilation.ClassifyConversion(to, from).Exists);
    }

    private static string TargetName(IPropertySymbol property) =>
        property.Attribute(KnownTypes.PatchTo)?.FirstArgument() as string ?? property.Name;

    /// <summary>The document's property that a member names; null without one.</summary>
    private IPropertySymbol? TargetOf(IPropertySymbol property)
    {
        string name = TargetName(property);
        return _documentProperties.Find(p => p.Name == name);
    }

    private IPropertySymbol? CloseTo(string name) =>
        _documentProperties.Find(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    private string Suggestion(IPropertySymbol property) => CloseTo(property.Name) is { } close
        ? $"did you mean '{close.Name}'? Name it with [PatchTo]"
        : "name another with [PatchTo]";

    private string Advice => IsCopied ? "" : " after it was made; give it a set accessor, or make the document a record";

    private (string, string)[] TargetFix(IPropertySymbol property, IPropertySymbol? target) =>
        target is null ? CloseTo(property.Name) is { } close ? [(FixProperties.PatchTo, close.Name)] : []
        : target.Has(KnownTypes.Key) ? target.Name == property.Name ? [(FixProperties.Selector, "")] : []
        : IsSettable(target) && ClearsWhatCannotBeNull(property, target) ? [(FixProperties.NotNullable, "")]
        : [];

    private static bool ClearsWhatCannotBeNull(IPropertySymbol property, IPropertySymbol target) =>
        property.Type.IsNullable() && !target.Type.IsNullable() && target.Type.NullableAnnotation != NullableAnnotation.None;

    // Whether code in the record can set it.
    private bool IsSettable(IPropertySymbol property) =>
        IsUsable(property.SetMethod) && (IsCopied || !property.SetMethod!.IsInitOnly);

    private bool IsUsable(IMethodSymbol? method) =>
        method is not null
        && (method.DeclaredAccessibility == Accessibility.Public || _compilation.IsSymbolAccessibleWithin(method, _type));

    /// <summary>The most that a method of the patch can be that has the document in its signature.</summary>
    private DocumentExposure ParseExposure()
    {
        INamedTypeSymbol[] patch = [.. ContainingTypes().Prepend(_type)], hidden =
            [.. _document!.Parts().Where(part => !patch.Any(outer => IsHiddenAs(outer, part)))];
        return hidden.Length == 0 ? DocumentExposure.Public
            : hidden.All(static part => part.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal)
                ? DocumentExposure.Internal
            : DocumentExposure.Private;
    }

    // The part of the document is public, or code that cannot use it cannot use the type either.
    private static bool IsHiddenAs(INamedTypeSymbol type, INamedTypeSymbol part) => part.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal =>
            type.DeclaredAccessibility is Accessibility.Internal or Accessibility.Private or Accessibility.ProtectedAndInternal,
        _ => type.DeclaredAccessibility <= part.DeclaredAccessibility
            && SymbolEqualityComparer.Default.Equals(type.ContainingType, part.ContainingType),
    };

    private string? TypeMismatch(IPropertySymbol property, IPropertySymbol target, CodecSpec codec, out MapTargetSpec? map)
    {
        map = null;
        if (ClearsWhatCannotBeNull(property, target))
        {
            return $"null may be sent for it, but '{target.Name}' cannot be null; remove the '?'";
        }

        ITypeSymbol from = property.Type.WithoutNullable(), to = target.Type.WithoutNullable();
        switch (codec)
        {
            case PatchCodec:
                return NestedMismatch(from, to, $"'{target.Name}'", target.Type.NullableAnnotation == NullableAnnotation.NotAnnotated);
            case MapCodec { IsList: true }:
                return null;
            case MapCodec:
                (map, string? reason) = ParseMapTarget(property, target);
                return reason;
            case OpenCodec:
                return IsOpenMap(to) ? null : $"'{target.Name}' must be a dictionary of string and JsonElement";
            default:
                bool isList = codec is ArrayCodec or CollectionCodec;
                bool isAssignable = from.Is(to)
                    || (_compilation.HasImplicitConversion(from, to) && (!isList || ItemOf(from) is not { } item || item.Is(ItemOf(to))));
                return isAssignable ? null
                    : $"a '{from.ToDisplayString()}' does not convert to '{target.Name}', a '{to.ToDisplayString()}'; use one type";
        }
    }

    private string? NestedMismatch(ITypeSymbol patch, ITypeSymbol document, string target, bool exists) =>
        patch.PatchAttribute()!.AttributeClass is not { TypeArguments: [var patched] }
            ? $"'{patch.Name}' patches no document; declare it [Patch<{document.Name}>]"
        : !patched.Is(document)
            ? $"'{patch.Name}' patches '{patched.Name}', and {target} is a '{document.ToDisplayString()}'"
        : !exists && !CanBeMade(document)
            ? $"'{document.Name}' cannot be made where there is none yet; give it a parameterless constructor and no required members"
        : null;

    private static ITypeSymbol? ItemOf(ITypeSymbol collection) =>
        collection.AllInterfaces.Append(collection).OfType<INamedTypeSymbol>().FirstOrDefault(IsEnumerable)?.TypeArguments[0];

    private static bool IsEnumerable(INamedTypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T;

    // A nested document is made with 'new()' when a patch is applied where there is none. The initializer may set one member.
    private bool CanBeMade(ITypeSymbol type, string? initialized = null) =>
        type.IsValueType
        || (type is INamedTypeSymbol { IsAbstract: false } named
            && named.InstanceConstructors.FirstOrDefault(static c => c.Parameters.IsEmpty) is { } constructor
            && IsUsable(constructor) && (constructor.Has(KnownTypes.SetsRequiredMembers) || !HasRequiredMembers(named, initialized)));

    private static bool HasRequiredMembers(INamedTypeSymbol type, string? but = null) => type.BaseTypes()
        .SelectMany(static t => t.GetMembers())
        .Any(m => m.Name != but && m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });

    /// <summary>A selector is matched by name against the document and never applied.</summary>
    private TargetSpec? CheckSelector(IPropertySymbol property)
    {
        IPropertySymbol? target = _documentProperties.Find(p => p.Name == property.Name);
        string? reason = _document is null ? "the patch names no document; declare it [Patch<TDocument>]"
            : target is null ? $"'{_document.Name}' has no property of that name"
            : EndpointKind(property.Type.WithoutNullable()) is { } kind && kind == EndpointKind(target.Type.WithoutNullable()) ? null
            : "it and the document's property must both be string, Guid, int or long";
        Reject(DiagnosticDescriptors.Selector, property, reason);
        return null;
    }
}
