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
        IPropertySymbol[] properties = _document?.AllProperties().ToArray() ?? [];
        IPropertySymbol[] keys = properties.Where(static p => p.Has(KnownTypes.Key)).ToArray();
        string? reason = _document is null ? "it needs a document; declare the record [Patch<TDocument>]"
            : context is null ? "it needs the document's serializer context; set Context = typeof(...) to a JsonSerializerContext"
            : !InheritsContext(context) ? $"'{context.Name}' is not a JsonSerializerContext"
            : keys.Length != 1 ? $"'{_document.Name}' must have exactly one [Key] property, its id"
            : EndpointKind(keys[0].Type) is null ? $"the [Key] '{keys[0].Name}' must be a string, Guid, int or long"
            : _type.ContainingType is not null ? "a patch with an endpoint is not nested in another type"
            : null;
        if (reason is not null)
        {
            Report(DiagnosticDescriptors.Endpoint, attribute.LocationOr(_type), _type.Name, reason);
            return null;
        }

        string pattern = attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        EndpointMemberSpec Member(string name, string property, IPropertySymbol target) =>
            new(name, property, target.Name, EndpointKind(target.Type.WithoutNullable()) ?? "String", SymbolEqualityComparer.Default.Equals(target, keys[0]));

        return new EndpointSpec
        {
            AssemblyName = _compilation.AssemblyName ?? "",
            HandlerName = Emitter.CSharpLiteral.Identifier(_type.Name + "Handler"),
            Pattern = pattern,
            Collection = attribute.Argument("Collection") as string ?? Naming.Convert(_document!.Name, NamingPolicy.CamelCase),
            Resource = attribute.Argument("Resource") as string ?? Naming.Phrase(_document!.Name),
            Scope = attribute.Argument("Scope") as string,
            ReadScope = attribute.Argument("ReadScope") as string,
            RequireIfMatch = attribute.Argument("RequireIfMatch") is true,
            Context = context!.ToBareCode(),
            RouteParameters = RouteParameters(pattern, attribute, properties).Select(p => Member(p.Name, "", p.Target)).ToEquatable(),
            Selectors = members
                .Where(static m => m.IsSelector)
                .Select(m => (Selector: m, Target: properties.FirstOrDefault(p => p.Name == m.Name)))
                .Where(static pair => pair.Target is not null)
                .Select(pair => Member(pair.Selector.JsonName, pair.Selector.Name, pair.Target!))
                .ToEquatable(),
        };
    }

    private List<(string Name, IPropertySymbol Target)> RouteParameters(string pattern, AttributeData attribute, IPropertySymbol[] properties)
    {
        var parameters = new List<(string, IPropertySymbol)>();
        string? reason = pattern.Count(static c => c == '{') != pattern.Count(static c => c == '}') ? "its braces do not match" : null;
        foreach (string segment in pattern.Split('{').Skip(1))
        {
            string name = segment.Split('}')[0];
            if (name.Length == 0 || !name.All(static c => char.IsLetterOrDigit(c) || c == '_'))
            {
                reason ??= $"the parameter '{{{name}}}' must be a plain name; its type comes from the document's property";
                continue;
            }

            IPropertySymbol? target = properties.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
            if (target is null || EndpointKind(target.Type.WithoutNullable()) is null)
            {
                reason ??= target is null
                    ? $"'{_document!.Name}' has no property '{name}' to match the parameter against"
                    : $"the property '{target.Name}' that the parameter is matched against must be a string, Guid, int or long";
                continue;
            }

            if (parameters.Any(p => string.Equals(p.Item1, name, StringComparison.OrdinalIgnoreCase)))
            {
                reason ??= $"it has the parameter '{name}' twice";
            }

            parameters.Add((name, target));
        }

        if (parameters.Count == 0)
        {
            reason ??= "it has no parameter to find a document by";
        }

        if (reason is not null)
        {
            Report(DiagnosticDescriptors.Route, attribute.LocationOr(_type), pattern, reason);
        }

        return parameters;
    }

    private static bool InheritsContext(INamedTypeSymbol context) => context.BaseType?.Inherits(KnownTypes.JsonSerializerContext) is true;

    /// <summary>A name of <c>EndpointMemberKind</c>, or null where a type cannot be matched.</summary>
    private static string? EndpointKind(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => "String",
        SpecialType.System_Int32 => "Int32",
        SpecialType.System_Int64 => "Int64",
        _ => type.IsNamed("System.Guid") ? "Guid" : null,
    };
}
