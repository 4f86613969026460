using System.Collections.Generic;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Members: partial properties of the record.</content>
internal sealed partial class PatchParser
{
    private List<DeclaredProperty> MemberProperties()
    {
        var members = new List<DeclaredProperty>();
        foreach (IPropertySymbol property in _type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.IsStatic || property.IsImplicitlyDeclared || property.IsIndexer || property.DeclaringSyntaxReferences.IsEmpty
                || !property.ExplicitInterfaceImplementations.IsEmpty || members.Any(m => m.Name == property.Name))
            {
                continue; // The compiler says what is wrong with a second one of a name.
            }

            if (property.PartialImplementationPart is { } half && !TakenNames.IsGenerated(half))
            {
                Report(DiagnosticDescriptors.PropertyShape, property, property.Name, "its other half is generated; remove the one with the bodies");
            }
            else if (property.IsPartialDefinition)
            {
                members.Add(Declared(property));
            }
            else if (property is { SetMethod: not null, IsRequired: false } && !property.Has(KnownTypes.JsonIgnore) && property.DeclaringSyntaxReferences[0].GetSyntax(_cancellationToken) is PropertyDeclarationSyntax)
            {
                Report(DiagnosticDescriptors.PropertyNotPartial, property, property.Name);
            }
        }

        return members;
    }

    private DeclaredProperty Declared(IPropertySymbol property) =>
        new(
            property.Name,
            property.Type,
            Modifiers(property),
            Accessor(property, property.GetMethod, "get"),
            Accessor(property, property.SetMethod, property.SetMethod is { IsInitOnly: true } ? "init" : "set"),
            [.. property.GetAttributes().Where(static a => a.AttributeClass is not null).Select(static a => new DeclaredAttribute(a))],
            LocationOf(property))
        {
            Symbol = property,
        };

    private List<MemberSpec> ParseMembers(List<DeclaredProperty> properties, TakenNames taken)
    {
        var members = new List<MemberSpec>(properties.Count);
        foreach (DeclaredProperty property in properties)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            members.Add(ParseMember(property, taken));
        }

        ReportDuplicates(properties, members);

        // Stable: the declared order, but that the open member comes last.
        return members.OrderBy(static m => m.Value.Kind == ValueKind.Open).ToList();
    }

    private MemberSpec ParseMember(DeclaredProperty property, TakenNames taken)
    {
        bool isReadable = property.Symbol is null || CheckProperty(property.Symbol);
        bool isOpen = property.Has(KnownTypes.JsonExtensionData);
        bool isSelector = property.Has(KnownTypes.Selector);
        ValueSpec value = !isReadable ? Unsupported(property.Type) : isOpen ? ParseOpen(property) : ParseValue(property);
        string presence = "Has" + property.Name;
        if (taken.Contains(presence))
        {
            Report(DiagnosticDescriptors.NameTaken, property.Location, presence, property.Name);
        }

        return new MemberSpec
        {
            Name = property.Name,
            JsonName = property.Attribute(KnownTypes.JsonPropertyName)?.Arguments.FirstOrDefault() as string ?? Naming.Convert(property.Name, _naming),
            Type = property.Type.ToCode(),
            Modifiers = property.Modifiers,
            Getter = property.Getter,
            Setter = property.Setter,
            IsValueType = property.Type.IsValueType,
            IsNullable = property.Type.IsNullable(),
            HasPresenceProperty = !taken.Contains(presence),
            HasTryGet = property.Type.IsValueType && !taken.Contains("TryGet" + property.Name),
            IsSelector = isSelector,
            FencedUntil = property.Attribute(KnownTypes.FencedUntil)?.Arguments.FirstOrDefault() as string,
            Value = value,
            Checks = value.Kind is ValueKind.Unsupported ? ImmutableEquatableArray<CheckSpec>.Empty : ParseChecks(property, value),
            Target = value.Kind is ValueKind.Unsupported ? null : isSelector ? CheckSelector(property) : ParseTarget(property, value),
        };
    }

    /// <summary>Says what is wrong with the shape of a property.</summary>
    /// <returns>Whether it has values that can be read.</returns>
    private bool CheckProperty(IPropertySymbol property)
    {
        bool isReference = property.Type is { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } || property.Type.IsRefLikeType || property.ReturnsByRef || property.ReturnsByRefReadonly;
        bool isHidden = property.DeclaringSyntaxReferences[0].GetSyntax(_cancellationToken) is PropertyDeclarationSyntax { Type: var type } && NamesHiddenType(type);
        _hasRoomForPropertiesOnly |= isHidden || isReference || property.Type.TypeKind == TypeKind.Error;
        string? reason =
            property.IsRequired ? "it is required, and every member of a patch may be absent; remove 'required'"
            : property.SetMethod is null || property.GetMethod is null ? "it needs a get and an init accessor"
            : isHidden ? "its type 'Members' is hidden by the generated set of members; write it with its namespace"
            : isReference ? "it is a reference or a pointer"
            : property.GetMethod.DeclaredAccessibility != property.DeclaredAccessibility ? "its get accessor has an access modifier of its own"
            : null;
        if (reason is not null)
        {
            Report(DiagnosticDescriptors.PropertyShape, property, property.Name, reason);
        }

        CheckInitializer(property);
        return !isReference;
    }

    // Within the record, the bare name means the generated type.
    internal static bool NamesHiddenType(TypeSyntax type) =>
        type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(static name => name.Identifier.ValueText == "Members" && name.Parent is not (QualifiedNameSyntax or AliasQualifiedNameSyntax));

    private void ReportDuplicates(List<DeclaredProperty> properties, List<MemberSpec> members)
    {
        foreach (var group in members.Where(static m => m.Value.Kind != ValueKind.Open).GroupBy(static m => m.JsonName))
        {
            foreach (MemberSpec second in group.Skip(1))
            {
                Report(DiagnosticDescriptors.DuplicateName, properties.First(p => p.Name == second.Name).Location, group.First().Name, second.Name, second.JsonName);
            }
        }

        foreach (var group in members.Where(static m => m.Target is not null).GroupBy(static m => m.Target!.Name))
        {
            foreach (MemberSpec second in group.Skip(1))
            {
                Report(DiagnosticDescriptors.Target, properties.First(p => p.Name == second.Name).Location, second.Name, _document!.Name, $"'{group.First().Name}' is applied to '{group.Key}' already");
            }
        }

        if (members.Count(static m => m.Value.Kind == ValueKind.Open) > 1)
        {
            DeclaredProperty last = properties.Last(static p => p.Has(KnownTypes.JsonExtensionData));
            Report(DiagnosticDescriptors.PropertyShape, last.Location, last.Name, "another property takes the members that are not modelled already");
        }
    }

    // Both halves of a partial property must carry the same modifiers.
    private string Modifiers(IPropertySymbol property)
    {
        IEnumerable<string> modifiers = property.DeclaringSyntaxReferences
            .Select(r => r.GetSyntax(_cancellationToken))
            .OfType<PropertyDeclarationSyntax>()
            .First()
            .Modifiers
            .Where(static m => !m.IsKind(SyntaxKind.PartialKeyword))
            .Select(static m => m.Text);
        return string.Join(" ", modifiers);
    }

    private static string Accessor(IPropertySymbol property, IMethodSymbol? accessor, string keyword) =>
        accessor is null ? ""
        : accessor.DeclaredAccessibility == property.DeclaredAccessibility ? keyword
        : $"{SyntaxFacts.GetText(accessor.DeclaredAccessibility)} {keyword}";
}
