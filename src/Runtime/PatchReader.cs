using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Layers.PatchGen;

/// <summary>Reads patches.</summary>
public static class PatchReader
{
    /// <summary>Reads a body strictly: a patch, or every problem. Never throws, for any input.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> utf8, PatchReadOptions options, [MaybeNullWhen(false)] out T patch, out PatchProblems problems)
        where T : IPatch<T> => throw new NotSupportedException();

    /// <summary>Reads a body that lies in several pieces, as pipelines hand it over.</summary>
    public static bool TryRead<T>(ReadOnlySequence<byte> utf8, PatchReadOptions options, [MaybeNullWhen(false)] out T patch, out PatchProblems problems)
        where T : IPatch<T> => throw new NotSupportedException();
}
