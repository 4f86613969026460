using System.Collections.Generic;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Endpoints: the route, and what of a request is matched against the document.</content>
internal sealed partial class PatchParser
{
    private const string Registration = "PatchHandlerExtensions";

    private EndpointSpec? ParseEndpoint(List<MemberSpec> members, DocumentSpec? document)
    {
        if (_type.Attribute(KnownTypes.PatchEndpoint) is not { } attribute)
        {
            return null;
        }

        var context = attribute.Argument("Context") as INamedTypeSymbol;
        IPropertySymbol[] keys = [.. _documentProperties.Where(static p => p.Has(KnownTypes.Key))];
        string? reason = _document is null ? "it needs a document; declare the record [Patch<TDocument>]"
            : context is null ? "it needs the document's serializer context; set Context = typeof(...) to a JsonSerializerContext"
            : ContextReason(attribute, context) is { } unusable ? unusable
            : _entity is not null ? EntityReason(attribute)
            : keys.Length != 1 ? $"'{_document.Name}' must have exactly one [Key] property, its id"
            : EndpointKind(keys[0].Type) is null ? $"the [Key] '{keys[0].Name}' must be a string, Guid, int or long"
            : null;
        reason ??= _type.ContainingType is not null ? "a patch with an endpoint is not nested in another type" : HandlerReason();
        if (Reject(DiagnosticDescriptors.Endpoint, attribute.LocationOr(_type), reason, _type.Name))
        {
            return null;
        }

        string pattern = attribute.FirstArgument() as string ?? "";
        var parameters = new List<EndpointMemberSpec>();
        IPropertySymbol? key = keys.Length == 1 ? keys[0] : null; // The key of an entity is that of its model.
        string? routeReason = ParseRoute(pattern, key, parameters);
        Reject(DiagnosticDescriptors.Route, attribute.LocationOr(_type), routeReason, pattern);
        return new EndpointSpec(
            RegistrationNamespace: RegistrationSpace().Name,
            HandlerName: HandlerName,
            IsPublic: _type.DeclaredAccessibility == Accessibility.Public && document!.Exposure == DocumentExposure.Public
                && !Declared(_type.ContainingNamespace, HandlerName).Any(static d => d.Modifiers.Any(SyntaxKind.InternalKeyword)),
            Pattern: pattern,
            Collection: attribute.Argument("Collection") as string ?? Naming.Convert(_document!.Name, NamingPolicy.CamelCase),
            Resource: attribute.Argument("Resource") as string ?? Naming.Phrase(_document!.Name),
            Scope: attribute.Argument("Scope") as string,
            ReadScope: attribute.Argument("ReadScope") as string,
            RequireIfMatch: attribute.Argument("RequireIfMatch") is true,
            Formats: (PatchFormats)(attribute.Argument("Formats") as int? ?? 0),
            Context: ContextOf(attribute, context!),
            ContextName: context!.ToDisplayString(),
            RouteParameters: parameters.ToEquatable(),
            Selectors: members
                .Where(static m => m.IsSelector)
                .Select(m => (Selector: m, Target: _documentProperties.Find(p => p.Name == m.Name)))
                .Where(static pair => pair.Target is not null)
                .Select(pair => EndpointMember(pair.Selector.JsonName, pair.Selector.Name, pair.Target, key))
                .ToEquatable(),
            Entity: _entity is null ? null : new(_entity.Tenant, _entity.Version, EntityMembers(_type).ToEquatable()));
    }

    private string HandlerName => _type.Name + "Handler";

    /// <summary>What the user declares under the names of generated classes; null where both can be.</summary>
    private string? HandlerReason()
    {
        bool isHalf = Declared(_type.ContainingNamespace, HandlerName).All(static d => d is ClassDeclarationSyntax
            && d.Modifiers.Any(SyntaxKind.PartialKeyword)
            && !d.Modifiers.Any(SyntaxKind.StaticKeyword) && !d.Modifiers.Any(SyntaxKind.AbstractKeyword));
        bool hasBase = _type.ContainingNamespace.GetTypeMembers(HandlerName, 0)
            .Any(static t => t.BaseType is { SpecialType: not SpecialType.System_Object } type && !type.IsNamed(KnownTypes.PatchHandler));
        return !isHalf || hasBase
                ? $"'{HandlerName}', its handler, is declared; make that a 'partial class' without a base, or rename it"
            : RegistrationSpace().Symbol is { } space && Declared(space, Registration).Any()
                ? $"'{Registration}', which registers the handlers, is declared; rename that"
            : null;
    }

    // What the user declares of a type in a namespace.
    private static IEnumerable<MemberDeclarationSyntax> Declared(INamespaceSymbol space, string name) =>
        space.GetTypeMembers(name, 0).Where(static t => !t.IsFileLocal).SelectMany(static t => t.DeclaringSyntaxReferences)
            .Where(static r => !TakenNames.IsGenerated(r.SyntaxTree)).Select(static r => r.GetSyntax()).OfType<MemberDeclarationSyntax>();

    /// <summary>
    /// The namespace of the registration: the name of the assembly, each part made an identifier, or the global one where a type has that
    /// name. Its symbol is null where it is not declared yet.
    /// </summary>
    private (string? Name, INamespaceSymbol? Symbol) RegistrationSpace()
    {
        INamespaceSymbol? space = _compilation.Assembly.GlobalNamespace;
        string[] parts = [.. (_compilation.AssemblyName ?? "").Split('.').Select(Naming.Identifier)];
        foreach (string part in parts)
        {
            if (space?.GetTypeMembers(part, 0).Any(static t => !t.IsFileLocal) is true)
            {
                return (null, _compilation.Assembly.GlobalNamespace);
            }

            space = space?.GetMembers(part).OfType<INamespaceSymbol>().FirstOrDefault();
        }

        return (string.Join(".", parts), space);
    }

    private static EndpointMemberSpec EndpointMember(string name, string? property, IPropertySymbol target, IPropertySymbol? key) => new(
        name,
        property,
        target.Name,
        EndpointKind(target.Type.WithoutNullable()) ?? EndpointMemberKind.String,
        SymbolEqualityComparer.Default.Equals(target, key));

    /// <summary>Gathers the parameters of a route.</summary>
    /// <returns>What is wrong with the route first; null when nothing is.</returns>
    private string? ParseRoute(string pattern, IPropertySymbol? key, List<EndpointMemberSpec> parameters)
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
                : _entity is null && EndpointKind(target.Type.WithoutNullable()) is null
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
