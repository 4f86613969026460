using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

// The equality of JSON Patch.
internal sealed partial class JsonTree
{
    /// <summary>Whether two values are equal (RFC 6902 section 4.6): numbers by value, members in any order.</summary>
    public static bool AreEqual(JsonTree left, JsonTree right)
    {
        if (ReferenceEquals(left, right) || left.Kind != right.Kind)
        {
            return left.Kind == right.Kind;
        }

        switch (left.Kind)
        {
            case JsonValueKind.Object:
                ReadOnlySpan<Member> members = left.Members;
                for (int i = 0; members.Length == right.Members.Length && i < members.Length; i++)
                {
                    if (right.Find(members[i].Name) is not { } other || !AreEqual(members[i].Value, other))
                    {
                        return false;
                    }
                }

                return members.Length == right.Members.Length;
            case JsonValueKind.Array:
                ReadOnlySpan<JsonTree> items = left.Items, others = right.Items;
                for (int i = 0; items.Length == others.Length && i < items.Length; i++)
                {
                    if (!AreEqual(items[i], others[i]))
                    {
                        return false;
                    }
                }

                return items.Length == others.Length;
            case JsonValueKind.Number:
                return JsonNumber.AreEqual(left._json.Span, right._json.Span);
            case JsonValueKind.String:
                return left._json.Span.SequenceEqual(right._json.Span) || Text(left._json.Span) == Text(right._json.Span);
            default:
                return true;
        }
    }
}
