using System.ComponentModel;

namespace Layers.PatchGen.Json;

/// <summary>What the library calls of a patch, and users do not. Implemented by generated code.</summary>
/// <typeparam name="TSelf">The patch itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGeneratedPatch<TSelf>
    where TSelf : IGeneratedPatch<TSelf>
{
    /// <summary>The members. Made on first use.</summary>
    static virtual MemberTable Table => throw new NotSupportedException(); // TRANSITION: abstract

    /// <summary>Reads the members of one object.</summary>
    /// <param name="scanner">The body.</param>
    /// <param name="at">Where the value starts, white space allowed.</param>
    /// <param name="patch">What was read; of no use when <paramref name="scanner"/> holds a problem.</param>
    /// <returns>The position after the object.</returns>
    static virtual int Read(ref PatchScanner scanner, int at, out TSelf patch) => throw new NotSupportedException(); // TRANSITION: abstract

    /// <summary>Validates the members that are present.</summary>
    /// <param name="problems">Takes the problems.</param>
    void Validate(ref PatchProblemCollector problems);
}

/// <summary>What the library calls of a patch with a document, and users do not. Implemented by generated code.</summary>
/// <typeparam name="TSelf">The patch itself.</typeparam>
/// <typeparam name="TDocument">The document it is applied to.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGeneratedPatch<TSelf, TDocument>
    where TSelf : IGeneratedPatch<TSelf, TDocument>
{
    /// <summary>Sets the property with <see cref="ChangedAtAttribute"/>, where the document has one.</summary>
    /// <param name="document">The document that was changed.</param>
    /// <param name="changedAt">The time of the change.</param>
    /// <returns>The document with the time set; a class is changed in place.</returns>
    static virtual TDocument Stamp(TDocument document, DateTimeOffset changedAt) => document;
}

// TRANSITION: what code generated before implements in IPatch.
internal static class Generated
{
    public static MemberTable Table<T>()
        where T : IGeneratedPatch<T> => T.Table;

    public static int Read<T>(ref PatchScanner scanner, int at, out T patch)
        where T : IGeneratedPatch<T> => T.Read(ref scanner, at, out patch);

    public static TDocument Stamp<T, TDocument>(TDocument document, DateTimeOffset changedAt)
        where T : IGeneratedPatch<T, TDocument> => T.Stamp(document, changedAt);
}
