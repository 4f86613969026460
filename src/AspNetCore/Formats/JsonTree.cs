using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// An immutable JSON value. What nothing asks for stays bytes: an object or array is split into its parts, one level, when a part of it is
/// needed. A change makes new values along its path and shares all others, so that a copy takes no time and no memory, however large it is.
/// </summary>
internal sealed class JsonTree
{
    // Bodies and documents have limits of their own. The reader needs one bit for each level.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly ReadOnlyMemory<byte> _json; // empty for a value that was changed
    private readonly ValueOrigin? _origin;
    private Member[]? _members;
    private JsonTree[]? _items;
    private Dictionary<string, int>? _index; // for objects with many members
    private int _depth = -1;

    private JsonTree(ReadOnlyMemory<byte> json, ValueOrigin? origin)
    {
        _json = json;
        _origin = origin;
        Size = json.Length;
        Kind = json.Span[0] switch
        {
            (byte)'{' => JsonValueKind.Object,
            (byte)'[' => JsonValueKind.Array,
            (byte)'"' => JsonValueKind.String,
            (byte)'t' => JsonValueKind.True,
            (byte)'f' => JsonValueKind.False,
            (byte)'n' => JsonValueKind.Null,
            _ => JsonValueKind.Number,
        };
    }

    private JsonTree(Member[] members, long size) => (Kind, _members, Size) = (JsonValueKind.Object, members, size);

    private JsonTree(JsonTree[] items, long size) => (Kind, _items, Size) = (JsonValueKind.Array, items, size);

    /// <summary>A null.</summary>
    public static JsonTree Null { get; } = new("null"u8.ToArray(), null);

    public JsonValueKind Kind { get; }

    /// <summary>The size of the value as it would be written, in bytes. Names with escapes count with fewer.</summary>
    public long Size { get; }

    /// <summary>Where the value was sent, unchanged; null for a value of the document and for one that was changed.</summary>
    public ValueOrigin? Origin => _origin;

    /// <summary>The levels of nesting: 0 for a value without members and items.</summary>
    public int Depth
    {
        get
        {
            if (_depth < 0)
            {
                _depth = Kind is not (JsonValueKind.Object or JsonValueKind.Array) ? 0 : !_json.IsEmpty ? Measure(_json.Span) : 1 + Deepest();
            }

            return _depth;
        }
    }

    /// <summary>The text of a string or a number; null for other values.</summary>
    public string? Scalar => Kind switch
    {
        JsonValueKind.String => Text(_json.Span),
        JsonValueKind.Number => Encoding.UTF8.GetString(_json.Span),
        _ => null,
    };

    /// <summary>The members of an object, in order; of duplicate names the last counts.</summary>
    public ReadOnlySpan<Member> Members => _members ??= SplitObject();

    /// <summary>The items of an array.</summary>
    public ReadOnlySpan<JsonTree> Items => _items ??= SplitArray();

    /// <summary>Wraps one JSON value.</summary>
    /// <param name="json">The value; any reader must accept it. It must not change later.</param>
    /// <param name="origin">Where it was sent, if it was.</param>
    public static JsonTree Of(ReadOnlyMemory<byte> json, ValueOrigin? origin = null) => new(json.Trim(" \t\r\n"u8), origin);

    /// <summary>The member or item of a name; null if there is none.</summary>
    public JsonTree? Find(string segment) => Kind switch
    {
        JsonValueKind.Object => IndexOf(segment) is >= 0 and int index ? Members[index].Value : null,
        JsonValueKind.Array => TryGetIndex(segment, out int index) && index < Items.Length ? Items[index] : null,
        _ => null,
    };

    /// <summary>The value at a path; null if there is none.</summary>
    public JsonTree? Find(ReadOnlySpan<string> path)
    {
        JsonTree? found = this;
        for (int i = 0; i < path.Length && found is not null; i++)
        {
            found = found.Find(path[i]);
        }

        return found;
    }

    /// <summary>The value with a part added (RFC 6902 section 4.1); null if there is no place for it.</summary>
    public JsonTree? Add(ReadOnlySpan<string> path, JsonTree added) => Change(path, added, isNew: true);

    /// <summary>The value with a part replaced (RFC 6902 section 4.3); null if it has no such part.</summary>
    public JsonTree? Replace(ReadOnlySpan<string> path, JsonTree replacement) => Change(path, replacement, isNew: false);

    /// <summary>The value without a part (RFC 6902 section 4.2); null if it has no such part.</summary>
    public JsonTree? Remove(ReadOnlySpan<string> path) => Change(path, null, isNew: false);

    /// <summary>Writes the value; numbers and strings exactly as they were read.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (!_json.IsEmpty)
        {
            writer.WriteRawValue(_json.Span, skipInputValidation: true);
        }
        else if (Kind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (Member member in Members)
            {
                writer.WritePropertyName(member.Name);
                member.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStartArray();
            foreach (JsonTree item in Items)
            {
                item.WriteTo(writer);
            }

            writer.WriteEndArray();
        }
    }

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

    private int IndexOf(string name)
    {
        ReadOnlySpan<Member> members = Members;
        if (members.Length > 16)
        {
            return (_index ??= IndexOf(members)).GetValueOrDefault(name, -1);
        }

        int index = members.Length - 1;
        while (index >= 0 && members[index].Name != name)
        {
            index--;
        }

        return index;
    }

    private static Dictionary<string, int> IndexOf(ReadOnlySpan<Member> members)
    {
        var index = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        for (int i = 0; i < members.Length; i++)
        {
            index[members[i].Name] = i;
        }

        return index;
    }

    // RFC 6901 section 4: "0", or digits without a leading zero.
    private static bool TryGetIndex(string segment, out int index)
    {
        index = 0;
        return segment.Length is > 0 and < 10
            && (segment[0] != '0' || segment.Length == 1)
            && segment.All(char.IsAsciiDigit)
            && int.TryParse(segment, out index);
    }

    private static int SizeOf(string name) => Encoding.UTF8.GetByteCount(name) + 4; // quotes, colon, comma

    private Member[] SplitObject()
    {
        var members = new List<Member>();
        var reader = new Utf8JsonReader(_json.Span, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text(ref reader);
            reader.Read();
            members.Add(new(name, Part(ref reader, name)));
        }

        return [.. members];
    }

    private JsonTree[] SplitArray()
    {
        var items = new List<JsonTree>();
        var reader = new Utf8JsonReader(_json.Span, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Part(ref reader, items.Count));
        }

        return [.. items];
    }

    private JsonTree Part<T>(ref Utf8JsonReader reader, T segment)
        where T : notnull
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new(_json[start..(int)reader.BytesConsumed], _origin?.Below(segment));
    }

    private int Deepest()
    {
        int deepest = 0;
        foreach (Member member in _members ?? [])
        {
            deepest = Math.Max(deepest, member.Value.Depth);
        }

        foreach (JsonTree item in _items ?? [])
        {
            deepest = Math.Max(deepest, item.Depth);
        }

        return deepest;
    }

    private static int Measure(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        int depth = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                depth = Math.Max(depth, reader.CurrentDepth + 1);
            }
        }

        return depth;
    }

    private static string Text(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        return Text(ref reader);
    }

    // An escaped lone surrogate, which a document from elsewhere may have, is not text and stays as it is.
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>A member of an object.</summary>
    internal readonly record struct Member(string Name, JsonTree Value);
}

/// <summary>Where a value was sent: in an operation, and there in its <c>value</c>.</summary>
/// <param name="Operation">The index of the operation.</param>
/// <param name="Outer">The value that contains it; null for <c>value</c> itself.</param>
/// <param name="Segment">The name or index of the value in <paramref name="Outer"/>.</param>
internal sealed record ValueOrigin(int Operation, ValueOrigin? Outer = null, object? Segment = null)
{
    /// <summary>The origin of a part.</summary>
    public ValueOrigin Below(object segment) => new(Operation, this, segment);

    /// <summary>The pointer into the body.</summary>
    public string ToPointer() => Outer is null ? $"/{Operation}/value" : Outer.ToPointer() + Pointer.To(Segment!.ToString()!);
}
