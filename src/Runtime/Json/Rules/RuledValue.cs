using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Values that must keep to a rule.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <typeparam name="TValue">How to read a value.</typeparam>
/// <typeparam name="TRule">The rule.</typeparam>
/// <param name="value">How to read a value.</param>
/// <param name="rule">The rule.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RuledValue<T, TValue, TRule>(TValue value, TRule rule) : IPatchValue<T>, INestedPatch
    where TValue : struct, IPatchValue<T>
    where TRule : struct, IMemberRule<T>
{
    /// <inheritdoc/>
    MemberTable? INestedPatch.Table => (value as INestedPatch)?.Table;

    /// <inheritdoc/>
    string INestedPatch.Path => (value as INestedPatch)?.Path ?? "";

    /// <inheritdoc/>
    static bool IPatchValue<T>.ChecksNull => TRule.ChecksNull;

    /// <inheritdoc/>
    static bool IPatchValue<T>.IsMerged => TValue.IsMerged;

    /// <inheritdoc/>
    static bool IPatchValue<T>.KeepsObjects => TValue.KeepsObjects;

    /// <summary>How to read a value, the rule aside.</summary>
    public TValue Value => value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ref PatchScanner scanner, int at, out T? read)
    {
        int found = scanner.Problems.Count;
        at = value.Read(ref scanner, at, out read);
        if (scanner.Problems.Count == found)
        {
            rule.Check(ref scanner.Problems, read!);
        }

        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, T of) => value.Write(writer, of);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T of)
    {
        value.Check(ref problems, of);
        rule.Check(ref problems, of);
    }

    /// <inheritdoc/>
    public void CheckNull(ref PatchProblemCollector problems) => rule.CheckNull(ref problems);

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        value.Describe(schema);
        rule.Describe(schema);
    }

    /// <inheritdoc/>
    public bool AreEqual(T left, T right) => value.AreEqual(left, right);

    /// <inheritdoc/>
    public int Hash(T of) => value.Hash(of);

    /// <inheritdoc/>
    public bool IsEmpty(T of) => value.IsEmpty(of);

    /// <inheritdoc/>
    static void IPatchValue<T>.Splice(ref DocumentSplicer document, T of) => TValue.Splice(ref document, of);

    /// <inheritdoc/>
    public T Merge(T earlier, T later, string member) => value.Merge(earlier, later, member);
}
