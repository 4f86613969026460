using System.Collections.Generic;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The files of one patch.</summary>
internal static class PatchEmitter
{
    /// <summary>What each file is named by beside the patch, and its text.</summary>
    public static IEnumerable<(string Part, string Source)> Emit(PatchSpec patch)
    {
        if (patch.Extent != PatchExtent.Full)
        {
            string summary = $"The properties of {patch.DisplayName}. An error in its declaration prevents the rest.";
            yield return (HintNames.Main, SourceFile.OfRecord(patch, summary, writer => PropertiesEmitter.EmitWithError(patch, writer), isMain: true));
            yield break;
        }

        yield return (HintNames.Main, SourceFile.OfRecord(
            patch,
            $"The members of {patch.Name}. Absent, null and a value are three different states.",
            writer =>
            {
                PropertiesEmitter.Emit(patch, writer);
                TableEmitter.Emit(patch, writer);
            },
            isMain: true,
            patch.Document is null ? $" : PatchGenRuntime.IPatch<{patch.Name()}>" : $" : PatchGenRuntime.IPatch<{patch.Name()}, {patch.Document.Code()}>"));
        yield return (HintNames.Json, SourceFile.OfRecord(patch, $"Reads {patch.Name} from JSON.", writer => ReaderEmitter.Emit(patch, writer)));
        if (patch.Document is not null)
        {
            yield return (HintNames.Document, SourceFile.OfRecord(
                patch, $"Applies {patch.Name} to {patch.Document.DisplayName}, and compares two of them.", writer => ApplyEmitter.Emit(patch, patch.Document, writer)));
        }

        if (patch is { Document: not null, Endpoint: not null })
        {
            yield return (HintNames.Handler, HandlerEmitter.Emit(patch, patch.Document, patch.Endpoint));
        }
    }
}
