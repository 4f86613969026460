namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The static methods that users call to read a patch. Each is one call of <c>PatchReader</c>.</summary>
internal static class ReadMethodsEmitter
{
    private const string Reader = "PatchGenRuntime.PatchReader";
    private const string Options = "PatchGenRuntime.PatchReadOptions? options = null";
    private const string Utf8 = "global::System.ReadOnlySpan<byte> utf8";
    private const string Stream = "global::System.IO.Stream stream";
    private const string CancellationToken = "global::System.Threading.CancellationToken cancellationToken = default";
    private const string Throws = ". Throws a <see cref=\"PatchGenRuntime.PatchFormatException\"/> with every problem.";

    public static void Emit(PatchSpec patch, SourceWriter writer)
    {
        string name = patch.Name();
        string result = $"[PatchGenAnalysis.MaybeNullWhen(false)] out {name} patch, out PatchGenRuntime.PatchProblems problems";
        void Method(string summary, string head, string call) =>
            writer.Generated(summary).Line($"public static {head} => {Reader}.{call};").Line();

        Method(
            "/// <summary>Reads a body within the default limits: a patch, or every problem. Never throws.</summary>",
            $"bool TryRead({Utf8}, {result})",
            "TryRead(utf8, out patch, out problems)");
        Method(
            "/// <inheritdoc cref=\"PatchGenRuntime.IPatch{TSelf}.TryRead\"/>",
            $"bool TryRead({Utf8}, PatchGenRuntime.PatchReadOptions options, {result})",
            "TryRead(utf8, options, out patch, out problems)");
        if (!patch.WritesReadMethods)
        {
            return;
        }

        string task = $"global::System.Threading.Tasks.ValueTask<{name}>";
        Method($"/// <summary>Reads a body{Throws}</summary>", $"{name} Read({Utf8}, {Options})", $"Read<{name}>(utf8, options)");
        string fromText = $"/// <summary>Reads a body from a string{Throws}</summary>";
        Method(fromText, $"{name} Read(string json, {Options})", $"Read<{name}>(json, options)");
        Method(
            $"/// <summary>Reads a body from a stream{Throws}</summary>",
            $"{task} ReadAsync({Stream}, {Options}, {CancellationToken})",
            $"ReadAsync<{name}>(stream, options, cancellationToken)");
    }
}
