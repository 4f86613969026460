using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

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

        string? reason = _document.TypeKind is not (TypeKind.Class or TypeKind.Struct) ? "a document is a record, a class or a struct"
            : _document.IsNullable() ? "a document is named without '?'"
            : SymbolEqualityComparer.Default.Equals(_document, _type) ? "it is the patch itself; name the type that is stored"
            : null;
        IPropertySymbol? changedAt = _documentProperties.FirstOrDefault(static p => p.Has(KnownTypes.ChangedAt));
        string? changedAtType = changedAt?.Type.WithoutNullable().ToName();
        if (changedAt is not null && (changedAtType is not ("System.DateTime" or "System.DateTimeOffset") || !IsSettable(changedAt)))
        {
            reason = $"[ChangedAt] '{changedAt.Name}' must be a DateTime or DateTimeOffset that can be set";
        }

        if (reason is not null)
        {
            Report(DiagnosticDescriptors.Document, _patch.LocationOr(_type), _document.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), reason);
        }

        TypeSpec type = _document.ToBareSpec();
        string prefix = $"global::{_document.ContainingNamespace?.ToDisplayString()}.";
        bool isInNamespace = _document.ContainingNamespace is { IsGlobalNamespace: false } && type.Name.StartsWith(prefix, StringComparison.Ordinal);
        return new DocumentSpec(
            type,
            isInNamespace ? _document.ContainingNamespace!.ToName() : null,
            isInNamespace ? type.Name.Substring(prefix.Length) : type.Name,
            _document.Name,
            IsCopied ? DocumentUpdate.With : DocumentUpdate.InPlace,
            changedAt is null ? null : new ChangedAtSpec(changedAt.Name, HasOffset: changedAtType == "System.DateTimeOffset"));
    }

    /// <summary>The document's property of a member; said what is wrong when there is none that fits.</summary>
    private TargetSpec? ParseTarget(IPropertySymbol property, CodecSpec codec)
    {
        if (_document is null)
        {
            return null;
        }

        AttributeData? patchTo = property.Attribute(KnownTypes.PatchTo);
        string name = patchTo?.FirstArgument() as string ?? property.Name;
        IPropertySymbol? target = _documentProperties.FirstOrDefault(p => p.Name == name);
        string? reason = target is null ? $"it has no property '{name}'; {Suggestion(property.Name)}"
            : !IsSettable(target) ? $"its property '{name}' cannot be set{(IsCopied ? "" : " after it was made; give it a set accessor, or make the document a record")}"
            : target.Has(KnownTypes.Key) ? $"'{name}' is its [Key], by which it is found and which never changes; make it a [Selector], or remove it"
            : target.Has(KnownTypes.ChangedAt) ? $"'{name}' is set to the time of each change; remove it"
            : TypeMismatch(property, target, codec);
        if (reason is not null)
        {
            ReportFixable(DiagnosticDescriptors.Target, patchTo?.LocationOr(property) ?? LocationOf(property), TargetFix(property, target), property.Name, _document.Name, reason);
            return null;
        }

        ITypeSymbol from = property.Type.WithoutNullable(), to = target!.Type.WithoutNullable();
        return new TargetSpec(
            target.Name,
            SymbolEqualityComparer.Default.Equals(from, to),
            codec is not (PlainCodec or EnumCodec or DurationCodec or ContextCodec) || SymbolEqualityComparer.Default.Equals(from, to) || ((CSharpCompilation)_compilation).ClassifyConversion(to, from).Exists,
            codec is MapCodec ? ParseMapTarget(property, target).Target : null);
    }

    private string Suggestion(string name) =>
        CloseTo(name) is { } close ? $"did you mean '{close.Name}'? Name it with [PatchTo]" : "name another with [PatchTo]";

    private IPropertySymbol? CloseTo(string name) => _documentProperties.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    private (string, string)[] TargetFix(IPropertySymbol property, IPropertySymbol? target) =>
        target is null ? CloseTo(property.Name) is { } close ? [(FixProperties.PatchTo, close.Name)] : []
        : target.Has(KnownTypes.Key) ? target.Name == property.Name ? [(FixProperties.Selector, "")] : []
        : IsSettable(target) && ClearsWhatCannotBeNull(property, target) ? [(FixProperties.NotNullable, "")]
        : [];

    private static bool ClearsWhatCannotBeNull(IPropertySymbol property, IPropertySymbol target) =>
        property.Type.IsNullable() && !target.Type.IsNullable() && target.Type.NullableAnnotation != NullableAnnotation.None;

    // Whether code in the record can set it; of a public setter, the compiler need not be asked.
    private bool IsSettable(IPropertySymbol property) =>
        property.SetMethod is { } setter && (IsCopied || !setter.IsInitOnly)
        && (setter.DeclaredAccessibility == Accessibility.Public || _compilation.IsSymbolAccessibleWithin(setter, _type));

    private string? TypeMismatch(IPropertySymbol property, IPropertySymbol target, CodecSpec codec)
    {
        if (ClearsWhatCannotBeNull(property, target))
        {
            return $"null may be sent for it, but '{target.Name}' cannot be null; remove the '?'";
        }

        ITypeSymbol from = property.Type.WithoutNullable(), to = target.Type.WithoutNullable();
        switch (codec)
        {
            case PatchCodec:
                return NestedMismatch(from, to, $"'{target.Name}'");
            case MapCodec:
                return ParseMapTarget(property, target).Reason;
            case OpenCodec:
                return IsOpenMap(to) ? null : $"'{target.Name}' must be a dictionary of string and JsonElement";
            default:
                bool isAssignable = SymbolEqualityComparer.Default.Equals(from, to) || (_compilation.HasImplicitConversion(from, to) && (codec is not (ArrayCodec or CollectionCodec) || ItemOf(from) is not { } item || SymbolEqualityComparer.Default.Equals(item, ItemOf(to))));
                return isAssignable ? null : $"a '{from.ToDisplayString()}' does not convert to '{target.Name}', a '{to.ToDisplayString()}'";
        }
    }

    private string? NestedMismatch(ITypeSymbol patch, ITypeSymbol document, string target) =>
        patch.PatchAttribute()!.AttributeClass is not { TypeArguments: [var patched] } ? $"'{patch.Name}' patches no document; declare it [Patch<{document.Name}>]"
        : !SymbolEqualityComparer.Default.Equals(patched, document) ? $"'{patch.Name}' patches '{patched.Name}', and {target} is a '{document.ToDisplayString()}'"
        : !CanBeMade(document) ? $"'{document.Name}' cannot be made where there is none yet; give it a parameterless constructor and no required members"
        : null;

    private static ITypeSymbol? ItemOf(ITypeSymbol collection) => collection is IArrayTypeSymbol array ? array.ElementType
        : collection.AllInterfaces.Append(collection).OfType<INamedTypeSymbol>().FirstOrDefault(static i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];

    // A nested document is made with 'new()' when a patch is applied where there is none.
    private bool CanBeMade(ITypeSymbol type) =>
        type.IsValueType
        || (type is INamedTypeSymbol { IsAbstract: false } named
            && named.InstanceConstructors.Any(c => c.Parameters.IsEmpty && _compilation.IsSymbolAccessibleWithin(c, _type))
            && !named.AllProperties().Any(static p => p.IsRequired));

    /// <summary>A selector is matched by name against the document and never applied.</summary>
    private TargetSpec? CheckSelector(IPropertySymbol property)
    {
        IPropertySymbol? target = _documentProperties.FirstOrDefault(p => p.Name == property.Name);
        string? reason = _document is null ? "the patch names no document"
            : target is null ? $"'{_document.Name}' has no property of that name"
            : EndpointKind(property.Type.WithoutNullable()) is not { } kind || kind != EndpointKind(target.Type.WithoutNullable()) ? $"it and the document's property must both be string, Guid, int or long"
            : null;
        if (reason is not null)
        {
            Report(DiagnosticDescriptors.Selector, property, property.Name, reason);
        }

        return null;
    }
}
