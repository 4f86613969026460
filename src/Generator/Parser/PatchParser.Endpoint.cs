using System.Collections.Generic;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Endpoints: the route, and what of a request is matched against the document.</content>
internal sealed partial class PatchParser
{
    private EndpointSpec? ParseEndpoint(List<MemberSpec> members)
    {
        if (_type.Attribute(KnownTypes.PatchEndpoint) is not { } attribute)
        {
            return null;
        }

        var context = attribute.Argument("Context") as INamedTypeSymbol;
        IPropertySymbol[] keys = [.. _documentProperties.Where(static p => p.Has(KnownTypes.Key))];
        string? reason = _document is null ? "it needs a document; declare the record [Patch<TDocument>]"
            : context is null ? "it needs the document's serializer context; set Context = typeof(...) to a JsonSerializerContext"
            : !InheritsContext(context) ? $"'{context.Name}' is not a JsonSerializerContext"
            : keys.Length != 1 ? $"'{_document.Name}' must have exactly one [Key] property, its id"
            : EndpointKind(keys[0].Type) is null ? $"the [Key] '{keys[0].Name}' must be a string, Guid, int or long"
            : _type.ContainingType is not null ? "a patch with an endpoint is not nested in another type"
            : null;
        if (Reject(DiagnosticDescriptors.Endpoint, attribute.LocationOr(_type), reason, _type.Name))
        {
            return null;
        }

        string pattern = attribute.FirstArgument() as string ?? "";
        var parameters = new List<EndpointMemberSpec>();
        string? routeReason = ParseRoute(pattern, keys[0], parameters);
        Reject(DiagnosticDescriptors.Route, attribute.LocationOr(_type), routeReason, pattern);
        return new EndpointSpec(
            AssemblyName: _compilation.AssemblyName ?? "",
            HandlerName: _type.Name + "Handler",
            Pattern: pattern,
            Collection: attribute.Argument("Collection") as string ?? Naming.Convert(_document!.Name, NamingPolicy.CamelCase),
            Resource: attribute.Argument("Resource") as string ?? Naming.Phrase(_document!.Name),
            Scope: attribute.Argument("Scope") as string,
            ReadScope: attribute.Argument("ReadScope") as string,
            RequireIfMatch: attribute.Argument("RequireIfMatch") is true,
            Context: context!.ToBareSpec(),
            ContextName: context!.ToDisplayString(),
            RouteParameters: parameters.ToEquatable(),
            Selectors: members
                .Where(static m => m.IsSelector)
                .Select(m => (Selector: m, Target: _documentProperties.Find(p => p.Name == m.Name)))
                .Where(static pair => pair.Target is not null)
                .Select(pair => EndpointMember(pair.Selector.JsonName, pair.Selector.Name, pair.Target, keys[0]))
                .ToEquatable());
    }

    private static EndpointMemberSpec EndpointMember(string name, string? property, IPropertySymbol target, IPropertySymbol key) => new(
        name,
        property,
        target.Name,
        EndpointKind(target.Type.WithoutNullable()) ?? EndpointMemberKind.String,
        SymbolEqualityComparer.Default.Equals(target, key));

    /// <summary>Gathers the parameters of a route.</summary>
    /// <returns>What is wrong with the route first; null when nothing is.</returns>
    private string? ParseRoute(string pattern, IPropertySymbol key, List<EndpointMemberSpec> parameters)
    {
        if (pattern.Count(static c => c == '{') != pattern.Count(static c => c == '}'))
        {
            return "its braces do not match";
        }

        foreach (string name in pattern.Split('{').Skip(1).Select(static segment => segment.Split('}')[0]))
        {
            IPropertySymbol? target = CloseTo(name);
            string? reason = name.Length == 0 || !name.All(static c => char.IsLetterOrDigit(c) || c == '_')
                    ? $"the parameter '{{{name}}}' must be a plain name; its type comes from the document's property"
                : target is null ? $"'{_document!.Name}' has no property '{name}' to match the parameter against"
                : EndpointKind(target.Type.WithoutNullable()) is null
                    ? $"the property '{target.Name}' that the parameter is matched against must be a string, Guid, int or long"
                : parameters.Exists(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ? $"it has the parameter '{name}' twice"
                : null;
            if (reason is not null)
            {
                return reason;
            }

            parameters.Add(EndpointMember(name, null, target!, key));
        }

        return parameters.Count == 0 ? "it has no parameter to find a document by" : null;
    }

    private static bool InheritsContext(INamedTypeSymbol context) => context.BaseType?.Inherits(KnownTypes.JsonSerializerContext) is true;

    /// <summary>How values of a type are matched; null where they cannot be.</summary>
    private static EndpointMemberKind? EndpointKind(ITypeSymbol type) => type.ToPlainType() switch
    {
        PlainType.String => EndpointMemberKind.String,
        PlainType.Int32 => EndpointMemberKind.Int32,
        PlainType.Int64 => EndpointMemberKind.Int64,
        PlainType.Guid => EndpointMemberKind.Guid,
        _ => null,
    };
}
