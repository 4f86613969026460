using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The table of members, and what the runtime does by it: equality, text, writing, validation, merging, the schema.</summary>
internal static class TableEmitter
{
    private const string Utf8JsonWriter = "global::System.Text.Json.Utf8JsonWriter";

    public static void Emit(PatchSpec patch, SourceWriter writer)
    {
        EmitTable(patch, writer);
        bool isClass = patch.Kind == PatchKind.Class;
        string rows = patch.Hidden.Table + ".Rows", state = patch.Hidden.StateField, name = patch.Name(), readOnly = patch.Readonly();
        string WithState(string value) => isClass ? $"this with {{ {state} = {value} }}" : $"new({value})";
        void Public(string head, string body) => writer.Line().Generated().Member($"public {readOnly}{head}", body);

        EmitEquality(patch, $"{rows}.AreEqual(in {state}, in other.{state})", writer.Line().Generated());
        writer.Line().Generated().Line($"public override {readOnly}int GetHashCode() => {rows}.Hash(in {state});").Line();
        string print = !isClass ? "private readonly" : patch.IsSealed ? "private" : "protected virtual";
        writer.Generated("").Member($"{print} bool PrintMembers(global::System.Text.StringBuilder builder)", $"{rows}.Print(in {state}, builder)");
        Public($"void WriteTo({Utf8JsonWriter} writer)", $"{rows}.Write(in {state}, writer)");
        Public("PatchGenRuntime.PatchProblems Validate(PatchGenRuntime.PatchReadOptions? options = null)", $"{rows}.Validate(in {state}, options)");
        Public($"{name} Without({patch.Set()} members)", WithState($"{rows}.Without(in {state}, members)"));
        Public($"{name} Merge({name} later)", WithState($"{rows}.Merge(in {state}, in later.{state})"));
        if (!isClass)
        {
            writer.Line().Generated("").Line($"private {name}(in {patch.Hidden.State} state) => {state} = state;");
        }

        writer.Line().Generated("/// <inheritdoc cref=\"PatchGenRuntime.IPatch{TSelf}.WriteJsonSchema\"/>").Member(
            $"public static void WriteJsonSchema({Utf8JsonWriter} writer, PatchGenRuntime.PatchReadOptions? options = null)",
            $"PatchGenJson.PatchSchemaWriter.Write<{name}>(writer, options)").Line();
        writer.Generated("").Member($"static PatchGenJson.MemberTable PatchGenJson.IGeneratedPatch<{name}>.Table", rows).Line();
        writer.Generated("").Member(
            $"{readOnly}void PatchGenJson.IGeneratedPatch<{name}>.Validate(ref PatchGenJson.PatchProblemCollector problems)",
            $"{rows}.Validate(in {state}, ref problems)");
    }

    private static void EmitTable(PatchSpec patch, SourceWriter writer)
    {
        string type = $"PatchGenJson.MemberTable<{patch.Hidden.State}>";
        writer.Generated("// One row per member, by which the runtime compares, writes, merges and validates.")
            .Open($"private static class {patch.Hidden.Table}")
            .Line($"public static readonly {type} Rows = Create();").Line()
            .Open($"private static {type} Create()")
            .Line($"{patch.Hidden.State} state = default;")
            .Line("var rows = PatchGenJson.MemberTableBuilder.For(ref state);");
        foreach (MemberSpec member in patch.Members)
        {
            writer.Line(Row(patch, member), ";");
        }

        string fences = patch.Fences.Count > 0 ? ", " + patch.Hidden.Fences : "", requireAny = patch.RequireAny ? ", requireAny: true" : "";
        writer.Line($"return rows.ToTable(ref state, ref state.Present{fences}{requireAny});").Close().Close();
    }

    private static Code Row(PatchSpec patch, MemberSpec member)
    {
        bool hasCodec = member.Codec is not OpenCodec && !CodecCode.IsPatch(member);
        string method = member.Codec is OpenCodec ? "rows.AddOpen" : $"rows.Add{(member.Type.IsNullable ? "Nullable" : "")}{(hasCodec ? "" : "Patch")}";
        string?[] arguments =
        [
            CSharp.Of(member.JsonName),
            CSharp.Of(member.Name),
            hasCodec ? CodecCode.Of(patch, member) : null,
            $"ref state.{member.Name()}",
            member.FencedUntil is { } until ? $"fencedUntil: {CSharp.Of(until)}" : null,
            member.IsSelector ? "isSelector: true" : null,
        ];
        return Code.Call(method, [.. arguments.OfType<string>().Select(static a => (Code)a)]);
    }

    private static void EmitEquality(PatchSpec patch, string same, SourceWriter writer)
    {
        string name = patch.Name();
        _ = patch.Kind != PatchKind.Class ? writer.Member($"public readonly bool Equals({name} other)", same)
            : patch.IsSealed ? writer.Member($"public bool Equals({name}? other)", $"(object)this == other || (other is not null && {same})")
            : writer.Line($"public virtual bool Equals({name}? other) =>").Indent().Line("(object)this == other")
                .Line($"|| (other is not null && EqualityContract == other.EqualityContract && {same});").Unindent();
    }
}
