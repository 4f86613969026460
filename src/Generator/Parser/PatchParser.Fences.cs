using System.Collections.Generic;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <content>Fences: paths of names that are reserved.</content>
internal sealed partial class PatchParser
{
    private const string NoUntil = "its Until is empty; say what it waits for, such as \"v2\"";

    // A write scope is a fence that opens for some callers.
    private void CheckFences(IPropertySymbol property)
    {
        bool isApplied = !property.Has(KnownTypes.JsonExtensionData) && !property.Has(KnownTypes.Selector);
        Check(property.Attribute(KnownTypes.FencedUntil), static until => until is null or "" ? NoUntil : null);
        Check(property.Attribute(KnownTypes.WriteScope), static scope => scope is not string text || text is "" || text.Any(IsNoScope)
            ? "its scope is empty or has a space, a quote or a backslash; name one scope that callers need, such as \"hr\""
            : null);

        void Check(AttributeData? fence, Func<object?, string?> reasonOf)
        {
            if (fence is not null)
            {
                string? reason = isApplied ? reasonOf(fence.FirstArgument())
                    : "only a member that changes the document can be fenced; remove the fence";
                Reject(DiagnosticDescriptors.Fence, fence.LocationOr(property), reason, property.Name);
            }
        }
    }

    // RFC 6749 section 3.3.
    private static bool IsNoScope(char c) => c is <= ' ' or > '~' or '"' or '\\';

    private ImmutableEquatableArray<FenceSpec> ParseFences(List<MemberSpec> members)
    {
        var fences = new List<(string[] Names, string? Until)>();
        foreach (AttributeData attribute in _type.GetAttributes())
        {
            if (!attribute.Is(KnownTypes.Fence))
            {
                continue;
            }

            Location location = attribute.LocationOr(_type);
            string? until = attribute.Argument("Until") as string;
            IEnumerable<TypedConstant> items = attribute.ConstructorArguments.SelectMany(static a => a.Items());
            string[] paths = [.. items.Select(static item => item.Value as string ?? "")];
            string? reason = paths.Length == 0 ? "it names no member" : until is "" ? NoUntil : null;
            Reject(DiagnosticDescriptors.Fence, location, reason, string.Join(", ", paths));
            foreach (string path in paths)
            {
                string[] names = path.Split('.');
                reason = FenceReason(names, fences, members);
                if (!Reject(DiagnosticDescriptors.Fence, location, reason, path, fix: FenceFix(path, until, members)))
                {
                    fences.Add((names, until));
                }
            }
        }

        return FencesBelow(fences, 0);
    }

    // A property is fenced by an attribute of its own, which must have a text.
    private static (string, string)[] FenceFix(string path, string? until, List<MemberSpec> members) =>
        until is { Length: > 0 } && members.Find(m => m.JsonName == path && !m.IsSelector && m.Codec is not OpenCodec) is { } member
            ? [(FixProperties.Path, path), (FixProperties.Until, until), (FixProperties.Member, member.Name)]
            : [];

    private static string? FenceReason(string[] names, List<(string[] Names, string? Until)> fences, List<MemberSpec> members)
    {
        if (names.Any(static name => name.Length == 0))
        {
            return "a fence is a member's name, or names joined by dots";
        }

        if (members.Find(m => m.JsonName == names[0] && m.Codec is not OpenCodec) is { } member)
        {
            string type = member.Type.Name.Replace("global::", "");
            return names.Length == 1 ? $"'{member.Name}' is a property of this record; put [FencedUntil] on it, or remove it"
                : member.Codec is PatchCodec ? $"'{member.Name}' is modelled by '{type}'; put the fence on that record"
                : $"'{member.Name}' is a property that holds no members";
        }

        return fences.Any(f => f.Names.Zip(names, static (a, b) => a == b).All(static same => same))
            ? "another fence covers it already, or a part of it; keep the shorter one"
            : null;
    }

    private static ImmutableEquatableArray<FenceSpec> FencesBelow(IEnumerable<(string[] Names, string? Until)> fences, int depth) =>
        fences.GroupBy(f => f.Names[depth]).Select(group => group.First() is { } first && first.Names.Length == depth + 1
            ? new FenceSpec(group.Key, first.Until, IsReserved: true, ImmutableEquatableArray<FenceSpec>.Empty)
            : new FenceSpec(group.Key, null, IsReserved: false, FencesBelow(group, depth + 1))).ToEquatable();
}
