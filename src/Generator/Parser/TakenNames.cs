using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>The names that the user's half of a record declares, against which generated names are chosen.</summary>
internal sealed class TakenNames
{
    private static readonly HashSet<string> Reserved =
        ["Members", "Present", "IsEmpty", "TryRead", "ApplyTo", "WriteTo", "Without", "Merge", "Diff", "Validate", "WriteJsonSchema", "PrintMembers", "Equals", "GetHashCode", "ToString", "EqualityContract", "Deconstruct", "Clone", "Contains", "TryAdd"];

    private readonly HashSet<string> _names;

    private TakenNames(HashSet<string> names) => _names = names;

    public static TakenNames Of(INamedTypeSymbol type) =>
        new(new HashSet<string>(type.GetMembers().Where(static m => !m.IsImplicitlyDeclared && !IsGenerated(m)).Select(static m => m.Name).Append(type.Name)));

    /// <summary>Generated members that users call have this name in every patch; a property cannot have it too.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    public bool Contains(string name) => _names.Contains(name);

    /// <summary>The name, with underscores until no member of the user's has it.</summary>
    public string Free(string name)
    {
        while (_names.Contains(name))
        {
            name += "_";
        }

        return name;
    }

    // The analyzer runs after the generator and sees what was written; the parser must not take that for the user's.
    private static bool IsGenerated(ISymbol member) =>
        member.DeclaringSyntaxReferences.Length > 0 && member.DeclaringSyntaxReferences.All(static r => r.SyntaxTree.FilePath.Contains(typeof(PatchGenerator).FullName!));
}
