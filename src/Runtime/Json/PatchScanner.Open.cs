using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Json;

// Values that are kept as JSON: not modelled, but checked.
public ref partial struct PatchScanner
{
    private static readonly byte[] NullJson = "null"u8.ToArray();
    private static readonly byte[] TrueJson = "true"u8.ToArray();
    private static readonly byte[] FalseJson = "false"u8.ToArray();
    private static readonly JsonElement NullElement = JsonElement.Parse("null"u8);
    private static readonly JsonElement TrueElement = JsonElement.Parse("true"u8);
    private static readonly JsonElement FalseElement = JsonElement.Parse("false"u8);

    // The scanner has counted the levels already.
    internal static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = PatchReadOptions.DepthLimit };

    /// <summary>Reads one member of an open object that is not modelled.</summary>
    /// <param name="nameAt">The first byte of its name.</param>
    /// <param name="at">The first byte of its value.</param>
    /// <param name="members">The members so far, in the order sent; created on first use.</param>
    /// <returns>The position after the value.</returns>
    public int ReadOpenMember(int nameAt, int at, ref OpenJson? members)
    {
        if (ReadTextFrom(nameAt, out ReadOnlySpan<byte> text) < 0)
        {
            return _body.End;
        }

        string name = Encoding.UTF8.GetString(text);
        Dictionary<string, byte[]> values = (members ??= new OpenJson()).Values;
        bool duplicate = values.ContainsKey(name);
        if (duplicate)
        {
            AddDuplicate(name);
        }
        else
        {
            Problems.CheckName(name, _options.MaxOpenNameLength);
            if (values.Count == _options.MaxOpenMembers)
            {
                Problems.Add(ProblemKind.TooManyMembers, null, null, 0, _options.MaxOpenMembers);
            }
        }

        int mark = Problems.Enter(), start = at;
        at = ReadJson(at, out bool accepted);
        Problems.Leave(mark, name);

        // The first member beyond the limit is kept too: it shows that the limit has been reported.
        if (!duplicate && values.Count <= _options.MaxOpenMembers)
        {
            values.Add(name, accepted ? Copy(start, at) : NullJson);
        }

        return at;
    }

    /// <summary>Reads any value unchanged; duplicate names in it are a problem.</summary>
    internal int ReadElement(int at, out JsonElement value)
    {
        int start = at;
        at = ReadJson(at, out bool accepted);
        value = accepted ? ParseElement(_body.Between(start, at)) : default;
        return at;
    }

    /// <summary>Parses a value that has been checked.</summary>
    internal static JsonElement ParseElement(ReadOnlySpan<byte> json) => json[0] switch
    {
        (byte)'n' => NullElement,
        (byte)'t' => TrueElement,
        (byte)'f' => FalseElement,
        _ => JsonElement.Parse(json, AnyDepth),
    };

    private readonly byte[] Copy(int start, int end) => _body[start] switch
    {
        (byte)'n' => NullJson,
        (byte)'t' => TrueJson,
        (byte)'f' => FalseJson,
        _ => _body.Between(start, end).ToArray(),
    };

    /// <summary>Reads a body that is one value of any kind.</summary>
    internal void ReadBody() => Finish(ReadJson(_body.SkipSpace(0), out _));

    /// <summary>The bytes of the body between two positions.</summary>
    internal readonly ReadOnlySpan<byte> Between(int start, int end) => _body.Between(start, end);

    /// <summary>Checks a value of any kind, also for duplicate names.</summary>
    internal int ReadJson(int at, out bool accepted)
    {
        int found = Problems.Count;
        int start = at;
        if (_body[at] is not ((byte)'{' or (byte)'['))
        {
            at = SkipScalar(at);
        }
        else
        {
            DuplicateNames names = new(_body);
            at = Walk(at, ref names);
            List<int>? duplicates = names.Finish();
            if (duplicates is not null && !Problems.HasFailed)
            {
                int next = 0;
                ReportDuplicates(start, duplicates, ref next);
            }
        }

        accepted = Problems.Count == found;
        return at;
    }

    /// <summary>Walks a well-formed value again and reports the duplicates in it with their places.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="duplicates">The positions of the names that are duplicates, in ascending order.</param>
    /// <param name="next">Which of them comes next.</param>
    private int ReportDuplicates(int at, List<int> duplicates, ref int next)
    {
        if (next == duplicates.Count)
        {
            return Skip(at);
        }

        return _body[at] switch
        {
            (byte)'{' => ReportDuplicatesInObject(at, duplicates, ref next),
            (byte)'[' => ReportDuplicatesInArray(at, duplicates, ref next),
            _ => SkipScalar(at),
        };
    }

    private int ReportDuplicatesInObject(int at, List<int> duplicates, ref int next)
    {
        for (at = FirstName(at); at >= 0; at = NextName(at))
        {
            int nameAt = at;
            if (next < duplicates.Count && duplicates[next] == nameAt)
            {
                next++;
                AddDuplicate(NameAt(nameAt));
            }

            int mark = Problems.Enter();
            at = ReportDuplicates(Colon(SkipString(at)), duplicates, ref next);
            if (Problems.Count != mark)
            {
                Problems.Leave(mark, NameAt(nameAt));
            }
        }

        return ~at;
    }

    private int ReportDuplicatesInArray(int at, List<int> duplicates, ref int next)
    {
        at = _body.SkipSpace(at + 1);
        for (int index = 0; _body[at] != (byte)']'; index++)
        {
            int mark = Problems.Enter();
            at = ReportDuplicates(at, duplicates, ref next);
            Problems.LeaveIndex(mark, index);
            at = _body.SkipSpace(at);
            if (_body[at] == (byte)',')
            {
                at = _body.SkipSpace(at + 1);
            }
        }

        return at + 1;
    }

    private string NameAt(int at)
    {
        ReadTextFrom(at, out ReadOnlySpan<byte> name);
        return Encoding.UTF8.GetString(name);
    }
}
