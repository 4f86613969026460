namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The table of members, and what the runtime does with it: equality, text, writing, validation, merging, the schema.</summary>
internal static class TableEmitter
{
    private const string Utf8JsonWriter = "global::System.Text.Json.Utf8JsonWriter";

    public static void Emit(PatchSpec patch, SourceWriter writer)
    {
        EmitTable(patch, writer);
        bool isClass = patch.Kind == PatchKind.Class;
        string rows = patch.Hidden.Table + ".Rows", state = patch.Hidden.StateField, name = patch.Name(), readOnly = patch.Readonly();
        string print = !isClass ? "private readonly" : patch.IsSealed ? "private" : "protected virtual";
        string With(string call) => isClass ? $"this with {{ {state} = {rows}.{call} }}" : $"new({rows}.{call})";
        void Member(string code, string comment = "/// <inheritdoc/>") => writer.Line().Generated(comment).Line(code);

        EmitEquality(patch, $"{rows}.AreEqual(in {state}, in other.{state})", writer.Line().Generated());
        Member($"public override {readOnly}int GetHashCode() => {rows}.Hash(in {state});");
        Member($"{print} bool PrintMembers(global::System.Text.StringBuilder builder) => {rows}.Print(in {state}, builder);", "");
        Member($"public {readOnly}void WriteTo({Utf8JsonWriter} writer) => {rows}.Write(in {state}, writer);");
        string options = "PatchGenRuntime.PatchReadOptions? options = null";
        Member($"public {readOnly}PatchGenRuntime.PatchProblems Validate({options}) => {rows}.Validate(in {state}, options);");
        Member($"public {readOnly}{name} Without({patch.Set()} members) => {With($"Without(in {state}, members)")};");
        Member($"public {readOnly}{name} Merge({name} later) => {With($"Merge(in {state}, in later.{state})")};");
        if (!isClass)
        {
            Member($"private {name}(in {patch.Hidden.State} state) => {state} = state;", "");
        }

        string parameters = $"{Utf8JsonWriter} writer, {options}";
        string schema = $"PatchGenJson.PatchSchemaWriter.Write<{name}>(writer, options)";
        string inherited = "/// <inheritdoc cref=\"PatchGenRuntime.IPatch{TSelf}.WriteJsonSchema\"/>";
        Member($"public static void WriteJsonSchema({parameters}) => {schema};", inherited);
        Member($"static PatchGenJson.MemberTable {patch.Interface()}.Table => {rows};", "");
        string validate = $"{patch.Interface()}.Validate(ref PatchGenJson.PatchProblemCollector problems)";
        Member($"{readOnly}void {validate} => {rows}.Validate(in {state}, ref problems);", "");
        string splice = $"{patch.Interface()}.Splice(ref PatchGenJson.DocumentSplicer document)";
        Member($"{readOnly}void {splice} => {rows}.Splice(in {state}, ref document);", "");
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
            writer.Line(Row(patch, member))
                .LineIf(member.Target is { } target && target.Name != member.Name, $"rows.To({CSharp.Of(member.Target?.Name ?? "")});");
            if (member.Target?.List is { } list)
            {
                writer.Line($"rows.KeyedBy({CSharp.Of(list.Key)}{(list.AllowCreate ? ", allowCreate: true" : "")});");
            }
        }

        string fences = patch.Fences.Count > 0 ? ", " + patch.Hidden.Fences : "", requireAny = patch.RequireAny ? ", requireAny: true" : "";
        string code = patch.Document?.WithCode is { } property ? $", documentCode: {CSharp.Of(property)}" : "";
        writer.Line($"return rows.ToTable(ref state, ref state.Present{fences}{requireAny}{code});").Close().Close();
    }

    private static string Row(PatchSpec patch, MemberSpec member)
    {
        bool hasCodec = member.Codec is not OpenCodec && !CodecCode.IsPatch(member);
        string kind = member.Codec is OpenCodec ? "Open" : (member.Type.IsNullable ? "Nullable" : "") + (hasCodec ? "" : "Patch");
        string name = CSharp.Of(member.JsonName), codec = hasCodec ? CodecCode.Of(patch, member) + ", " : "";
        string until = member.FencedUntil is null ? "" : $", fencedUntil: {CSharp.Of(member.FencedUntil)}";
        string scope = member.WriteScope is null ? "" : $", writeScope: {CSharp.Of(member.WriteScope)}";
        string selector = member.IsSelector ? ", isSelector: true" : "";
        return $"rows.Add{kind}({name}, {CSharp.Of(member.Name)}, {codec}ref state.{member.Name()}{until}{scope}{selector});";
    }

    private static void EmitEquality(PatchSpec patch, string same, SourceWriter writer)
    {
        string name = patch.Name();
        _ = patch.Kind != PatchKind.Class ? writer.Line($"public readonly bool Equals({name} other) => {same};")
            : patch.IsSealed ? writer.Line($"public bool Equals({name}? other) => (object)this == other || (other is not null && {same});")
            : writer.Line($"public virtual bool Equals({name}? other) =>").Indent().Line("(object)this == other")
                .Line($"|| (other is not null && EqualityContract == other.EqualityContract && {same});").Unindent();
    }
}
