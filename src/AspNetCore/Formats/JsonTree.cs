using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// An immutable JSON value. What nothing asks for stays bytes: an object or array is split into its parts, one level, when many of them are
/// needed. A change makes new values along its path and shares all others, so that a copy takes no time and no memory, however large it is.
/// </summary>
internal sealed partial class JsonTree
{
    // Bodies and documents have limits of their own. The reader needs one bit for each level.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>Up to this many changes of an object are kept beside it.</summary>
    private const int FewChanges = 8;

    /// <summary>Up to this many times an object is searched as bytes. Then it is split.</summary>
    private const int FewSearches = 4;

    private readonly ReadOnlyMemory<byte> _json; // empty for a value that was changed
    private readonly ValueOrigin? _origin;
    private readonly JsonTree? _base; // for a changed object: the object before, and its changes; a value that is null is removed
    private readonly Member[] _changes = [];
    private Member[]? _members;
    private JsonTree[]? _items;
    private Member _lastFound;
    private int _searches;
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

    private JsonTree(JsonTree @base, Member[] changes, long size)
    {
        (Kind, Size) = (JsonValueKind.Object, size);
        (_base, _changes) = (@base, changes);
        if (changes.Length > FewChanges)
        {
            _members = MergeChanges();
            (_base, _changes) = (null, []);
        }
    }

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
                _depth = Kind is not (JsonValueKind.Object or JsonValueKind.Array) ? 0
                    : !_json.IsEmpty ? Measure(_json.Span)
                    : 1 + Deepest();
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

    /// <summary>The members of an object, in order.</summary>
    public ReadOnlySpan<Member> Members => _members ??= _base is null ? SplitObject() : MergeChanges();

    /// <summary>The items of an array.</summary>
    public ReadOnlySpan<JsonTree> Items => _items ??= SplitArray();

    /// <summary>Wraps one JSON value.</summary>
    /// <param name="json">The value; any reader must accept it. It must not change later.</param>
    /// <param name="origin">Where it was sent, if it was.</param>
    public static JsonTree Of(ReadOnlyMemory<byte> json, ValueOrigin? origin = null) => new(json.Trim(" \t\r\n"u8), origin);

    /// <summary>The member or item of a name; null if there is none.</summary>
    public JsonTree? Find(string segment) => Kind switch
    {
        JsonValueKind.Object => FindMember(segment),
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

    // RFC 6901 section 4: "0", or digits without a leading zero.
    private static bool TryGetIndex(string segment, out int index)
    {
        index = 0;
        return segment.Length is > 0 and < 10
            && (segment[0] != '0' || segment.Length == 1)
            && segment.All(char.IsAsciiDigit)
            && int.TryParse(segment, out index);
    }

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
        foreach (Member member in Kind == JsonValueKind.Object ? Members : [])
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

    /// <summary>A member of an object. Among changes, a value that is null removes the member.</summary>
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
