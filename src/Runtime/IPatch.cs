using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen;

/// <summary>
/// A patch: a request body with optional members that knows which of them were sent. Implemented by generated code; use it as a
/// constraint in code for any patch.
/// </summary>
/// <remarks>
/// Two patches are equal when the same members are present with equal values. Values are compared as they are in JSON: collections item by
/// item, sets and dictionaries in any order, numbers by value.
/// </remarks>
/// <typeparam name="TSelf">The patch itself.</typeparam>
public interface IPatch<TSelf> : IGeneratedPatch<TSelf>
    where TSelf : IPatch<TSelf>
{
    /// <summary>The members that were sent, or set in code.</summary>
    MemberSet<TSelf> Present { get; }

    /// <summary>Whether the patch changes nothing: no member is present, <see cref="SelectorAttribute">selectors</see> aside.</summary>
    bool IsEmpty { get; }

    /// <summary>Writes the members that are present, and only those; a member that is set to null is written as null.</summary>
    /// <param name="writer">The writer.</param>
    void WriteTo(Utf8JsonWriter writer);

    /// <summary>
    /// Validates the members that are present by the rules that a body is read by: for a client, before it sends the patch.
    /// </summary>
    /// <param name="options">
    /// The limits; <see cref="PatchReadOptions.Default"/> if null. <see cref="PatchReadOptions.MaxOpenMembers"/>,
    /// <see cref="PatchReadOptions.MaxOpenNameLength"/> and <see cref="PatchReadOptions.MaxProblems"/> apply; size, depth and fences are
    /// checked when a body is read.
    /// </param>
    /// <returns>Every problem; none if a reader would accept the members.</returns>
    PatchProblems Validate(PatchReadOptions? options = null);

    /// <summary>The patch without some of its members: they are absent in the result.</summary>
    /// <param name="members">The members to leave out; those that are absent do not matter.</param>
    TSelf Without(MemberSet<TSelf> members);

    /// <summary>
    /// One patch that does what this one and then <paramref name="later"/> do. If both have a member, the later value is used; nested
    /// patches, dictionaries and open objects are merged.
    /// </summary>
    /// <param name="later">The patch that is applied second.</param>
    /// <exception cref="InvalidOperationException">
    /// This patch clears what the later one merges into: no single patch can express both.
    /// </exception>
    TSelf Merge(TSelf later);

    /// <summary>
    /// Writes the JSON Schema (2020-12) of the bodies that are read as this patch, as far as a schema can express it.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="options">The limits that the schema states, and the fences that are lifted.</param>
    static virtual void WriteJsonSchema(Utf8JsonWriter writer, PatchReadOptions options) => PatchSchemaWriter.Write<TSelf>(writer, options);
}

/// <summary>A patch of one type of document.</summary>
/// <typeparam name="TSelf">The patch itself.</typeparam>
/// <typeparam name="TDocument">The document it is applied to.</typeparam>
public interface IPatch<TSelf, TDocument> : IPatch<TSelf>, IGeneratedPatch<TSelf, TDocument>
    where TSelf : IPatch<TSelf, TDocument>
{
    /// <summary>Sets the members that were sent on a document, and merges nested patches, dictionaries and open objects.</summary>
    /// <param name="document">The current document.</param>
    /// <param name="changed">The members whose value in the document has changed.</param>
    /// <returns>
    /// The patched document. A record or struct is copied, or returned unchanged if nothing differs; a class is changed in place, and only
    /// what differs is set.
    /// </returns>
    /// <exception cref="PatchTargetException">
    /// The patch has a value for a key that a list of the document does not have (<see cref="KeyedByAttribute"/>). Nothing was changed.
    /// </exception>
    TDocument ApplyTo(TDocument document, out MemberSet<TSelf> changed);

    /// <summary>Creates the patch from one document to another, as far as the patch has members for what differs.</summary>
    /// <param name="before">The current document.</param>
    /// <param name="after">The wanted document.</param>
    /// <exception cref="InvalidOperationException">
    /// The difference cannot be expressed as a patch: a member that cannot be null was cleared, for example.
    /// </exception>
    static abstract TSelf Diff(TDocument before, TDocument after);
}
