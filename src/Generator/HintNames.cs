using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Layers.PatchGen.Generator;

/// <summary>The names of generated files.</summary>
internal static class HintNames
{
    /// <summary>The part that a patch's first file holds; its name says no more than the patch's.</summary>
    public const string Main = "";

    public const string Json = ".Json";
    public const string Document = ".Document";
    public const string Handler = ".Handler";

    /// <summary>The file of all handlers.</summary>
    public const string Registration = Handlers + Extension;

    private const string Handlers = "PatchHandlers";
    private const string Extension = ".g.cs";

    /// <summary>
    /// The names of a patch's generated files: <c>Shop.TodoPatch.Json.g.cs</c>. Hint names are compared ignoring case, and a clash loses
    /// the output of the whole generator; so a
    /// name that another differs from by case alone, that is what a file of another patch is called, or that has a letter that file names
    /// may not have, carries a hash of its exact spelling.
    /// </summary>
    public static string Of(string displayName, string part, bool isAmbiguous) =>
        IsPlain(displayName) && !isAmbiguous && !IsTaken(displayName)
            ? displayName + part + Extension
            : new string(displayName.Select(static c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '-').ToArray()) + "-" + Hash(displayName) + part + Extension;

    private static bool IsPlain(string name)
    {
        foreach (char c in name)
        {
            if (c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    // A patch 'Shop.Order.Json', be there a patch 'Shop.Order' or not.
    private static bool IsTaken(string name) =>
        name.EndsWith(Json, StringComparison.OrdinalIgnoreCase) || name.EndsWith(Document, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(Handler, StringComparison.OrdinalIgnoreCase) || name.Equals(Handlers, StringComparison.OrdinalIgnoreCase);

    /// <summary>Those of the names that another differs from by case alone.</summary>
    public static ImmutableEquatableArray<string> Ambiguous(IEnumerable<string> displayNames) =>
        displayNames
            .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Skip(1).Any())
            .SelectMany(static group => group)
            .OrderBy(static name => name, StringComparer.Ordinal)
            .ToEquatable();

    // FNV-1a: the same on every machine, unlike string.GetHashCode.
    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
