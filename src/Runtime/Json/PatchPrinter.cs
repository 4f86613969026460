using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Json;

/// <summary>Prints the members of a patch for <c>ToString</c>: <c>Name = value</c>, joined by commas; null, and what collections and dictionaries hold, is spelled out. Called by generated code.</summary>
/// <param name="builder">Where to.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct PatchPrinter(StringBuilder builder)
{
    /// <summary>Whether a member was printed.</summary>
    public bool HasPrinted { get; private set; }

    /// <summary>The names of the members of a set, joined by commas.</summary>
    /// <param name="members">The set: a bit for each member, in words of 64.</param>
    /// <param name="names">The name of each.</param>
    public static string Names(ReadOnlySpan<ulong> members, ReadOnlySpan<string> names)
    {
        var present = new List<string>();
        for (int i = 0; i < names.Length; i++)
        {
            if ((members[i / 64] >> i & 1) != 0)
            {
                present.Add(names[i]);
            }
        }

        return string.Join(", ", present);
    }

    /// <summary>Prints one member.</summary>
    public void Add<T>(string name, T value)
    {
        builder.Append(HasPrinted ? ", " : "").Append(name).Append(" = ");
        Append(value);
        HasPrinted = true;
    }

    private readonly void Append(object? value)
    {
        switch (value)
        {
            case null:
                builder.Append("null");
                break;
            case string text:
                builder.Append(text);
                break;
            case System.Text.Json.Nodes.JsonNode:
                builder.Append(value);
                break;
            case IDictionary map:
                builder.Append('{');
                string comma = " ";
                foreach (DictionaryEntry entry in map)
                {
                    builder.Append(comma).Append(entry.Key).Append(" = ");
                    Append(entry.Value);
                    comma = ", ";
                }

                builder.Append(" }");
                break;
            case IEnumerable items:
                builder.Append('[');
                string separator = "";
                foreach (object? item in items)
                {
                    builder.Append(separator);
                    Append(item);
                    separator = ", ";
                }

                builder.Append(']');
                break;
            default:
                builder.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
        }
    }
}
