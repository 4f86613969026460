using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Layers.PatchGen.Generator.Emitter;

namespace Layers.PatchGen.Generator;

/// <summary>Names made from the user's names.</summary>
internal static class HintNames
{
    /// <summary>
    /// The name of a generated file: <c>Shop.TodoPatch.Reader.g.cs</c>. Hint names are compared ignoring case, and a clash loses the output of the whole generator; so a
    /// name that another differs from by case alone, or that has a letter that file names may not have, carries a hash of its exact spelling.
    /// </summary>
    public static string Of(string displayName, string concern, bool isAmbiguous)
    {
        bool isPlain = displayName.All(static c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_');
        string name = isPlain ? displayName : new string(displayName.Select(static c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '-').ToArray());
        return isPlain && !isAmbiguous ? $"{name}.{concern}.g.cs" : $"{name}-{Hash(displayName)}.{concern}.g.cs";
    }

    /// <summary>Those of the names that another differs from by case alone.</summary>
    public static ImmutableEquatableArray<string> Ambiguous(IEnumerable<string> displayNames) =>
        displayNames
            .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Skip(1).Any())
            .SelectMany(static group => group)
            .OrderBy(static name => name, StringComparer.Ordinal)
            .ToEquatable();

    /// <summary>A type in code: <c>global::Shop.TodoPatchHandler</c>.</summary>
    public static string Qualify(string? @namespace, string name) => @namespace is null ? $"global::{name}" : $"global::{@namespace}.{name}";

    /// <summary>An assembly's name as a namespace.</summary>
    public static string Namespace(string assemblyName)
    {
        string[] parts = assemblyName.Split('.').Select(static part => new string(part.Select(static c => char.IsLetterOrDigit(c) || c == '_' ? c : '_').ToArray())).ToArray();
        return string.Join(".", parts.Select(static part => part.Length == 0 || char.IsDigit(part[0]) ? "_" + part : CSharpLiteral.Identifier(part)));
    }

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
