using System.Collections.Generic;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Parser;

/// <content>The shape of the record, and what it declares beside its members.</content>
internal sealed partial class PatchParser
{
    // More than the properties would bring errors of its own.
    private bool _hasRoomForPropertiesOnly;

    /// <summary>How much can be written for a type of this shape; null when it has no other half at all.</summary>
    private PatchExtent? CheckShape()
    {
        (string? reason, PatchExtent? extent) = _type switch
        {
            { IsRecord: false } => ("it is not a record; declare it 'partial record' or 'partial record struct'", null),
            _ when !IsPartial(_type) => ("it is not partial; declare it 'partial record'", null),
            { IsFileLocal: true } => ("it is local to its file, where generated code cannot see it", null),
            _ when ContainingTypes().FirstOrDefault(static t => !IsPartial(t)) is { } outer =>
                ($"the type '{outer.Name}' that contains it is not partial; declare that partial too", null),
            _ when ContainingTypes().Prepend(_type).Any(static t => t.IsGenericType) =>
                ("it is generic; declare a patch for each closed type", null),
            { IsAbstract: true } => ("it is abstract, and the reader creates one; seal it", PatchExtent.Properties),
            { IsReferenceType: true, BaseType: { SpecialType: not SpecialType.System_Object } @base } =>
                ($"it inherits from '{@base.Name}'; repeat the members, a patch is a list of what may be sent", PatchExtent.Properties),
            _ when IsPositional() =>
                ("it has positional parameters, where absent and null are the same; declare partial properties", PatchExtent.Properties),
            _ when _type.GetAttributes().Any(a => a.Is(KnownTypes.Patch) && a.AttributeClass!.Arity != _patch.AttributeClass!.Arity) =>
                ("it has two patch attributes; remove one", PatchExtent.Presence),
            { IsValueType: false } when !_type.InstanceConstructors.Any(static c => c.IsCalledWithoutArguments()) =>
                ("the reader creates one, and no constructor takes no arguments; declare one without parameters", PatchExtent.Presence),
            _ => ((string?)null, (PatchExtent?)PatchExtent.Full),
        };
        Reject(DiagnosticDescriptors.Shape, _type, reason);
        return extent;
    }

    /// <summary>
    /// A method may have the name of a generated one where its parameters differ in number; anything else may not. And since the reader
    /// creates a patch from any body, nothing in it can be required.
    /// </summary>
    private void CheckDeclarations()
    {
        foreach (ISymbol member in _members)
        {
            bool isReserved = member switch
            {
                IPropertySymbol { IsPartialDefinition: true } property => TakenNames.IsReservedForMembers(property.Name),
                IMethodSymbol { MethodKind: MethodKind.Ordinary } method => TakenNames.IsReserved(method.Name, method.Parameters.Length),
                IMethodSymbol => false,
                _ => TakenNames.IsReserved(member.Name, parameters: null),
            };
            if (isReserved)
            {
                string advice = member is IPropertySymbol ? ", and keep its JSON name with [JsonPropertyName]" : "";
                Report(DiagnosticDescriptors.ReservedName, member, member.Name, advice);
                _hasRoomForPropertiesOnly = true;
            }

            if (member is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true, IsPartialDefinition: false }
                && !_type.InstanceConstructors.Any(static c => c.IsCalledWithoutArguments() && c.Has(KnownTypes.SetsRequiredMembers)))
            {
                string reason = "it is required, and the reader creates a patch without it; remove 'required'";
                Reject(DiagnosticDescriptors.PropertyShape, member, reason);
            }
        }
    }

    private bool NeedsAutoLayout() =>
        _type.IsValueType && !_type.Has(KnownTypes.StructLayout)
        && _type.GetMembers().Any(static m => m is IFieldSymbol { IsStatic: false } && !TakenNames.IsGenerated(m));

    private bool IsPositional() =>
        Declarations(_type).Any(static d => d is RecordDeclarationSyntax { ParameterList.Parameters.Count: > 0 });

    private static bool IsPartial(INamedTypeSymbol type) =>
        Declarations(type).Any(static d => d is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static IEnumerable<SyntaxNode> Declarations(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax());

    private IEnumerable<INamedTypeSymbol> ContainingTypes()
    {
        for (INamedTypeSymbol? outer = _type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            yield return outer;
        }
    }

    private static ContainingTypeKind KindOf(INamedTypeSymbol type) => (type.IsRecord, type.TypeKind) switch
    {
        (true, TypeKind.Struct) => ContainingTypeKind.RecordStruct,
        (true, _) => ContainingTypeKind.Record,
        (_, TypeKind.Struct) => ContainingTypeKind.Struct,
        (_, TypeKind.Interface) => ContainingTypeKind.Interface,
        _ => ContainingTypeKind.Class,
    };
}
