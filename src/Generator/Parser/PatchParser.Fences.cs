using System.Collections.Generic;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Fences: paths of names that are reserved.</content>
internal sealed partial class PatchParser
{
    private const string NoUntil = "its Until is empty; say what it waits for, such as \"v2\"";

    private ImmutableEquatableArray<FenceSpec> ParseFences(List<IPropertySymbol> properties, List<MemberSpec> members)
    {
        foreach (IPropertySymbol property in properties.Where(static p => p.Has(KnownTypes.FencedUntil)))
        {
            AttributeData fence = property.Attribute(KnownTypes.FencedUntil)!;
            string? reason = property.Has(KnownTypes.JsonExtensionData) || property.Has(KnownTypes.Selector) ? "only a member that changes the document can be fenced"
                : fence.FirstArgument() is null or "" ? NoUntil
                : null;
            if (reason is not null)
            {
                Report(DiagnosticDescriptors.Fence, fence.LocationOr(property), property.Name, reason);
            }
        }

        var root = new FenceNode();
        foreach (AttributeData attribute in _type.GetAttributes().Where(static a => a.Is(KnownTypes.Fence)))
        {
            string? until = attribute.Argument("Until") as string;
            string[] paths = attribute.ConstructorArguments.SelectMany(static a => a.Kind == TypedConstantKind.Array && !a.IsNull ? a.Values.Select(static v => v.Value as string ?? "") : []).ToArray();
            if (paths.Length == 0 || until is "")
            {
                Report(DiagnosticDescriptors.Fence, attribute.LocationOr(_type), string.Join(", ", paths), paths.Length == 0 ? "it names no member" : NoUntil);
            }

            foreach (string path in paths)
            {
                if (Add(root, path, until, properties, members) is { } reason)
                {
                    ReportFixable(DiagnosticDescriptors.Fence, attribute.LocationOr(_type), FenceFix(path, until, members), path, reason);
                }
            }
        }

        return root.ToSpecs();
    }

    // A property is closed by an attribute of its own, which has to say until when.
    private static (string, string)[] FenceFix(string path, string? until, List<MemberSpec> members) =>
        until is { Length: > 0 } && members.FirstOrDefault(m => m.JsonName == path && !m.IsSelector && m.Codec is not OpenCodec) is { } member
            ? [(FixProperties.Path, path), (FixProperties.Until, until), (FixProperties.Member, member.Name)]
            : [];

    private static string? Add(FenceNode root, string path, string? until, List<IPropertySymbol> properties, List<MemberSpec> members)
    {
        string[] names = path.Split('.');
        if (names.Any(static name => name.Length == 0))
        {
            return "a fence is a member's name, or names joined by dots";
        }

        if (members.FirstOrDefault(m => m.JsonName == names[0] && m.Codec is not OpenCodec) is { } member)
        {
            return names.Length == 1
                ? $"'{member.Name}' is a property of this record; put [FencedUntil] on it, or remove it"
                : member.Codec is PatchCodec
                    ? $"'{member.Name}' is modelled by '{properties.First(p => p.Name == member.Name).Type.WithoutNullable().ToName()}'; put the fence on that record"
                    : $"'{member.Name}' is a property that holds no members";
        }

        FenceNode node = root;
        foreach (string name in names)
        {
            if (node.IsReserved)
            {
                return "a shorter fence covers it already";
            }

            node = node.Child(name);
        }

        if (node.IsReserved || node.HasChildren)
        {
            return "another fence covers it already";
        }

        node.Reserve(until);
        return null;
    }

    /// <summary>Fences while they are gathered: paths that begin alike share nodes.</summary>
    private sealed class FenceNode
    {
        private readonly List<(string Name, FenceNode Node)> _children = [];
        private string? _until;

        public bool IsReserved { get; private set; }

        public bool HasChildren => _children.Count > 0;

        public FenceNode Child(string name)
        {
            if (_children.FirstOrDefault(child => child.Name == name).Node is { } known)
            {
                return known;
            }

            var node = new FenceNode();
            _children.Add((name, node));
            return node;
        }

        public void Reserve(string? until) => (IsReserved, _until) = (true, until);

        public ImmutableEquatableArray<FenceSpec> ToSpecs() =>
            _children.Select(static child => new FenceSpec(child.Name, child.Node._until, child.Node.IsReserved, child.Node.ToSpecs())).ToEquatable();
    }
}
