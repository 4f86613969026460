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
        JsonTree? before = FindMember(name);
        if (before is null && !isNew)
        {
            return null;
        }

        long size = Size - (before is null ? 0 : SizeOf(name) + before.Size) + (value is null ? 0 : SizeOf(name) + value.Size);
        int index = Array.FindIndex(_changes, change => change.Name == name);
        Member[] changes = index < 0 ? [.. _changes, new(name, value!)] : [.. _changes];
        if (index >= 0)
        {
            changes[index] = new(name, value!);
        }

        return new(_base ?? this, changes, size);
    }

    private Member[] MergeChanges()
    {
        List<Member> members = [];
        foreach (Member member in _base!.Members)
        {
            int index = Array.FindIndex(_changes, change => change.Name == member.Name);
            if (index < 0 || _changes[index].Value is not null)
            {
                members.Add(index < 0 ? member : _changes[index]);
            }
        }

        foreach (Member change in _changes)
        {
            if (change.Value is not null && _base.FindMember(change.Name) is null)
            {
                members.Add(change);
            }
        }

        return [.. members];
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
