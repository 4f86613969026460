using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Layers.PatchGen.Json;

namespace Layers.PatchGen;

/// <summary>
/// Reads patches from JSON. Each method can be called on the type of the patch, <c>InfluencerPatch.Read(…)</c>, and, in code for any
/// patch, on this class: <c>PatchReader.Read&lt;T&gt;(…)</c>.
/// </summary>
public static class PatchReader
{
    // Bodies up to this length are copied to the stack. Only the padding is cleared, not the whole buffer.
    private const int Small = 1024;

    private const int FirstStreamBuffer = 4096;

#pragma warning disable CA1000 // It takes the block for a generic type. The methods are called on the patch, without a type argument.
    /// <summary>The methods that read a patch, as methods of its type: <c>InfluencerPatch.TryRead(…)</c>.</summary>
    /// <typeparam name="T">The patch.</typeparam>
    extension<T>(T)
        where T : IPatch<T>
    {
        /// <summary>Reads a body strictly within the default limits: a patch, or every problem. Never throws, for any input.</summary>
        /// <inheritdoc cref="extension{T}(T).TryRead(ReadOnlySpan{byte}, PatchReadOptions, out T, out PatchProblems)"/>
        public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out T? patch, out PatchProblems problems) =>
            TryRead(utf8, PatchReadOptions.Default, out patch, out problems);

        /// <summary>Reads a body strictly: a patch, or every problem. Never throws, for any input.</summary>
        /// <remarks>
        /// A body without problems allocates only what the patch keeps: its strings and arrays, and the patch itself if it is a class.
        /// </remarks>
        /// <param name="utf8">The body. One UTF-8 byte order mark is skipped (RFC 8259 section 8.1).</param>
        /// <param name="options">The limits.</param>
        /// <param name="patch">The patch, if there was no problem.</param>
        /// <param name="problems">The problems; empty if there was none.</param>
        /// <returns>Whether the body is a patch.</returns>
        public static bool TryRead(
            ReadOnlySpan<byte> utf8, PatchReadOptions options, [NotNullWhen(true)] out T? patch, out PatchProblems problems)
        {
            ArgumentNullException.ThrowIfNull(options);
            if (utf8.Length > MaxLength(options))
            {
                return Fail(TooLarge(options), out patch, out problems);
            }

            return utf8.Length <= Small
                ? ReadSmall(utf8, options, out patch, out problems)
                : ReadLarge(utf8, options, out patch, out problems);
        }

        /// <summary>Reads a body that is in several segments, as pipelines deliver it.</summary>
        /// <inheritdoc cref="extension{T}(T).TryRead(ReadOnlySpan{byte}, PatchReadOptions, out T, out PatchProblems)"/>
        public static bool TryRead(
            ReadOnlySequence<byte> utf8, PatchReadOptions options, [NotNullWhen(true)] out T? patch, out PatchProblems problems)
        {
            ArgumentNullException.ThrowIfNull(options);
            if (utf8.IsSingleSegment)
            {
                return TryRead(utf8.FirstSpan, options, out patch, out problems);
            }

            if (utf8.Length > MaxLength(options))
            {
                return Fail(TooLarge(options), out patch, out problems);
            }

            int length = (int)utf8.Length;
            byte[] borrowed = ArrayPool<byte>.Shared.Rent(length + PaddedUtf8.Padding);
            utf8.CopyTo(borrowed);
            return ReadBorrowed(borrowed, length, options, out patch, out problems);
        }

        /// <summary>Reads a body from a string strictly: a patch, or every problem. Limits count UTF-8 bytes. Never throws.</summary>
        /// <inheritdoc cref="extension{T}(T).TryRead(string, PatchReadOptions, out T, out PatchProblems)"/>
        public static bool TryRead(string json, [NotNullWhen(true)] out T? patch, out PatchProblems problems) =>
            TryRead(json, PatchReadOptions.Default, out patch, out problems);

        /// <summary>Reads a body from a string strictly: a patch, or every problem. Limits count UTF-8 bytes. Never throws.</summary>
        /// <param name="json">The body. Half of a surrogate pair that stands alone in it is a problem.</param>
        /// <param name="options">The limits.</param>
        /// <param name="patch">The patch, if there was no problem.</param>
        /// <param name="problems">The problems; empty if there was none.</param>
        /// <returns>Whether the body is a patch.</returns>
        public static bool TryRead(
            string json, PatchReadOptions options, [NotNullWhen(true)] out T? patch, out PatchProblems problems)
        {
            ArgumentNullException.ThrowIfNull(json);
            ArgumentNullException.ThrowIfNull(options);

            // A UTF-16 unit takes at least one byte: a string that is too long is never converted.
            int length = json.Length > MaxLength(options) ? int.MaxValue : Encoding.UTF8.GetByteCount(json);
            if (length > MaxLength(options))
            {
                return Fail(TooLarge(options), out patch, out problems);
            }

            byte[] borrowed = ArrayPool<byte>.Shared.Rent(length + PaddedUtf8.Padding);
            if (Utf8.FromUtf16(json, borrowed, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done)
            {
                return ReadBorrowed(borrowed, length, options, out patch, out problems);
            }

            ArrayPool<byte>.Shared.Return(borrowed);
            return Fail(Failure(ProblemKind.Malformed, written, MalformedReason.LoneSurrogate), out patch, out problems);
        }

        /// <summary>Reads a body strictly, or throws.</summary>
        /// <param name="utf8">The body. One UTF-8 byte order mark is skipped (RFC 8259 section 8.1).</param>
        /// <param name="options">The limits; <see cref="PatchReadOptions.Default"/> if null.</param>
        /// <exception cref="PatchFormatException">The body is not a patch. The exception has every problem.</exception>
        public static T Read(ReadOnlySpan<byte> utf8, PatchReadOptions? options = null) =>
            TryRead<T>(utf8, options ?? PatchReadOptions.Default, out T? patch, out PatchProblems problems)
                ? patch
                : throw new PatchFormatException(problems);

        /// <summary>Reads a body from a string strictly, or throws. Limits count UTF-8 bytes.</summary>
        /// <param name="json">The body.</param>
        /// <param name="options">The limits; <see cref="PatchReadOptions.Default"/> if null.</param>
        /// <exception cref="PatchFormatException">
        /// The body is not a patch, or half of a surrogate pair stands alone in it. The exception has every problem.
        /// </exception>
        public static T Read(string json, PatchReadOptions? options = null) =>
            TryRead<T>(json, options ?? PatchReadOptions.Default, out T? patch, out PatchProblems problems)
                ? patch
                : throw new PatchFormatException(problems);

        /// <summary>
        /// Reads a body from a stream strictly, or throws. The stream is read to its end, or to the first byte beyond
        /// <see cref="PatchReadOptions.MaxBytes"/>; it is not closed.
        /// </summary>
        /// <param name="stream">The body in UTF-8. One byte order mark is skipped (RFC 8259 section 8.1).</param>
        /// <param name="options">The limits; <see cref="PatchReadOptions.Default"/> if null.</param>
        /// <param name="cancellationToken">Cancels reading from the stream.</param>
        /// <exception cref="PatchFormatException">The body is not a patch. The exception has every problem.</exception>
        public static async ValueTask<T> ReadAsync(
            Stream stream, PatchReadOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(stream);
            options ??= PatchReadOptions.Default;
            int max = MaxLength(options), length = 0;
            byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(max, FirstStreamBuffer) + PaddedUtf8.Padding);
            try
            {
                for (int read = -1; read != 0 && length <= max; length += read)
                {
                    if (length > buffer.Length - PaddedUtf8.Padding)
                    {
                        buffer = Grow(buffer, length, max);
                    }

                    // The padding has room for the one byte that shows that the body is too long.
                    int count = Math.Min(buffer.Length - PaddedUtf8.Padding, max) + 1 - length;
                    read = await stream.ReadAsync(buffer.AsMemory(length, count), cancellationToken).ConfigureAwait(false);
                }

                if (length > max)
                {
                    throw new PatchFormatException(TooLarge(options));
                }

                return ReadPadded<T>(PaddedUtf8.Pad(buffer, length), options, out T? patch, out PatchProblems problems)
                    ? patch
                    : throw new PatchFormatException(problems);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
#pragma warning restore CA1000

    private static byte[] Grow(byte[] buffer, int length, int max)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(max, 2L * length) + PaddedUtf8.Padding);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    [SkipLocalsInit]
    private static bool ReadSmall<T>(
        ReadOnlySpan<byte> utf8, PatchReadOptions options, [NotNullWhen(true)] out T? patch, out PatchProblems problems)
        where T : IPatch<T>
    {
        Span<byte> buffer = stackalloc byte[Small + PaddedUtf8.Padding];
        return ReadPadded(PaddedUtf8.Copy(utf8, buffer), options, out patch, out problems);
    }

    private static bool ReadLarge<T>(
        ReadOnlySpan<byte> utf8, PatchReadOptions options, [NotNullWhen(true)] out T? patch, out PatchProblems problems)
        where T : IPatch<T>
    {
        byte[] borrowed = ArrayPool<byte>.Shared.Rent(utf8.Length + PaddedUtf8.Padding);
        utf8.CopyTo(borrowed);
        return ReadBorrowed(borrowed, utf8.Length, options, out patch, out problems);
    }

    private static bool ReadBorrowed<T>(
        byte[] borrowed, int length, PatchReadOptions options, [NotNullWhen(true)] out T? patch, out PatchProblems problems)
        where T : IPatch<T>
    {
        try
        {
            return ReadPadded(PaddedUtf8.Pad(borrowed, length), options, out patch, out problems);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(borrowed);
        }
    }

    private static bool ReadPadded<T>(
        ReadOnlySpan<byte> padded, PatchReadOptions options, [NotNullWhen(true)] out T? patch, out PatchProblems problems)
        where T : IPatch<T>
    {
        int origin = JsonBody.StartOf(padded);
        PatchScanner scanner = new(padded[origin..], origin, options);
        scanner.Finish(T.Read(ref scanner, 0, out patch));
        if (scanner.Problems.Count == 0)
        {
            problems = PatchProblems.None;
            return true;
        }

        return Fail(scanner.Problems.ToProblems(), out patch, out problems);
    }

    private static bool Fail<T>(PatchProblems found, [NotNullWhen(true)] out T? patch, out PatchProblems problems)
    {
        patch = default;
        problems = found;
        return false;
    }

    private static int MaxLength(PatchReadOptions options) => Math.Min(options.MaxBytes, Array.MaxLength - PaddedUtf8.Padding);

    private static PatchProblems TooLarge(PatchReadOptions options) =>
        Failure(ProblemKind.TooLarge, options.MaxBytes, MalformedReason.None);

    private static PatchProblems Failure(ProblemKind kind, int first, MalformedReason reason)
    {
        PatchProblemCollector collector = default;
        collector.Fail(kind, first, reason);
        return collector.ToProblems();
    }
}
