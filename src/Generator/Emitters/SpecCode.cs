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

    /// <summary>The value of a member: its field, or the dictionary in the field of the open member.</summary>
    public static string Value(this PatchSpec patch, MemberSpec member) =>
        patch.Field(member) + (member.Codec is OpenCodec ? ".Value" : "");

    /// <summary>For members that do not change a struct, which the compiler would otherwise copy.</summary>
    public static string Readonly(this PatchSpec patch) => patch.Kind == PatchKind.Class ? "" : "readonly ";

    /// <summary>The type of sets of the patch's members.</summary>
    public static string Set(this PatchSpec patch) => $"PatchGenRuntime.MemberSet<{patch.Name()}>";

    /// <summary>The type that holds a bit for each member.</summary>
    public static string Words(this PatchSpec patch) => patch.Members.Count <= BitsPerWord ? "ulong" : patch.Hidden.Words;

    public static string Code(this ContextSpec context) => $"{context.Type.Name}.{CSharp.Identifier(context.Instance)}";

    /// <summary>The method of the runtime for a nested document.</summary>
    public static string Nested(this TargetSpec target) => target.MustExist ? "PatchExisting" : "Patch";

    /// <summary>The interface that the runtime calls.</summary>
    public static string Interface(this PatchSpec patch, bool ofDocument = false) =>
        $"PatchGenJson.IGeneratedPatch<{patch.Name()}{(ofDocument ? ", " + patch.Document!.Code() : "")}>";

    /// <summary>The document's type, by the alias of its namespace.</summary>
    public static string Code(this DocumentSpec document) =>
        document.Namespace is null ? document.Name : "PatchGenDocuments." + document.Name;
}
