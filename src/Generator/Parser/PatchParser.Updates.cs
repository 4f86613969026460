using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>What a patch sets in one UPDATE (<c>ExecutePatchAsync</c>).</content>
internal sealed partial class PatchParser
{
    /// <summary>Null where the project does not use Entity Framework Core, or the document can be no entity.</summary>
    private UpdateSpec? ParseUpdate(DocumentSpec? document) =>
        document is not { Update: DocumentUpdate.InPlace } || _document!.TypeKind != TypeKind.Class
            || _compilation.GetTypeByMetadataName(KnownTypes.EntityPatch) is null
            ? null
            : new UpdateSpec(_entity?.Version, Setters(_type).ToEquatable());

    /// <summary>How the members of a patch set columns.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="above">The patches above it.</param>
    internal static IEnumerable<SetterSpec> Setters(INamedTypeSymbol patch, params INamedTypeSymbol[] above)
    {
        ITypeSymbol? document = patch.PatchAttribute()?.AttributeClass is { TypeArguments: [var patched] } ? patched : null;
        List<IPropertySymbol> targets = document?.AllProperties().ToList() ?? [];
        foreach (IPropertySymbol member in patch.GetMembers().OfType<IPropertySymbol>())
        {
            IPropertySymbol? target = member.IsPartialDefinition && !member.Has(KnownTypes.Selector)
                ? targets.Find(t => t.Name == TargetName(member))
                : null;
            if (target is null)
            {
                continue;
            }

            var nested = member.Type.WithoutNullable() as INamedTypeSymbol;
            bool isNested = nested?.PatchAttribute() is not null;
            UpdateObstacle? obstacle =
                member.Has(KnownTypes.KeyedBy) ? UpdateObstacle.List
                : member.Has(KnownTypes.JsonExtensionData) || IsDictionary(member.Type) ? UpdateObstacle.Merge
                : !isNested ? null
                : member.Type.IsNullable() || target.Type.IsNullable() ? UpdateObstacle.OptionalParent
                : above.Append(patch).Any(nested!.Is) ? UpdateObstacle.Recursion
                : null;
            yield return new SetterSpec(
                member.Name,
                target.Name,
                target.Type.ToSpec(),
                member.Type.IsNullable() && !isNested && !member.Type.WithoutNullable().Is(target.Type.WithoutNullable()),
                target.Type.WithoutNullable().IsNamed("System.DateTimeOffset"),
                isNested ? nested!.ToBareSpec() : null,
                isNested && obstacle is null
                    ? Setters(nested!, [.. above, patch]).ToEquatable()
                    : ImmutableEquatableArray<SetterSpec>.Empty,
                obstacle);
        }
    }

    private static bool IsDictionary(ITypeSymbol type) => type.AllInterfaces.Append(type)
        .Any(static t => t.IsNamed("System.Collections.Generic.IReadOnlyDictionary")
            || t.IsNamed("System.Collections.Generic.IDictionary"));
}
