namespace Layers.PatchGen.Generator.Emitter;

/// <content>The writer: what a client sends.</content>
internal static partial class PatchEmitter
{
    private static string EmitWriter(PatchSpec patch) =>
        EmitHalf(patch, $"writes {patch.DisplayName} as JSON.", "", writer =>
        {
            writer.Lines("/// <summary>Writes the members that are present, and only those; a member set to null is written as null.</summary>")
                .Open($"public void WriteTo({System}Text.Json.Utf8JsonWriter writer)")
                .Lines("writer.WriteStartObject();");
            foreach (MemberSpec member in patch.Members)
            {
                string name = $"{CSharpLiteral.Of(member.JsonName)}u8", field = StateField(patch, member);
                string call = member.Value.Kind switch
                {
                    ValueKind.Nested => $"WritePatch(writer, {name}, {field})",
                    ValueKind.Open => $"WriteOpen(writer, {field})",
                    _ => $"Write(writer, {name}, {Codec(patch, member)}, {field})",
                };
                writer.Lines($"if ({Has(member)}) {Json}PatchWriter.{call};");
            }

            writer.Lines("writer.WriteEndObject();").Close();
        });
}
