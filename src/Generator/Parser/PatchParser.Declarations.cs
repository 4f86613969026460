using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Parser;

/// <content>What a record declares beside its members, as far as it gets into the way of what is generated.</content>
internal sealed partial class PatchParser
{
    // The declaration leaves no room for more than the properties: what else is generated would only bring errors of its own.
    private bool _hasRoomForPropertiesOnly;

    /// <summary>A method may share the name of a generated one where its parameters differ in number; anything else may not.</summary>
    private void CheckReservedNames()
    {
        foreach (ISymbol member in _members)
        {
            bool isTaken = member switch
            {
                IPropertySymbol { IsPartialDefinition: true } property => TakenNames.IsReservedForMembers(property.Name),
                IMethodSymbol { MethodKind: MethodKind.Ordinary } method => TakenNames.IsReserved(method.Name, method.Parameters.Length),
                IMethodSymbol => false,
                _ => TakenNames.IsReserved(member.Name, parameters: null),
            };
            if (isTaken)
            {
                string advice = member is IPropertySymbol ? ", and keep its JSON name with [JsonPropertyName]" : "";
                Report(DiagnosticDescriptors.ReservedName, member, member.Name, advice);
                _hasRoomForPropertiesOnly = true;
            }
        }
    }

    /// <summary>The reader makes a patch from any body, so that nothing in it can be required, be it a member or not.</summary>
    private void CheckRequired()
    {
        foreach (ISymbol member in _members)
        {
            if (member is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true, IsPartialDefinition: false })
            {
                Report(DiagnosticDescriptors.PropertyShape, member, member.Name, "it is required, and a reader must be able to make a patch without it; remove 'required'");
            }
        }
    }

    private bool NeedsAutoLayout() =>
        _type.IsValueType && !_type.Has(KnownTypes.StructLayout) && _type.GetMembers().Any(static m => m is IFieldSymbol { IsStatic: false } && !TakenNames.IsGenerated(m));

    private void CheckInitializer(IPropertySymbol property)
    {
        foreach (PropertyDeclarationSyntax declaration in property.DeclaringSyntaxReferences.Select(r => r.GetSyntax(_cancellationToken)).OfType<PropertyDeclarationSyntax>())
        {
            if (declaration.Initializer is { } initializer)
            {
                Report(DiagnosticDescriptors.Initializer, initializer.GetLocation(), property.Name);
            }
        }
    }
}
