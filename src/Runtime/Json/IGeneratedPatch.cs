using System.ComponentModel;

namespace Layers.PatchGen.Json;

/// <summary>The members of a patch that the library calls and users do not. Implemented by generated code.</summary>
/// <typeparam name="TSelf">The patch itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGeneratedPatch<TSelf>
    where TSelf : IPatch<TSelf>
{
    /// <summary>The members. Made on first use.</summary>
    static abstract MemberTable Table { get; }

    /// <summary>Reads the members of one object.</summary>
    /// <param name="scanner">The body.</param>
    /// <param name="at">Where the value starts; white space is allowed.</param>
    /// <param name="patch">The patch; undefined if <paramref name="scanner"/> has a problem.</param>
    /// <returns>The position after the object.</returns>
    static abstract int Read(ref PatchScanner scanner, int at, out TSelf patch);

    /// <summary>Validates the members that are present.</summary>
    /// <param name="problems">Receives the problems.</param>
    void Validate(ref PatchProblemCollector problems);

    /// <summary>Applies the members that are present to the JSON of a document.</summary>
    /// <param name="document">The document.</param>
    void Splice(ref DocumentSplicer document);
}

/// <summary>The members of a patch with a document that the library calls and users do not. Implemented by generated code.</summary>
/// <typeparam name="TSelf">The patch itself.</typeparam>
/// <typeparam name="TDocument">The document it is applied to.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGeneratedPatch<TSelf, TDocument>
    where TSelf : IPatch<TSelf, TDocument>
{
    /// <summary>Counts the members of the document's open objects and dictionaries that the patch was sent members of.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="document">The document before or after the patch.</param>
    /// <param name="limit">Receives the counts.</param>
    static virtual void CountMembers(in TSelf patch, TDocument document, ref PatchMemberLimit limit)
    {
    }

    /// <summary>Finds the keys of lists that were sent a value and that the document does not have.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="document">The document before the patch.</param>
    /// <param name="missing">Receives the keys.</param>
    static virtual void FindMissing(in TSelf patch, TDocument document, ref MissingTargets missing)
    {
    }

    /// <summary>
    /// Sets the property with <see cref="ChangedAtAttribute"/>, if the document has one: to the time of a change, or to one tick after
    /// the last change if that is later.
    /// </summary>
    /// <param name="document">The document that was changed.</param>
    /// <param name="changedAt">The time of the change.</param>
    /// <returns>The document with the time set; a class is changed in place.</returns>
    static virtual TDocument Stamp(TDocument document, DateTimeOffset changedAt) => document;
}
