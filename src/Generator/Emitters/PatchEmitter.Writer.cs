namespace Layers.PatchGen.Generator.Emitters;

/// <content>The writer: what a client sends.</content>
internal static partial class PatchEmitter
{
    private static void EmitWriter(PatchSpec patch, SourceWriter writer)
    {
        writer.Line().Lines("/// <inheritdoc/>").Open($"public void WriteTo({System}Text.Json.Utf8JsonWriter writer)").Lines("writer.WriteStartObject();");
        foreach (MemberSpec member in patch.Members)
        {
            string name = $"{CSharpLiteral.Of(member.JsonName)}u8", field = StateField(patch, member);
            string call = member.Codec switch
            {
                PatchCodec => $"WritePatch(writer, {name}, {field})",
                OpenCodec => $"WriteOpen(writer, {field})",
                _ => $"Write(writer, {name}, {Codec(patch, member)}, {field})",
            };
            writer.Lines($"if ({Has(member)}) {Json}PatchWriter.{call};");
        }

        writer.Lines("writer.WriteEndObject();").Close();
    }
}
