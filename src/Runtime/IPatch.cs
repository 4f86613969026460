using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen;

/// <summary>A patch: a body of which every member is optional and of which it is known which members were sent. Implemented by generated code.</summary>
/// <typeparam name="TSelf">The patch itself.</typeparam>
public interface IPatch<TSelf>
    where TSelf : IPatch<TSelf>
{
    /// <summary>Whether the patch changes nothing: no member was sent, <see cref="SelectorAttribute">selectors</see> aside.</summary>
    bool IsEmpty { get; }

    /// <summary>Writes the members that are present, and only those; a member set to null is written as null.</summary>
    /// <param name="writer">Where to.</param>
    void WriteTo(Utf8JsonWriter writer);

    /// <summary>Reads a body strictly: a patch, or every problem. Never throws, for any input.</summary>
    /// <param name="utf8">The body. One UTF-8 byte order mark is skipped (RFC 8259 section 8.1).</param>
    /// <param name="options">The limits.</param>
    /// <param name="patch">The patch, when there was no problem.</param>
    /// <param name="problems">What was wrong; empty when nothing was.</param>
    /// <returns>Whether the body is a patch.</returns>
    static virtual bool TryRead(ReadOnlySpan<byte> utf8, PatchReadOptions options, [MaybeNullWhen(false)] out TSelf patch, out PatchProblems problems) =>
        PatchReader.TryRead(utf8, options, out patch, out problems);

    /// <summary>Writes the JSON Schema (2020-12) of the bodies that <see cref="TryRead"/> takes, as far as a schema can say.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="options">The limits that the schema tells of, and the fences that are lifted.</param>
    static virtual void WriteJsonSchema(Utf8JsonWriter writer, PatchReadOptions options) => PatchSchemaWriter.Write<TSelf>(writer, options);

    /// <summary>Describes the members. Called by the schema writer, not by users.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void Describe(PatchSchemaWriter schema);

    /// <summary>Makes one patch of two. Called by the merge of nested patches; users call <c>Merge</c> of the patch.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TSelf Merge(TSelf earlier, TSelf later);

    /// <summary>Checks the members that are present. Called by <c>Validate</c>, not by users.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void Check(in TSelf patch, ref PatchProblemCollector problems);

    /// <summary>Reads the members of one object. Called by the reader, not by users.</summary>
    /// <param name="scanner">The body.</param>
    /// <param name="at">Where the value starts, white space allowed.</param>
    /// <param name="patch">What was read; of no use when <paramref name="scanner"/> holds a problem.</param>
    /// <returns>The position after the object.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract int Read(ref PatchScanner scanner, int at, out TSelf patch);
}

/// <summary>A patch of one type of document.</summary>
/// <typeparam name="TSelf">The patch itself.</typeparam>
/// <typeparam name="TDocument">The document it is applied to.</typeparam>
public interface IPatch<TSelf, TDocument> : IPatch<TSelf>
    where TSelf : IPatch<TSelf, TDocument>
{
    /// <summary>
    /// Gives the document with the members that were sent set and nested patches merged. A record is copied, or returned as the same instance when nothing
    /// changed; a class is changed in place.
    /// </summary>
    /// <param name="document">The document to patch.</param>
    /// <param name="changed">Whether any value is another than before.</param>
    /// <returns>The patched document.</returns>
    TDocument ApplyTo(TDocument document, out bool changed);

    /// <summary>Makes the patch that leads from one document to another. Called for nested patches; users call <c>Diff</c> of the patch.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TSelf Diff(TDocument before, TDocument after);

    /// <summary>Counts the members of the document's open objects and dictionaries that the patch was sent members of. Called by the request flow, not by users.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual void CountMembers(in TSelf patch, TDocument document, ref PatchMemberLimit limit)
    {
    }

    /// <summary>Sets the document's <see cref="ChangedAtAttribute"/> property, if it has one, to the time of a change, or to one tick after the last change where that is not later.</summary>
    /// <param name="document">The document that was changed.</param>
    /// <param name="changedAt">The time of the change.</param>
    /// <returns>The document with the time set; a class is changed in place.</returns>
    static abstract TDocument Stamp(TDocument document, DateTimeOffset changedAt);
}
