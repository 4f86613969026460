using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Layers.PatchGen.Json;

namespace Layers.PatchGen;

/// <summary>Reads patches.</summary>
public static class PatchReader
{
    // Bodies up to this length are copied to the stack, which is not cleared before: only the padding is.
    private const int Small = 1024;

    /// <summary>Reads a body strictly within the default limits: a patch, or every problem. Never throws, for any input.</summary>
    /// <inheritdoc cref="TryRead{T}(ReadOnlySpan{byte}, PatchReadOptions, out T, out PatchProblems)"/>
    public static bool TryRead<T>(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out T patch, out PatchProblems problems)
        where T : IPatch<T> => TryRead(utf8, PatchReadOptions.Default, out patch, out problems);

    /// <summary>Reads a body strictly: a patch, or every problem. Never throws, for any input.</summary>
    /// <remarks>Without a problem, nothing is allocated but what the patch keeps: its strings and arrays, and itself where it is a class.</remarks>
    /// <typeparam name="T">The patch.</typeparam>
    /// <param name="utf8">The body. One UTF-8 byte order mark is skipped (RFC 8259 section 8.1).</param>
    /// <param name="options">The limits.</param>
    /// <param name="patch">The patch, when there was no problem.</param>
    /// <param name="problems">What was wrong; empty when nothing was.</param>
    /// <returns>Whether the body is a patch.</returns>
    public static bool TryRead<T>(ReadOnlySpan<byte> utf8, PatchReadOptions options, [MaybeNullWhen(false)] out T patch, out PatchProblems problems)
        where T : IPatch<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        if (IsTooLarge(utf8.Length, options))
        {
            patch = default;
            problems = TooLarge(options);
            return false;
        }

        return utf8.Length <= Small ? ReadSmall(utf8, options, out patch, out problems) : ReadLarge(utf8, options, out patch, out problems);
    }

    /// <summary>Reads a body that lies in several pieces, as pipelines hand it over.</summary>
    /// <inheritdoc cref="TryRead{T}(ReadOnlySpan{byte}, PatchReadOptions, out T, out PatchProblems)"/>
    public static bool TryRead<T>(ReadOnlySequence<byte> utf8, PatchReadOptions options, [MaybeNullWhen(false)] out T patch, out PatchProblems problems)
        where T : IPatch<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        if (utf8.IsSingleSegment)
        {
            return TryRead(utf8.FirstSpan, options, out patch, out problems);
        }

        if (IsTooLarge(utf8.Length, options))
        {
            patch = default;
            problems = TooLarge(options);
            return false;
        }

        int length = (int)utf8.Length;
        byte[] borrowed = ArrayPool<byte>.Shared.Rent(length + PaddedUtf8.Padding);
        utf8.CopyTo(borrowed);
        return ReadBorrowed(borrowed, length, options, out patch, out problems);
    }

    [SkipLocalsInit]
    private static bool ReadSmall<T>(ReadOnlySpan<byte> utf8, PatchReadOptions options, [MaybeNullWhen(false)] out T patch, out PatchProblems problems)
        where T : IPatch<T>
    {
        Span<byte> buffer = stackalloc byte[Small + PaddedUtf8.Padding];
        Copy(utf8, buffer);
        return Read(PaddedUtf8.Pad(buffer, utf8.Length), options, out patch, out problems);
    }

    private static bool ReadLarge<T>(ReadOnlySpan<byte> utf8, PatchReadOptions options, [MaybeNullWhen(false)] out T patch, out PatchProblems problems)
        where T : IPatch<T>
    {
        byte[] borrowed = ArrayPool<byte>.Shared.Rent(utf8.Length + PaddedUtf8.Padding);
        utf8.CopyTo(borrowed);
        return ReadBorrowed(borrowed, utf8.Length, options, out patch, out problems);
    }

    private static bool ReadBorrowed<T>(byte[] borrowed, int length, PatchReadOptions options, [MaybeNullWhen(false)] out T patch, out PatchProblems problems)
        where T : IPatch<T>
    {
        try
        {
            return Read(PaddedUtf8.Pad(borrowed, length), options, out patch, out problems);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(borrowed);
        }
    }

    // Apart, since a copy leaves wide registers in use, which slows down every call into the runtime until the method ends that did it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Copy(ReadOnlySpan<byte> utf8, Span<byte> buffer) => utf8.CopyTo(buffer);

    private static bool Read<T>(ReadOnlySpan<byte> padded, PatchReadOptions options, [MaybeNullWhen(false)] out T patch, out PatchProblems problems)
        where T : IPatch<T>
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        int origin = padded.StartsWith(byteOrderMark) ? byteOrderMark.Length : 0;
        PatchScanner scanner = new(padded[origin..], origin, options);
        scanner.Finish(T.Read(ref scanner, 0, out patch));
        problems = scanner.Problems.Count == 0 ? PatchProblems.None : scanner.Problems.ToProblems();
        if (problems.Verdict == PatchVerdict.Ok)
        {
            return true;
        }

        patch = default;
        return false;
    }

    private static bool IsTooLarge(long length, PatchReadOptions options) => length > Math.Min(options.MaxBytes, Array.MaxLength - PaddedUtf8.Padding);

    private static PatchProblems TooLarge(PatchReadOptions options)
    {
        PatchProblemCollector collector = new(1);
        collector.Fail(ProblemKind.TooLarge, options.MaxBytes, MalformedReason.None);
        return collector.ToProblems();
    }
}
