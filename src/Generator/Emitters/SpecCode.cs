namespace Layers.PatchGen.Generator.Emitters;

/// <summary>What several emitters write of a patch and its members.</summary>
internal static class SpecCode
{
    public const int BitsPerWord = 64;

    // The record's own name is enough within it: nothing in it may have the same.
    public static string Name(this PatchSpec patch) => CSharp.Identifier(patch.Name);

    public static string Name(this MemberSpec member) => CSharp.Identifier(member.Name);

    /// <summary>The field that holds a member's value.</summary>
    public static string Field(this PatchSpec patch, MemberSpec member) => $"{patch.Hidden.StateField}.{member.Name()}";

    /// <summary>For a member that does not change a struct, which would be copied before a call otherwise.</summary>
    public static string Readonly(this PatchSpec patch) => patch.Kind == PatchKind.Class ? "" : "readonly ";

    /// <summary>The type of sets of the patch's members.</summary>
    public static string Set(this PatchSpec patch) => $"PatchGenRuntime.MemberSet<{patch.Name()}>";

    /// <summary>The type that holds a bit for each member.</summary>
    public static string Words(this PatchSpec patch) => patch.Members.Count <= BitsPerWord ? "ulong" : patch.Hidden.Words;

    /// <summary>The document's type, by the alias of its namespace.</summary>
    public static string Code(this DocumentSpec document) =>
        document.Namespace is null ? document.Type.Name : "PatchGenDocuments." + document.Name;

    /// <summary>The runtime's name of a way to merge dictionaries.</summary>
    public static string MethodName(this MapMerge merge) => merge switch
    {
        MapMerge.Values => "Map",
        MapMerge.NullableValues => "NullableMap",
        MapMerge.Patches => "PatchMap",
        _ => "NullablePatchMap",
    };
}
