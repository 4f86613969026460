using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <content>The JSON Schema of the body.</content>
internal static partial class PatchEmitter
{
    private static void EmitSchema(PatchSpec patch, SourceWriter writer)
    {
        writer.Line().Lines($"/// <inheritdoc cref=\"{Runtime}IPatch{{TSelf}}.WriteJsonSchema\"/>").Lines($"""
            public static void WriteJsonSchema({System}Text.Json.Utf8JsonWriter writer, {Runtime}PatchReadOptions? options = null) =>
                {Json}PatchSchemaWriter.Write<{Name(patch)}>(writer, options ?? {Runtime}PatchReadOptions.Default);

            """);
        writer.Open($"static void {Runtime}IPatch<{Name(patch)}>.Describe({Json}PatchSchemaWriter schema)");
        bool isOpen = false;
        foreach (MemberSpec member in patch.Members)
        {
            isOpen |= member.Codec is OpenCodec;
            if (member.Codec is not OpenCodec)
            {
                EmitDescription(patch, member, writer);
            }
        }

        foreach (FenceSpec fence in patch.Fences)
        {
            EmitFenceDescription(fence, "", writer);
        }

        writer.Lines($"schema.End(isOpen: {CSharpLiteral.Of(isOpen)}, requireAny: {CSharpLiteral.Of(patch.RequireAny)});").Close();
    }

    private static void EmitDescription(PatchSpec patch, MemberSpec member, SourceWriter writer)
    {
        string name = CSharpLiteral.Of(member.JsonName);
        if (member.FencedUntil is { } until)
        {
            writer.Open($"if (!schema.IsLifted({CSharpLiteral.Of(until)}))").Lines($"schema.Fence({name}, {CSharpLiteral.Of(until)});").Close().Open("else");
        }

        if (member.Codec is PatchCodec)
        {
            writer.Lines($"schema.PatchMember<{member.Codec!.Type}>({name}, isNullable: {CSharpLiteral.Of(member.Type.IsNullable)});");
        }
        else
        {
            writer.Lines($"schema.{(member.Type.IsNullable ? "NullableMember" : "Member")}({name}, {Codec(patch, member)});");
        }

        foreach (CheckSpec check in member.Checks.Where(_ => member.Codec is not PatchCodec))
        {
            // CheckLength of the collector is Length of the schema, and so on.
            writer.Lines($"schema.{RuleOf(check)}{(check is RuleCheck { Rule: "Allowed" } ? $"<{member.Codec!.Type}>" : "")}({ArgumentsOf(check)});");
        }

        if (member.IsSelector)
        {
            writer.Lines("schema.IsSelector();");
        }

        if (member.FencedUntil is not null)
        {
            writer.Close();
        }
    }

    private static void EmitFenceDescription(FenceSpec fence, string prefix, SourceWriter writer)
    {
        if (fence.IsReserved)
        {
            writer.Lines($"schema.Fence({CSharpLiteral.Of(prefix + fence.Name)}, {CSharpLiteral.Of(fence.Until)});");
        }

        foreach (FenceSpec child in fence.Children)
        {
            EmitFenceDescription(child, $"{prefix}{fence.Name}.", writer);
        }
    }
}
