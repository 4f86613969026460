using System.Globalization;
using System.Text;
using Layers.PatchGen.Json;

namespace Layers.PatchGen;

/// <summary>A problem as it is collected. Its strings are created when it is read.</summary>
internal struct ProblemRecord
{
    /// <summary>The longest part of a pointer, in UTF-16 units; a longer name is cut there.</summary>
    private const int LongestName = 256;

    public ProblemKind Kind;

    /// <summary>How many problems had been found before this one.</summary>
    public int Ordinal;

    /// <summary>The numbers of the rule: limits, an offset, a reason.</summary>
    public int First;

    /// <inheritdoc cref="First"/>
    public int Second;

    /// <summary>What the rule expects: a text, names, <see cref="Limits"/>.</summary>
    public object? Detail;

    /// <summary>The message that the rule was declared with; null for the message of its kind.</summary>
    public RuleMessage? Declared;

    // The place, from the outside in: the path, the name if there is one, the index if it is not negative.
    private PlacePath? _path;
    private string? _name;
    private int _index;

    /// <summary>Fills a record in place.</summary>
    public void Set(ProblemKind kind, int ordinal, string? name, object? detail, int first, int second)
    {
        Kind = kind;
        Ordinal = ordinal;
        First = first;
        Second = second;
        Detail = detail;
        Declared = null;
        _name = name;
        _index = -1;
    }

    /// <summary>Puts a name in front of the place.</summary>
    public void Prepend(string name)
    {
        if (_name is null && _path is null)
        {
            _name = name;
        }
        else
        {
            _path = new PlacePath(name, -1, _path);
        }
    }

    /// <summary>Puts an index in front of the place.</summary>
    public void Prepend(int index)
    {
        if (_index < 0 && _name is null && _path is null)
        {
            _index = index;
        }
        else
        {
            _path = new PlacePath(null, index, _path);
        }
    }

    /// <summary>Creates the problem's strings.</summary>
    public readonly PatchProblem ToProblem()
    {
        string message = Declared?.Format() ?? ProblemTexts.Message(this, _name ?? "");
        var problem = new PatchProblem(Pointer(), ProblemTexts.Code(Kind), message, ProblemTexts.Arguments(this));
        return Field() is { } field ? problem with { Field = field } : problem;
    }

    /// <summary>The JSON Pointer of the place (RFC 6901).</summary>
    public readonly string Pointer()
    {
        if (_path is null && _index < 0 && _name is null)
        {
            return "";
        }

        var pointer = new StringBuilder();
        for (PlacePath? part = _path; part is not null; part = part.Rest)
        {
            Append(pointer, part.Name, part.Index);
        }

        Append(pointer, _name, -1);
        Append(pointer, null, _index);
        return pointer.ToString();
    }

    // The field, where a name looks like an index; null where the pointer shows it.
    private readonly string? Field()
    {
        List<string> names = [];
        for (PlacePath? part = _path; part is not null; part = part.Rest)
        {
            if (part.Name is null)
            {
                return Join(names);
            }

            names.Add(part.Name);
        }

        if (_name is not null)
        {
            names.Add(_name);
        }

        return Join(names);

        static string? Join(List<string> names) => names.Skip(1).Any(PatchProblem.IsIndex) ? string.Join('.', names.Select(Shorten)) : null;
    }

    private static void Append(StringBuilder pointer, string? name, int index)
    {
        if (index >= 0)
        {
            pointer.Append('/').Append(index.ToString(CultureInfo.InvariantCulture));
        }

        if (name is null)
        {
            return;
        }

        pointer.Append('/');
        foreach (char c in Shorten(name))
        {
            _ = c switch
            {
                '~' => pointer.Append("~0"),
                '/' => pointer.Append("~1"),
                _ => pointer.Append(c),
            };
        }
    }

    private static string Shorten(string name)
    {
        if (name.Length <= LongestName)
        {
            return name;
        }

        int length = char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName;
        return string.Concat(name.AsSpan(0, length), "…");
    }

    /// <summary>The outer parts of a place, from the outside in.</summary>
    private sealed class PlacePath(string? name, int index, PlacePath? rest)
    {
        public string? Name { get; } = name;

        public int Index { get; } = index;

        public PlacePath? Rest { get; } = rest;
    }
}

/// <summary>A range as text; null for a missing limit.</summary>
internal sealed record Limits(string? Min, string? Max)
{
    /// <summary>The least value itself is not allowed.</summary>
    public bool IsMinExclusive { get; init; }

    /// <summary>The greatest value itself is not allowed.</summary>
    public bool IsMaxExclusive { get; init; }
}

/// <summary>A rule's name and its message.</summary>
internal sealed record RuleFailure(string Rule, string Message);
