using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Layers.PatchGen.Generator;

/// <summary>The names of generated files: <c>Shop.TodoPatch.Json.g.cs</c>.</summary>
internal static class HintNames
{
    public const string Main = "";
    public const string Json = ".Json";
    public const string Document = ".Document";
    public const string Handler = ".Handler";
    public const string Update = ".Update";

    /// <summary>The file of all handlers.</summary>
    public const string Registration = Handlers + Extension;

    private const string Handlers = "PatchHandlers";
    private const string Extension = ".g.cs";

    // Of the name of a patch: file systems take 255 bytes, and Windows 260 characters for the whole path.
    private const int MaxBytes = 150;

    /// <summary>The name of one of a patch's files.</summary>
    /// <remarks>
    /// Hint names are compared ignoring case, and a clash loses the output of the whole generator. So the name has a hash of its exact
    /// spelling where another differs by case alone, where it is that of another patch's file, where file names cannot have a letter, and
    /// where it is too long, of which the end is kept.
    /// </remarks>
    public static string Of(string displayName, string part, bool isAmbiguous)
    {
        bool isPlain = displayName.Length <= MaxBytes && displayName.All(static c => c < 128 && IsAllowed(c))
            && !isAmbiguous && !IsReserved(displayName);
        string name = string.Concat(displayName.Select(static c => IsAllowed(c) ? c : '-'));
        while (Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            name = name.Substring(1);
        }

        return name + (isPlain ? "" : "-" + Hash(displayName)) + part + Extension;
    }

    /// <summary>The names that another differs from by case alone.</summary>
    public static ImmutableEquatableArray<string> Ambiguous(IEnumerable<string> displayNames) =>
        displayNames
            .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Skip(1).Any())
            .SelectMany(static group => group)
            .OrderBy(static name => name, StringComparer.Ordinal)
            .ToEquatable();

    private static bool IsAllowed(char c) => char.IsLetterOrDigit(c) || c is '.' or '_';

    // A patch 'Shop.Order.Json' may be beside a patch 'Shop.Order'.
    private static bool IsReserved(string name) =>
        name.Equals(Handlers, StringComparison.OrdinalIgnoreCase)
        || new[] { Json, Document, Handler, Update }.Any(part => name.EndsWith(part, StringComparison.OrdinalIgnoreCase));

    // FNV-1a: the same on every machine, unlike string.GetHashCode.
    private static string Hash(string text) =>
        text.Aggregate(2166136261, static (hash, c) => unchecked((hash ^ c) * 16777619)).ToString("x8", CultureInfo.InvariantCulture);
}
