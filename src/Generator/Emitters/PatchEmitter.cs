using System.Collections.Generic;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The files of one patch.</summary>
internal static class PatchEmitter
{
    private const string Converter = "PatchGenSerializer.JsonConverter(typeof(PatchGenRuntime.PatchJsonConverter<";
    private const string Interop = "global::System.Runtime.InteropServices.";

    /// <summary>The suffix of each file's name, and its text.</summary>
    public static IEnumerable<(string Part, string Source)> Emit(PatchSpec patch)
    {
        var writer = new SourceWriter();
        if (patch.Extent != PatchExtent.Full)
        {
            string error = $"The properties of {patch.Name}. An error in its declaration prevents the rest.";
            yield return (HintNames.Main, Record(patch, error, isMain: true, PropertiesEmitter.EmitWithError, writer));
            yield break;
        }

        string summary = $"The members of {patch.Name}. Absent, null and a value are three different states.";
        yield return (HintNames.Main, Record(patch, summary, isMain: true, EmitMain, writer));
        yield return (HintNames.Json, Record(patch, $"Reads {patch.Name} from JSON.", isMain: false, ReaderEmitter.Emit, writer));
        if (patch.Document is { } document)
        {
            summary = $"Applies {patch.Name} to {document.DisplayName}, and compares two of them.";
            yield return (HintNames.Document, Record(patch, summary, isMain: false, ApplyEmitter.Emit, writer));
            if (patch.Update is not null)
            {
                summary = $"The columns that {patch.Name} sets in one UPDATE of {document.DisplayName}.";
                yield return (HintNames.Update, Record(patch, summary, isMain: false, UpdateEmitter.Emit, writer, patch.EntityInterface()));
            }

            if (patch.Endpoint is { } endpoint)
            {
                yield return (HintNames.Handler, HandlerEmitter.Emit(patch, document, endpoint, writer));
            }
        }
    }

    private static void EmitMain(PatchSpec patch, SourceWriter writer)
    {
        PropertiesEmitter.Emit(patch, writer);
        TableEmitter.Emit(patch, writer);
    }

    /// <summary>The text of a file with a part of the record's generated half; the main part has the attributes and the state.</summary>
    private static string Record(
        PatchSpec patch,
        string summary,
        bool isMain,
        Action<PatchSpec, SourceWriter> emitMembers,
        SourceWriter writer,
        string? contract = null)
    {
        foreach (ContainingTypeSpec container in patch.ContainingTypes)
        {
            string kind = container.Kind.ToString().ToLowerInvariant().Replace("recordstruct", "record struct");
            writer.Open($"partial {kind} {CSharp.Identifier(container.Name)}");
        }

        bool isFull = isMain && patch.Extent == PatchExtent.Full;
        string document = patch.Document is null ? "" : ", " + patch.Document.Code();
        contract ??= isFull ? $"PatchGenRuntime.IPatch<{patch.Name()}{document}>" : null;
        string interfaces = contract is null ? "" : $" : {contract}";
        writer.LineIf(isMain && patch.NeedsAutoLayout, $"[{Interop}StructLayout({Interop}LayoutKind.Auto)]")
            .LineIf(isFull && patch.WritesConverter, $"[{Converter}{patch.Name()}>))]")
            .Open($"partial {(patch.Kind == PatchKind.Class ? "record" : "record struct")} {patch.Name()}{interfaces}");
        emitMembers(patch, writer);
        writer.Close();
        foreach (ContainingTypeSpec _ in patch.ContainingTypes)
        {
            writer.Close();
        }

        return SourceFile.Text(writer, summary, patch.Namespace, patch.Document);
    }
}
