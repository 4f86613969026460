using System.Collections.Generic;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The files of one patch.</summary>
internal static class PatchEmitter
{
    /// <summary>The suffix of each file's name, and its text.</summary>
    public static IEnumerable<(string Part, string Source)> Emit(PatchSpec patch)
    {
        var writer = new SourceWriter();
        if (patch.Extent != PatchExtent.Full)
        {
            string error = $"The properties of {patch.Name}. An error in its declaration prevents the rest.";
            yield return (HintNames.Main, SourceFile.Record(patch, writer, error, PropertiesEmitter.EmitWithError, isMain: true));
            yield break;
        }

        string interfaces = $" : PatchGenRuntime.IPatch<{patch.Name()}{(patch.Document is null ? "" : ", " + patch.Document.Code())}>";
        string summary = $"The members of {patch.Name}. Absent, null and a value are three different states.";
        yield return (HintNames.Main, SourceFile.Record(patch, writer, summary, EmitMain, interfaces, isMain: true));
        yield return (HintNames.Json, SourceFile.Record(patch, writer, $"Reads {patch.Name} from JSON.", ReaderEmitter.Emit));
        if (patch.Document is { } document)
        {
            summary = $"Applies {patch.Name} to {document.DisplayName}, and compares two of them.";
            yield return (HintNames.Document, SourceFile.Record(patch, writer, summary, ApplyEmitter.Emit));
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
}
