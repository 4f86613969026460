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
    private List<MemberSpec> ParseMembers(TakenNames taken)
    {
        var members = new List<MemberSpec>();
        var properties = new Dictionary<string, IPropertySymbol>();
        foreach (IPropertySymbol property in _members.OfType<IPropertySymbol>())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (!properties.ContainsKey(property.Name) && DeclarationOf(property) is { } declaration) // The compiler reports a second one.
            {
                properties.Add(property.Name, property);
                members.Add(ParseMember(property, declaration, taken));
            }
        }

        ReportDuplicates(properties, members);

        // Stable: the declared order, but that the open member comes last.
        return [.. members.OrderBy(static m => m.Codec is OpenCodec)];
    }

    /// <summary>The user's half of a member; null for any other property.</summary>
    private PropertyDeclarationSyntax? DeclarationOf(IPropertySymbol property)
    {
        if (property.IsStatic || property.IsIndexer || !property.ExplicitInterfaceImplementations.IsEmpty
            || property.DeclaringSyntaxReferences is not [var reference, ..]
            || reference.GetSyntax(_cancellationToken) is not PropertyDeclarationSyntax declaration)
        {
            return null;
        }

        if (property.PartialImplementationPart is { } half && !TakenNames.IsGenerated(half))
        {
            Reject(DiagnosticDescriptors.PropertyShape, property, "its other half is generated; remove the one with the bodies");
        }
        else if (property.IsPartialDefinition)
        {
            return declaration;
        }
        else if (property is { SetMethod: not null, IsRequired: false } && !property.Has(KnownTypes.JsonIgnore))
        {
            Report(DiagnosticDescriptors.PropertyNotPartial, property, property.Name);
        }

        return null;
    }

    private MemberSpec ParseMember(IPropertySymbol property, PropertyDeclarationSyntax declaration, TakenNames taken)
    {
        ITypeSymbol type = property.Type;
        bool isReadable = CheckProperty(property, declaration), isSelector = property.Has(KnownTypes.Selector);
        CodecSpec? codec = !isReadable ? null : property.Has(KnownTypes.JsonExtensionData) ? ParseOpen(property) : ParseCodec(property);
        string presence = "Has" + property.Name;
        string jsonName = DocumentJson.NameOf(property, _naming);
        if (taken.Contains(presence))
        {
            Report(DiagnosticDescriptors.NameTaken, property, presence, property.Name);
        }

        CheckFences(property);
        return new MemberSpec(
            Name: property.Name,
            JsonName: jsonName,
            Type: type.ToSpec(),
            Modifiers: Modifiers(declaration.Modifiers),
            Getter: Accessor(declaration, isGetter: true),
            Setter: Accessor(declaration, isGetter: false),
            IsMaybeNull: type.IsReferenceType && !type.IsNullable() && !IsNeverNullInInterface(property),
            HasPresenceProperty: !taken.Contains(presence),
            HasTryGet: type.IsValueType && !taken.Contains("TryGet" + property.Name),
            IsSelector: isSelector,
            FencedUntil: property.Attribute(KnownTypes.FencedUntil)?.FirstArgument() as string,
            WriteScope: property.Attribute(KnownTypes.WriteScope)?.FirstArgument() as string,
            Codec: codec,
            Checks: codec is null ? ImmutableEquatableArray<CheckSpec>.Empty : ParseChecks(property, jsonName, codec),
            Target: codec is null ? null : isSelector ? CheckSelector(property) : ParseTarget(property, codec));
    }

    /// <summary>Reports what is wrong with the shape of a property.</summary>
    /// <returns>Whether it has values that can be read.</returns>
    private bool CheckProperty(IPropertySymbol property, PropertyDeclarationSyntax declaration)
    {
        bool isReference = property.Type is { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } or { IsRefLikeType: true }
            || property.ReturnsByRef || property.ReturnsByRefReadonly;
        bool isHidden = NamesHiddenType(declaration.Type);
        _hasRoomForPropertiesOnly |= isHidden || isReference || property.Type.TypeKind == TypeKind.Error;
        string? reason =
            property.IsRequired ? "it is required, and every member of a patch may be absent; remove 'required'"
            : property.SetMethod is null || property.GetMethod is null ? "it needs a get and an init accessor"
            : isHidden ? "its type 'Members' is hidden by the generated set of members; write it with its namespace"
            : isReference ? "it is a reference or a pointer; declare it with the type of the value"
            : property.GetMethod.DeclaredAccessibility == property.DeclaredAccessibility ? null
            : "its get accessor has an access modifier of its own; remove it";
        Reject(DiagnosticDescriptors.PropertyShape, property, reason);
        if (declaration.Initializer is { } initializer)
        {
            _diagnostics.Add(Diagnostic.Create(DiagnosticDescriptors.Initializer, initializer.GetLocation(), property.Name));
        }

        return !isReference;
    }

    // Within the record, the bare name means the generated type.
    internal static bool NamesHiddenType(TypeSyntax type) =>
        type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(static name =>
            name.Identifier.ValueText == "Members" && name.Parent is not (QualifiedNameSyntax or AliasQualifiedNameSyntax));

    private void ReportDuplicates(Dictionary<string, IPropertySymbol> properties, List<MemberSpec> members)
    {
        foreach (var group in members.Where(static m => m.Codec is not OpenCodec).GroupBy(static m => m.JsonName))
        {
            foreach (MemberSpec second in group.Skip(1))
            {
                Report(DiagnosticDescriptors.DuplicateName, properties[second.Name], group.First().Name, second.Name, second.JsonName);
            }
        }

        foreach (var group in members.Where(static m => m.Target is not null).GroupBy(static m => m.Target!.Name))
        {
            foreach (MemberSpec second in group.Skip(1))
            {
                string reason = $"'{group.First().Name}' is applied to '{group.Key}' already; remove one";
                Report(DiagnosticDescriptors.Target, properties[second.Name], second.Name, _document!.Name, reason);
            }
        }

        foreach (MemberSpec second in members.Where(static m => m.Codec is OpenCodec).Skip(1))
        {
            string reason = "another property takes the members that are not modelled already; remove one";
            Reject(DiagnosticDescriptors.PropertyShape, properties[second.Name], reason);
        }
    }

    private static MemberModifiers Modifiers(SyntaxTokenList modifiers)
    {
        var all = MemberModifiers.None;
        foreach (SyntaxToken modifier in modifiers)
        {
            all |= modifier.Kind() switch
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
                _ => MemberModifiers.None, // 'partial' is always written.
            };
        }

        return all;
    }

    private static AccessorSpec? Accessor(PropertyDeclarationSyntax declaration, bool isGetter)
    {
        foreach (AccessorDeclarationSyntax accessor in declaration.AccessorList?.Accessors ?? [])
        {
            AccessorKind? kind = accessor.Kind() switch
            {
                SyntaxKind.GetAccessorDeclaration => AccessorKind.Get,
                SyntaxKind.InitAccessorDeclaration => AccessorKind.Init,
                SyntaxKind.SetAccessorDeclaration => AccessorKind.Set,
                _ => null,
            };
            if (kind is { } found && isGetter == (found == AccessorKind.Get))
            {
                return new AccessorSpec(found, Modifiers(accessor.Modifiers));
            }
        }

        return null;
    }
}
