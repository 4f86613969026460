using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Members whose types do not say whether they may be null, or say it to others.</content>
internal sealed partial class PatchParser
{
    /// <summary>Reports the members of which the type does not say whether null may be sent.</summary>
    private void CheckNullability()
    {
        var unknown = _members.OfType<IPropertySymbol>().Where(static p => p is { IsPartialDefinition: true, IsStatic: false }
            && p.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.None, TypeKind: not TypeKind.Error }
            && !p.Has(KnownTypes.JsonExtensionData)).ToList();
        if (unknown.Count > 0)
        {
            string names = string.Join(", ", unknown.Select(static p => $"'{p.Name}'"));
            Report(DiagnosticDescriptors.UnknownNullability, _type, _type.Name, names);
        }
    }

    /// <summary>
    /// Whether an interface of the record has the property as one that is never null, which is reported. The compiler would warn of it
    /// (CS8766) if it knew that the property may be null.
    /// </summary>
    private bool IsNeverNullInInterface(IPropertySymbol property)
    {
        IPropertySymbol? declared = _type.AllInterfaces.SelectMany(i => i.GetMembers(property.Name)).OfType<IPropertySymbol>()
            .FirstOrDefault(p => p is { GetMethod: not null, NullableAnnotation: NullableAnnotation.NotAnnotated }
                && !p.Has(KnownTypes.MaybeNull)
                && SymbolEqualityComparer.Default.Equals(_type.FindImplementationForInterfaceMember(p), property));
        if (declared is null)
        {
            return false;
        }

        string name = $"{declared.ContainingType.Name}.{declared.Name}";
        string type = declared.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        Report(DiagnosticDescriptors.NullInInterface, property, property.Name, name, type, "Has" + property.Name);
        return true;
    }
}
