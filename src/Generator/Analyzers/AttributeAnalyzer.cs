using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Warns of attributes that have no effect: a fence on a type that is no patch, a name that is not the member's.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AttributeAnalyzer() : PatchGenAnalyzer(KnownTypes.Patch, DiagnosticDescriptors.UselessAttribute)
{
    private static readonly string[] OfMembers =
    [
        KnownTypes.Selector, KnownTypes.PatchTo, KnownTypes.FencedUntil, KnownTypes.WriteScope, KnownTypes.Distinct, KnownTypes.KeyedBy,
        KnownTypes.IsoDuration,
    ];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context)
    {
        context.RegisterSymbolAction(static symbol => Report(symbol, UselessOnType), SymbolKind.NamedType);
        context.RegisterSymbolAction(static symbol => Report(symbol, UselessOnProperty), SymbolKind.Property);
    }

    private static void Report(SymbolAnalysisContext context, Func<ISymbol, AttributeData, string?> reasonOf)
    {
        foreach (AttributeData attribute in context.Symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && reasonOf(context.Symbol, attribute) is { } reason)
            {
                Location location = attribute.LocationOr(context.Symbol);
                context.ReportDiagnostic(Diagnostic.Create(
                    DiagnosticDescriptors.UselessAttribute, location, type.ShortName(), context.Symbol.Name, reason));
            }
        }
    }

    private static string? UselessOnType(ISymbol symbol, AttributeData attribute) =>
        (attribute.Is(KnownTypes.Fence) || attribute.Is(KnownTypes.PatchEndpoint)) && ((ITypeSymbol)symbol).PatchAttribute() is null
            ? "it is not a patch; declare it [Patch<TDocument>]"
            : null;

    private static string? UselessOnProperty(ISymbol symbol, AttributeData attribute)
    {
        var property = (IPropertySymbol)symbol;
        if (property.ContainingType.PatchAttribute() is not { } patch)
        {
            string type = property.ContainingType.Name;
            return OfMembers.Any(attribute.Is) ? $"'{type}' is not a patch; declare it [Patch<TDocument>]"
                : attribute.Is(KnownTypes.NotInResponse) && property.ContainingType.GetAttributes().Any(static a => a.NamesConverter())
                    ? $"'{type}' has a converter of its own, which decides what is written"
                : null;
        }

        if (!property.IsPartialDefinition)
        {
            // PG0002 reports a property that could be a member.
            bool mayBeMember = property is { SetMethod: not null, IsStatic: false } && !property.Has(KnownTypes.JsonIgnore);
            return !mayBeMember && OfMembers.Any(attribute.Is) ? "it is not a member of the patch; members are partial properties" : null;
        }

        return attribute.AttributeClass!.ToName() switch
        {
            KnownTypes.PatchTo when patch.AttributeClass!.Arity == 0 => $"'{property.ContainingType.Name}' patches no document",
            KnownTypes.PatchTo when property.Has(KnownTypes.Selector) => "a selector is matched by its own name and never applied",
            KnownTypes.IsoDuration when !HoldsTimeSpan(property.Type) => "only a TimeSpan has this range",
            KnownTypes.Key or KnownTypes.ChangedAt or KnownTypes.NotInResponse => "it belongs on the property of the document",
            KnownTypes.JsonIgnore => "a member is always read and written; remove 'partial' to keep the property out of the patch",
            KnownTypes.JsonRequired => "every member of a patch may be absent",
            KnownTypes.JsonNumberHandling => "patches are read without the serializer; the member's type decides how it is read",
            _ when attribute.NamesConverter() => UselessConverter(property.Type.WithoutNullable(), attribute),
            KnownTypes.DataMember or KnownTypes.NewtonsoftProperty => "a member is named by [JsonPropertyName]",
            _ => null,
        };
    }

    private static string? UselessConverter(ITypeSymbol type, AttributeData attribute) =>
        type.PatchAttribute() is not null ? "a nested patch is read by its own reader"
        : type.TypeKind != TypeKind.Enum && DocumentJson.FormOf(attribute) != EnumForm.Custom ? "its converter is for enums"
        : null;

    private static bool HoldsTimeSpan(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => HoldsTimeSpan(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: > 0 } generic => generic.TypeArguments.Any(HoldsTimeSpan),
        _ => type.IsNamed("System.TimeSpan"),
    };
}
