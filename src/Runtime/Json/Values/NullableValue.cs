using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Structs that may be null. The containing codec reads and writes the null itself.</summary>
/// <typeparam name="T">The type of the values that are not null.</typeparam>
/// <typeparam name="TValue">How to read one of these.</typeparam>
/// <param name="value">How to read one of these.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NullableValue<T, TValue>(TValue value) : IPatchValue<T?>, INestedPatch
    where T : struct
    where TValue : struct, IPatchValue<T>
{
    /// <inheritdoc/>
    MemberTable? INestedPatch.Table => (value as INestedPatch)?.Table;

    /// <inheritdoc/>
    string INestedPatch.Path => (value as INestedPatch)?.Path ?? "";

    /// <inheritdoc/>
    static bool IPatchValue<T?>.ChecksNull => TValue.ChecksNull;

    /// <inheritdoc/>
    static bool IPatchValue<T?>.IsMerged => TValue.IsMerged;

    /// <inheritdoc/>
    static bool IPatchValue<T?>.KeepsObjects => TValue.KeepsObjects;

    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out T? read)
    {
        at = value.Read(ref scanner, at, out T present);
        read = present;
        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, T? of) => value.Write(writer, of.GetValueOrDefault());

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T? of) => value.Check(ref problems, of.GetValueOrDefault());

    /// <inheritdoc/>
    public void CheckNull(ref PatchProblemCollector problems) => value.CheckNull(ref problems);

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => value.Describe(schema);

    /// <inheritdoc/>
    public bool AreEqual(T? left, T? right) => PatchEquality.Same(value, left, right);

    /// <inheritdoc/>
    public int Hash(T? of) => value.Hash(of.GetValueOrDefault());

    /// <inheritdoc/>
    public bool IsEmpty(T? of) => value.IsEmpty(of.GetValueOrDefault());

    /// <inheritdoc/>
    static void IPatchValue<T?>.Splice(ref DocumentSplicer document, T? of) => TValue.Splice(ref document, of.GetValueOrDefault());

    /// <inheritdoc/>
    public T? Merge(T? earlier, T? later, string member) => value.Merge(earlier.GetValueOrDefault(), later.GetValueOrDefault(), member);
}
