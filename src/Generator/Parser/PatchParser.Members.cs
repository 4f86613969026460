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
    private List<IPropertySymbol> MemberProperties()
    {
        var members = new List<IPropertySymbol>();
        foreach (IPropertySymbol property in _members.OfType<IPropertySymbol>())
        {
            if (property.IsStatic || property.IsIndexer || property.DeclaringSyntaxReferences.IsEmpty
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
                members.Add(property);
            }
            else if (property is { SetMethod: not null, IsRequired: false } && !property.Has(KnownTypes.JsonIgnore) && property.DeclaringSyntaxReferences[0].GetSyntax(_cancellationToken) is PropertyDeclarationSyntax)
            {
                Report(DiagnosticDescriptors.PropertyNotPartial, property, property.Name);
            }
        }

        return members;
    }

    private List<MemberSpec> ParseMembers(List<IPropertySymbol> properties, TakenNames taken)
    {
        var members = new List<MemberSpec>(properties.Count);
        foreach (IPropertySymbol property in properties)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            members.Add(ParseMember(property, taken));
        }

        ReportDuplicates(properties, members);

        // Stable: the declared order, but that the open member comes last.
        return members.OrderBy(static m => m.Codec is OpenCodec).ToList();
    }

    private MemberSpec ParseMember(IPropertySymbol property, TakenNames taken)
    {
        bool isReadable = CheckProperty(property);
        bool isOpen = property.Has(KnownTypes.JsonExtensionData);
        bool isSelector = property.Has(KnownTypes.Selector);
        CodecSpec? codec = !isReadable ? null : isOpen ? ParseOpen(property) : ParseCodec(property);
        string presence = "Has" + property.Name;
        if (taken.Contains(presence))
        {
            Report(DiagnosticDescriptors.NameTaken, property, presence, property.Name);
        }

        return new MemberSpec
        {
            Name = property.Name,
            JsonName = JsonName(property, _naming),
            Type = Bare(property.Type.WithoutNullable()) with { IsValueType = property.Type.IsValueType, IsNullable = property.Type.IsNullable() },
            Modifiers = Modifiers(property),
            Getter = Accessor(property, property.GetMethod, AccessorKind.Get),
            Setter = Accessor(property, property.SetMethod, property.SetMethod is { IsInitOnly: true } ? AccessorKind.Init : AccessorKind.Set),
            HasPresenceProperty = !taken.Contains(presence),
            HasTryGet = property.Type.IsValueType && !taken.Contains("TryGet" + property.Name),
            IsSelector = isSelector,
            FencedUntil = property.Attribute(KnownTypes.FencedUntil)?.FirstArgument() as string,
            Codec = codec,
            Checks = codec is null ? ImmutableEquatableArray<CheckSpec>.Empty : ParseChecks(property, codec),
            Target = codec is null ? null : isSelector ? CheckSelector(property) : ParseTarget(property, codec),
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

    private static string JsonName(ISymbol symbol, NamingPolicy policy) =>
        symbol.Attribute(KnownTypes.JsonPropertyName)?.ConstructorArguments.FirstOrDefault().Value as string ?? Naming.Convert(symbol.Name, policy);

    private void ReportDuplicates(List<IPropertySymbol> properties, List<MemberSpec> members)
    {
        foreach (var group in members.Where(static m => m.Codec is not OpenCodec).GroupBy(static m => m.JsonName))
        {
            foreach (MemberSpec second in group.Skip(1))
            {
                Report(DiagnosticDescriptors.DuplicateName, properties.First(p => p.Name == second.Name), group.First().Name, second.Name, second.JsonName);
            }
        }

        foreach (var group in members.Where(static m => m.Target is not null).GroupBy(static m => m.Target!.Name))
        {
            foreach (MemberSpec second in group.Skip(1))
            {
                Report(DiagnosticDescriptors.Target, properties.First(p => p.Name == second.Name), second.Name, _document!.Name, $"'{group.First().Name}' is applied to '{group.Key}' already");
            }
        }

        if (members.Count(static m => m.Codec is OpenCodec) > 1)
        {
            IPropertySymbol last = properties.Last(static p => p.Has(KnownTypes.JsonExtensionData));
            Report(DiagnosticDescriptors.PropertyShape, last, last.Name, "another property takes the members that are not modelled already");
        }
    }

    private MemberModifiers Modifiers(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.Select(r => r.GetSyntax(_cancellationToken)).OfType<PropertyDeclarationSyntax>().First()
            .Modifiers.Aggregate(MemberModifiers.None, static (all, modifier) => all | ToModifier(modifier.Kind()));

    private static MemberModifiers ToModifier(SyntaxKind kind) => kind switch
    {
        SyntaxKind.PublicKeyword => MemberModifiers.Public,
        SyntaxKind.ProtectedKeyword => MemberModifiers.Protected,
        SyntaxKind.InternalKeyword => MemberModifiers.Internal,
        SyntaxKind.PrivateKeyword => MemberModifiers.Private,
        SyntaxKind.NewKeyword => MemberModifiers.New,
        SyntaxKind.SealedKeyword => MemberModifiers.Sealed,
        SyntaxKind.OverrideKeyword => MemberModifiers.Override,
        SyntaxKind.VirtualKeyword => MemberModifiers.Virtual,
        SyntaxKind.RequiredKeyword => MemberModifiers.Required,
        SyntaxKind.ReadOnlyKeyword => MemberModifiers.Readonly,
        SyntaxKind.UnsafeKeyword => MemberModifiers.Unsafe,
        _ => MemberModifiers.None, // 'partial', which is always written, and what a partial property cannot have.
    };

    private static AccessorSpec? Accessor(IPropertySymbol property, IMethodSymbol? accessor, AccessorKind kind) =>
        accessor is null ? null : new AccessorSpec(kind, accessor.DeclaredAccessibility == property.DeclaredAccessibility ? MemberModifiers.None : accessor.DeclaredAccessibility switch
        {
            Accessibility.Private => MemberModifiers.Private,
            Accessibility.Protected => MemberModifiers.Protected,
            Accessibility.Internal => MemberModifiers.Internal,
            Accessibility.ProtectedOrInternal => MemberModifiers.Protected | MemberModifiers.Internal,
            Accessibility.ProtectedAndInternal => MemberModifiers.Private | MemberModifiers.Protected,
            _ => MemberModifiers.Public,
        });
}
