using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Values that are patches themselves.</summary>
/// <typeparam name="TPatch">The patch.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PatchValue<TPatch> : IPatchValue<TPatch>, INestedPatch
    where TPatch : IPatch<TPatch>
{
    /// <inheritdoc/>
    MemberTable? INestedPatch.Table => TPatch.Table;

    /// <inheritdoc/>
    string INestedPatch.Path => "";

    /// <inheritdoc/>
    static bool IPatchValue<TPatch>.IsMerged => true;

    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out TPatch? value)
    {
        at = TPatch.Read(ref scanner, at, out TPatch read);
        value = read;
        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, TPatch value) => value.WriteTo(writer);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TPatch value) => value.Validate(ref problems);

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Patch<TPatch>();

    /// <inheritdoc/>
    public bool AreEqual(TPatch left, TPatch right) => EqualityComparer<TPatch>.Default.Equals(left, right);

    /// <inheritdoc/>
    public int Hash(TPatch value) => value.GetHashCode();

    /// <inheritdoc/>
    public bool IsEmpty(TPatch value) => value.IsEmpty;

    /// <inheritdoc/>
    static void IPatchValue<TPatch>.Splice(ref DocumentSplicer document, TPatch value) => value.Splice(ref document);

    /// <inheritdoc/>
    public TPatch Merge(TPatch earlier, TPatch later, string member) => earlier.Merge(later);
}

/// <summary>A codec that may read a nested patch.</summary>
internal interface INestedPatch
{
    /// <summary>The members of the nested patch; null if there is none.</summary>
    MemberTable? Table { get; }

    /// <summary>The names between the member and the nested patch, each after a dot: <c>.*</c> for the keys of a dictionary.</summary>
    string Path { get; }
}
