namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The static methods that users call to read a patch. Each is one call of <c>PatchReader</c>.</summary>
internal static class ReadMethodsEmitter
{
    private const string Reader = "PatchGenRuntime.PatchReader";
    private const string Options = "PatchGenRuntime.PatchReadOptions";
    private const string OptionalOptions = Options + "? options = null";
    private const string Utf8 = "global::System.ReadOnlySpan<byte> utf8";
    private const string Stream = "global::System.IO.Stream stream";
    private const string CancellationToken = "global::System.Threading.CancellationToken cancellationToken = default";
    private const string Throws = ". Throws a <see cref=\"PatchGenRuntime.PatchFormatException\"/> with every problem.";

    public static void Emit(PatchSpec patch, SourceWriter writer)
    {
        string name = patch.Name();
        Code result = $"[PatchGenAnalysis.MaybeNullWhen(false)] out {name} patch", problems = "out PatchGenRuntime.PatchProblems problems";
        writer.Generated("/// <summary>Reads a body within the default limits: a patch, or every problem. Never throws.</summary>")
            .Member(Code.Call("public static bool TryRead", Utf8, result, problems), $"{Reader}.TryRead(utf8, out patch, out problems)").Line();
        writer.Generated("/// <inheritdoc cref=\"PatchGenRuntime.IPatch{TSelf}.TryRead\"/>").Member(
            Code.Call("public static bool TryRead", Utf8, Options + " options", result, problems),
            $"{Reader}.TryRead(utf8, options, out patch, out problems)").Line();
        if (!patch.WritesReadMethods)
        {
            return;
        }

        writer.Generated($"/// <summary>Reads a body{Throws}</summary>")
            .Member(Code.Call($"public static {name} Read", Utf8, OptionalOptions), $"{Reader}.Read<{name}>(utf8, options)").Line();
        writer.Generated($"/// <summary>Reads a body from a string{Throws}</summary>")
            .Member(Code.Call($"public static {name} Read", "string json", OptionalOptions), $"{Reader}.Read<{name}>(json, options)").Line();
        writer.Generated($"/// <summary>Reads a body from a stream{Throws}</summary>").Member(
            Code.Call($"public static global::System.Threading.Tasks.ValueTask<{name}> ReadAsync", Stream, OptionalOptions, CancellationToken),
            $"{Reader}.ReadAsync<{name}>(stream, options, cancellationToken)").Line();
    }
}
