using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

// The operations of JSON Patch that change a value (RFC 6902 section 4): each returns another value.
internal sealed partial class JsonTree
{
    /// <summary>The value with a part added (RFC 6902 section 4.1); null if there is no place for it.</summary>
    public JsonTree? Add(ReadOnlySpan<string> path, JsonTree added) => Change(path, added, isNew: true);

    /// <summary>The value with a part replaced (RFC 6902 section 4.3); null if it has no such part.</summary>
    public JsonTree? Replace(ReadOnlySpan<string> path, JsonTree replacement) => Change(path, replacement, isNew: false);

    /// <summary>The value without a part (RFC 6902 section 4.2); null if it has no such part.</summary>
    public JsonTree? Remove(ReadOnlySpan<string> path) => Change(path, null, isNew: false);

    private JsonTree? Change(ReadOnlySpan<string> path, JsonTree? value, bool isNew)
    {
        string segment = path[0];
        if (path.Length > 1)
        {
            if (Find(segment)?.Change(path[1..], value, isNew) is not { } changed)
            {
                return null;
            }

            (value, isNew) = (changed, false);
        }

        return Kind switch
        {
            JsonValueKind.Object => ChangeMember(segment, value, isNew),
            JsonValueKind.Array => ChangeItem(segment, value, isNew),
            _ => null,
        };
    }

    private JsonTree? ChangeMember(string name, JsonTree? value, bool isNew)
    {
        int index = IndexOf(name);
        if (index < 0)
        {
            return isNew ? new([.. Members, new(name, value!)], Size + SizeOf(name) + value!.Size) : null;
        }

        JsonTree before = Members[index].Value;
        if (value is null)
        {
            return new([.. Members[..index], .. Members[(index + 1)..]], Size - SizeOf(name) - before.Size);
        }

        Member[] members = [.. Members];
        members[index] = new(name, value);
        return new(members, Size - before.Size + value.Size);
    }

    private JsonTree? ChangeItem(string segment, JsonTree? value, bool isNew)
    {
        ReadOnlySpan<JsonTree> items = Items;
        int index = items.Length;
        if ((!isNew || segment != "-") && (!TryGetIndex(segment, out index) || index > items.Length))
        {
            return null;
        }

        if (isNew)
        {
            return new([.. items[..index], value!, .. items[index..]], Size + value!.Size + 1);
        }

        if (index == items.Length)
        {
            return null;
        }

        JsonTree before = items[index];
        if (value is null)
        {
            return new([.. items[..index], .. items[(index + 1)..]], Size - before.Size - 1);
        }

        JsonTree[] changed = [.. items];
        changed[index] = value;
        return new(changed, Size - before.Size + value.Size);
    }

    private static int SizeOf(string name) => Encoding.UTF8.GetByteCount(name) + 4; // quotes, colon, comma
}
