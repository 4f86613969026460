using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Warns of members and values that have one name in a body and another in the response, where the document is written: by the context of
/// an endpoint, in nested patches too, or by an attribute of the document.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NamesAnalyzer() : PatchGenAnalyzer(KnownTypes.PatchOf, DiagnosticDescriptors.OtherName)
{
    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context)
    {
        var patches = new ConcurrentBag<INamedTypeSymbol>();
        context.RegisterSymbolAction(
            symbol =>
            {
                if (((ITypeSymbol)symbol.Symbol).PatchAttribute()?.AttributeClass is { Arity: 1 })
                {
                    patches.Add((INamedTypeSymbol)symbol.Symbol);
                }
            },
            SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end =>
        {
            var walk = new Walk(end.Compilation, end.CancellationToken);
            foreach (INamedTypeSymbol patch in patches.OrderBy(static p => p.ToName(), StringComparer.Ordinal))
            {
                AttributeData? endpoint = patch.Attribute(KnownTypes.PatchEndpoint);
                bool isDefault = endpoint?.Argument("ContextInstance") is null; // The options of another instance are not known here.
                walk.Visit(patch, isDefault ? endpoint?.Argument("Context") as INamedTypeSymbol : null);
            }

            foreach (Diagnostic diagnostic in walk.Found.Values)
            {
                end.ReportDiagnostic(diagnostic);
            }
        });
    }

    private sealed class Walk(Compilation compilation, CancellationToken cancellationToken)
    {
        private readonly HashSet<(INamedTypeSymbol, INamedTypeSymbol?)> _visited = [];

        /// <summary>One for each member, however many endpoints have it.</summary>
        public Dictionary<ISymbol, Diagnostic> Found { get; } = new(SymbolEqualityComparer.Default);

        public void Visit(INamedTypeSymbol patch, INamedTypeSymbol? context)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_visited.Add((patch, context)) || patch.PatchAttribute() is not { AttributeClass.TypeArguments: [var document] } attribute
                || PatchParser.Parse(patch, attribute, compilation, cancellationToken).Spec is not { } spec)
            {
                return;
            }

            foreach (MemberSpec member in spec.Members)
            {
                IPropertySymbol? property = patch.GetMembers(member.Name).OfType<IPropertySymbol>().FirstOrDefault();
                IPropertySymbol? target = document.AllProperties().FirstOrDefault(p => p.Name == member.Target?.Name);
                if (property is not null && target?.IsIgnored() is false && member.Codec is not OpenCodec
                    && !document.GetAttributes().Any(static a => a.NamesConverter()))
                {
                    Compare(property, target, member, context);
                    if (PatchesIn(property.Type).FirstOrDefault() is { } nested)
                    {
                        Visit(nested, context);
                    }
                }
            }
        }

        private void Compare(IPropertySymbol property, IPropertySymbol target, MemberSpec member, INamedTypeSymbol? context)
        {
            // Under [PatchTo], another name is what was asked for.
            bool isNamed = target.Has(KnownTypes.JsonPropertyName);
            string? name = property.Has(KnownTypes.PatchTo) ? null
                : context is not null ? DocumentJson.NameOf(target, DocumentJson.NamingOf(context))
                : isNamed ? DocumentJson.NameOf(target, NamingPolicy.AsDeclared)
                : null;
            if (name is not null && name != member.JsonName)
            {
                string advice = isNamed || context is null ? "" : $", or set PropertyNamingPolicy on '{context.Name}'";
                advice = $"put [JsonPropertyName(\"{name}\")] on the member{advice}";
                Report(property, property.Name, member.JsonName, name, advice, null, (FixProperties.JsonName, name));
            }
            else if (EnumIn(property.Type) is { } type && EnumSpecIn(member.Codec) is { } values)
            {
                CompareValues(property, target, type, values, context);
            }
        }

        private void CompareValues(
            IPropertySymbol property, IPropertySymbol target, ITypeSymbol type, EnumCodec values, INamedTypeSymbol? context)
        {
            EnumForm form = DocumentJson.FormOf(type, target.Type.WithoutNullable().Is(type) ? target : null);
            form = form == EnumForm.Undeclared && context is not null ? DocumentJson.FormOf(type, context) : form;
            if (form is not (EnumForm.Names or EnumForm.Numbers))
            {
                return;
            }

            foreach (EnumMemberSpec value in values.Members)
            {
                var field = (IFieldSymbol)type.GetMembers(value.Name)[0];
                string written = form == EnumForm.Names ? DocumentJson.NameOf(field) : $"{field.ConstantValue}";
                if (written != value.JsonName)
                {
                    bool isDeclared = type.Locations.FirstOrDefault() is { IsInSource: true };
                    string place = isDeclared ? $"'{type.Name}'" : $"'{target.ContainingType.Name}.{target.Name}'";
                    string advice = $"put [JsonConverter(typeof(JsonStringEnumConverter<{type.Name}>))] on {place}";
                    Report(property, $"{type.Name}.{value.Name}", value.JsonName, written, advice, isDeclared ? type : target);
                    return;
                }
            }
        }

        private void Report(
            ISymbol member,
            string what,
            string sent,
            string written,
            string advice,
            ISymbol? fixedOn,
            params (string Key, string Value)[] fix)
        {
            IEnumerable<SyntaxReference> declarations = fixedOn?.DeclaringSyntaxReferences.Take(1) ?? [];
            Location[] further = [.. declarations.Select(static r => Location.Create(r.SyntaxTree, r.Span))];
            Location location = member.Locations.FirstOrDefault(static l => l.IsInSource) ?? Location.None;
            Found[member] = Diagnostic.Create(
                DiagnosticDescriptors.OtherName,
                location,
                further,
                fix.ToImmutableDictionary(static f => f.Key, static f => (string?)f.Value),
                what,
                sent,
                written,
                advice);
        }

        private static IEnumerable<INamedTypeSymbol> PatchesIn(ITypeSymbol type) =>
            TypesIn(type).OfType<INamedTypeSymbol>().Where(static t => t.PatchAttribute() is not null);

        private static ITypeSymbol? EnumIn(ITypeSymbol type) => TypesIn(type).FirstOrDefault(static t => t.TypeKind == TypeKind.Enum);

        private static IEnumerable<ITypeSymbol> TypesIn(ITypeSymbol type) => type switch
        {
            IArrayTypeSymbol array => TypesIn(array.ElementType).Prepend(type),
            INamedTypeSymbol named => named.TypeArguments.SelectMany(TypesIn).Prepend(type),
            _ => [type],
        };

        private static EnumCodec? EnumSpecIn(CodecSpec? codec) => codec switch
        {
            EnumCodec found => found,
            ArrayCodec array => EnumSpecIn(array.Item),
            CollectionCodec collection => EnumSpecIn(collection.Array),
            MapCodec map => EnumSpecIn(map.Item),
            NullableCodec nullable => EnumSpecIn(nullable.Value),
            _ => null,
        };
    }
}
