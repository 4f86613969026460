using System.Collections.Generic;
using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The files of one patch.</summary>
internal static class PatchEmitter
{
    /// <summary>What each file is named by beside the patch, and its text.</summary>
    public static IEnumerable<(string Part, string Source)> Emit(PatchSpec patch)
    {
        var writer = new SourceWriter();
        yield return (HintNames.Main, EmitMain(patch, writer));
        if (patch.Extent != PatchExtent.Full)
        {
            yield break;
        }

        writer.BeginRecord(patch, $"Reads {patch.Name} from JSON.", [Alias.Analysis, Alias.Json, Alias.Runtime, Alias.Values]);
        ReaderEmitter.Emit(patch, writer);
        yield return (HintNames.Json, writer.EndRecord(patch));
        if (patch.Document is { } document)
        {
            bool usesValues = patch.Members.Any(static m => m is { Codec: PlainCodec, Target.IsSameType: true });
            string summary = $"Applies {patch.Name} to {document.DisplayName}, and compares two of them.";
            writer.BeginRecord(patch, summary, [Alias.Documents(document), Alias.Json, Alias.Runtime, usesValues ? Alias.Values : ""]);
            ApplyEmitter.Emit(patch, document, writer);
            yield return (HintNames.Document, writer.EndRecord(patch));
            if (patch.Endpoint is not null)
            {
                yield return (HintNames.Handler, HandlerEmitter.Emit(patch, document, patch.Endpoint, writer));
            }
        }
    }

    private static string EmitMain(PatchSpec patch, SourceWriter writer)
    {
        string analysis = patch.Members.Any(static m => m.Type is { IsValueType: false, IsNullable: false }) ? Alias.Analysis : "";
        if (patch.Extent != PatchExtent.Full)
        {
            string error = $"The properties of {patch.Name}. An error in its declaration prevents the rest.";
            writer.BeginRecord(patch, error, [analysis, Alias.Json], isMain: true);
            PropertiesEmitter.EmitWithError(patch, writer);
            return writer.EndRecord(patch);
        }

        string values = patch.Members.Any(static m => m.Codec is PlainCodec && !CodecCode.IsMadeOnce(m)) ? Alias.Values : "";
        writer.BeginRecord(
            patch,
            $"The members of {patch.Name}. Absent, null and a value are three different states.",
            [analysis, Alias.Documents(patch.Document), Alias.Json, Alias.Runtime, values],
            isMain: true,
            $" : PatchGenRuntime.IPatch<{patch.Name()}{(patch.Document is null ? "" : ", " + patch.Document.Code())}>");
        PropertiesEmitter.Emit(patch, writer);
        TableEmitter.Emit(patch, writer);
        return writer.EndRecord(patch);
    }
}
