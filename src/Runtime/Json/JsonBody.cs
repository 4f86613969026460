using System.Buffers;

namespace Layers.PatchGen.Json;

/// <summary>Checks a body of any JSON, as strictly as the reader of a patch.</summary>
internal static class JsonBody
{
    /// <summary>Copies a body that is one JSON value in UTF-8, within the limit of depth.</summary>
    /// <param name="utf8">The body, within the limit of size. One UTF-8 byte order mark is skipped (RFC 8259 section 8.1).</param>
    /// <param name="options">The limits.</param>
    /// <param name="json">The value. Any reader of JSON reads it without an error, its strings included.</param>
    /// <param name="problems">Why there is no value; or the duplicate names in it.</param>
    /// <returns>Whether there is a value.</returns>
    public static bool TryRead(
        ReadOnlySequence<byte> utf8, PatchReadOptions options, out ReadOnlyMemory<byte> json, out PatchProblems problems)
    {
        int length = (int)utf8.Length;
        byte[] buffer = new byte[length + PaddedUtf8.Padding];
        utf8.CopyTo(buffer);
        int origin = StartOf(buffer);
        PatchScanner scanner = new(PaddedUtf8.Pad(buffer, length)[origin..], origin, options);
        scanner.ReadBody();
        problems = scanner.Problems.ToProblems();
        json = buffer.AsMemory(origin, length - origin);
        return problems.Verdict != PatchVerdict.Malformed;
    }

    /// <summary>Where a body starts: after one UTF-8 byte order mark, if it has one.</summary>
    public static int StartOf(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        return utf8.StartsWith(byteOrderMark) ? byteOrderMark.Length : 0;
    }
}
