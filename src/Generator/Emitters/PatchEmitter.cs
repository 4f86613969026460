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

        writer.BeginRecord(patch, $"Reads {patch.Name} from JSON.", Alias.Analysis | Alias.Json | Alias.Runtime | Alias.Values);
        ReaderEmitter.Emit(patch, writer);
        yield return (HintNames.Json, writer.EndRecord(patch));
        if (patch.Document is { } document)
        {
            Alias values = patch.Members.Any(static m => m is { Codec: PlainCodec, Target.IsSameType: true }) ? Alias.Values : 0;
            writer.BeginRecord(
                patch, $"Applies {patch.Name} to {document.DisplayName}, and compares two of them.", Alias.Documents | Alias.Json | Alias.Runtime | values);
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
        Alias analysis = patch.Members.Any(static m => m.Type is { IsValueType: false, IsNullable: false }) ? Alias.Analysis : 0;
        if (patch.Extent != PatchExtent.Full)
        {
            writer.BeginRecord(patch, $"The properties of {patch.Name}. An error in its declaration prevents the rest.", Alias.Json | analysis, isMain: true);
            PropertiesEmitter.EmitWithError(patch, writer);
            return writer.EndRecord(patch);
        }

        Alias values = patch.Members.Any(static m => m.Codec is PlainCodec && !CodecCode.IsMadeOnce(m)) ? Alias.Values : 0;
        writer.BeginRecord(
            patch,
            $"The members of {patch.Name}. Absent, null and a value are three different states.",
            Alias.Json | Alias.Runtime | analysis | values | (patch.Document is null ? 0 : Alias.Documents),
            isMain: true,
            patch.Document is null ? $" : PatchGenRuntime.IPatch<{patch.Name()}>" : $" : PatchGenRuntime.IPatch<{patch.Name()}, {patch.Document.Code()}>");
        PropertiesEmitter.Emit(patch, writer);
        TableEmitter.Emit(patch, writer);
        return writer.EndRecord(patch);
    }
}
