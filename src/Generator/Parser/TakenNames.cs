using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>The names that the user's half of a record declares, against which generated names are chosen.</summary>
internal sealed class TakenNames(IEnumerable<string> names)
{
    /// <summary>
    /// Generated members that users call, and what the generated text and equality of a record are made of: of methods with the number of
    /// their parameters.
    /// </summary>
    private static readonly Dictionary<string, int?> Reserved = new()
    {
        ["Members"] = null, ["Present"] = null, ["IsEmpty"] = null,
        ["ApplyTo"] = 2, ["WriteTo"] = 1, ["Without"] = 1, ["Merge"] = 1, ["Diff"] = 2, ["Validate"] = 0,
        ["WriteJsonSchema"] = 2, ["PrintMembers"] = 1, ["Equals"] = 1, ["GetHashCode"] = 0,
    };

    private readonly HashSet<string> _names = [.. names];

    /// <summary>A member of the patch cannot have the name; every record has the last four.</summary>
    public static bool IsReservedForMembers(string name) =>
        Reserved.ContainsKey(name) || name is "ToString" or "EqualityContract" or "Deconstruct" or "Clone";

    /// <summary>
    /// Nothing else can have the name either: a method of that many parameters, or, where that is null, anything that is no method.
    /// </summary>
    public static bool IsReserved(string name, int? parameters) =>
        Reserved.TryGetValue(name, out int? generated) && (parameters is null || generated is null || generated == parameters);

    public bool Contains(string name) => _names.Contains(name);

    public HiddenNames HiddenNames() => new(
        Free("State"), Free("_state"), Free("Words"), Free("Table"), Free("Codecs"), Free("Lists"), Free("Names"), Free("FindName"),
        Free("Fences"));

    // With underscores until no member of the user's has it.
    private string Free(string name) => _names.Contains(name) ? Free(name + "_") : name;

    // The analyzer runs after the generator and sees what was written; the parser must not take that for the user's.
    public static bool IsGenerated(ISymbol member) =>
        member.DeclaringSyntaxReferences.Length > 0
        && member.DeclaringSyntaxReferences.All(static r => IsGenerated(r.SyntaxTree));

    /// <summary>The file is one of this generator's.</summary>
    public static bool IsGenerated(SyntaxTree tree) => tree.FilePath.Contains(typeof(PatchGenerator).FullName!);
}
