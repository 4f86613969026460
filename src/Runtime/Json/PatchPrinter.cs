using System.Collections;
using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Json;

/// <summary>
/// Prints the members of a patch for <c>ToString</c>: <c>Name = value</c>, joined by commas; null and the
/// contents of collections and dictionaries are printed.
/// </summary>
/// <param name="builder">Receives the text.</param>
internal struct PatchPrinter(StringBuilder builder)
{
    /// <summary>Whether a member was printed.</summary>
    public bool HasPrinted { get; private set; }

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
