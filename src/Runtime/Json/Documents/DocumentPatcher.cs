using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>Creates what applies patches to the JSON of documents. Called by the request flow.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DocumentPatcher
{
    /// <summary>Creates it from the contract of the documents.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="writing">How documents are written.</param>
    /// <param name="patcher">The result.</param>
    /// <param name="reason">Why patches can only be applied to objects of this contract.</param>
    /// <returns>Whether there is a result.</returns>
    public static bool TryCreate<TPatch>(
        JsonTypeInfo contract,
        JsonWriterOptions writing,
        [NotNullWhen(true)] out DocumentPatcher<TPatch>? patcher,
        [NotNullWhen(false)] out string? reason)
        where TPatch : IPatch<TPatch>
    {
        ArgumentNullException.ThrowIfNull(contract);
        var builder = new DocumentLayoutBuilder(writing);
        patcher = builder.Build(contract, TPatch.Table) is { } layout ? new(layout, builder.Exceptions) : null;
        reason = patcher is null ? builder.Reason ?? "" : null;
        return patcher is not null;
    }
}

/// <summary>
/// Applies patches to the JSON of documents: what the patch does not change is copied byte for byte. Called by the request flow.
/// </summary>
/// <remarks>
/// Allocates the new document and nothing else, as long as the values that were sent are text and the document is as its contract writes
/// it. Documents up to 2 KiB are read on the stack, larger ones in pooled memory. Thread-safe.
/// </remarks>
/// <typeparam name="TPatch">The patch.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DocumentPatcher<TPatch>
    where TPatch : IPatch<TPatch>
{
    private const int Small = 2048;
    private const int FewWords = 2;

    private readonly DocumentLayout _layout;
    private readonly int _words = Math.Max(1, (TPatch.Table.Count + 63) / 64);

    internal DocumentPatcher(DocumentLayout layout, IReadOnlyList<string> exceptions) => (_layout, Exceptions) = (layout, exceptions);

    /// <summary>The members that need the object when they are sent, each with the reason.</summary>
    public IReadOnlyList<string> Exceptions { get; }

    /// <summary>Applies a patch.</summary>
    /// <param name="document">The document.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="now">The time of the change, for <see cref="ChangedAtAttribute"/>.</param>
    /// <param name="maxOpenMembers">How many members an open object may have that the patch has members for.</param>
    /// <param name="after">The new document; null if nothing has changed.</param>
    /// <param name="changed">The members that have changed something.</param>
    /// <returns>
    /// Whether it was applied. If not, the document is not as its contract writes it, or a limit is exceeded, and the patch must be applied
    /// to the object.
    /// </returns>
    public bool TryApply(
        ReadOnlySpan<byte> document,
        in TPatch patch,
        DateTimeOffset now,
        int maxOpenMembers,
        out byte[]? after,
        out MemberSet<TPatch> changed)
    {
        var change = new DocumentChangeLimits(now, maxOpenMembers);
        return document.Length <= Small
            ? ApplySmall(document, in patch, in change, out after, out changed)
            : ApplyLarge(document, in patch, in change, out after, out changed);
    }

    [SkipLocalsInit]
    private bool ApplySmall(
        ReadOnlySpan<byte> document, in TPatch patch, in DocumentChangeLimits change, out byte[]? after, out MemberSet<TPatch> changed)
    {
        Span<byte> buffer = stackalloc byte[Small + PaddedUtf8.Padding], output = stackalloc byte[2 * Small];
        return Apply(PaddedUtf8.Copy(document, buffer), in patch, in change, output, out after, out changed);
    }

    private bool ApplyLarge(
        ReadOnlySpan<byte> document, in TPatch patch, in DocumentChangeLimits change, out byte[]? after, out MemberSet<TPatch> changed)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(document.Length + PaddedUtf8.Padding);
        byte[] output = ArrayPool<byte>.Shared.Rent(document.Length + Small);
        try
        {
            document.CopyTo(buffer);
            return Apply(PaddedUtf8.Pad(buffer, document.Length), in patch, in change, output, out after, out changed);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    private bool Apply(
        ReadOnlySpan<byte> padded,
        in TPatch patch,
        in DocumentChangeLimits change,
        Span<byte> output,
        out byte[]? after,
        out MemberSet<TPatch> changed)
    {
        scoped Span<ulong> bits = stackalloc ulong[FewWords];
        bits = _words <= FewWords ? bits[.._words] : new ulong[_words];
        bits.Clear();
        scoped DocumentSplicer splicer = default;
        splicer.Start(padded, _layout, output, bits, in change);
        patch.Splice(ref splicer);
        bool isDone = splicer.TryFinish(out after);
        changed = isDone ? new(bits) : default;
        return isDone;
    }
}
