using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Objects whose names the client chooses, in a dictionary: merged by key, and null removes one.</summary>
/// <typeparam name="TMap">The type of the dictionary, which enumerates pairs of string and <typeparamref name="T"/>.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
/// <typeparam name="TItem">How to read a value.</typeparam>
/// <param name="item">How to read a value.</param>
/// <param name="takesNull">Whether null may be sent for a key, and removes it.</param>
/// <param name="make">Creates the dictionary from the members.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MapValue<TMap, T, TItem>(TItem item, bool takesNull, Func<Dictionary<string, T?>, TMap> make)
    : IPatchValue<TMap>, INestedPatch
    where TMap : class
    where TItem : struct, IPatchValue<T>
{
    /// <summary>How to read a value.</summary>
    public TItem Item => item;

    /// <summary>Whether null may be sent for a key, and removes it.</summary>
    public bool TakesNull => takesNull;

    /// <inheritdoc/>
    MemberTable? INestedPatch.Table => (item as INestedPatch)?.Table;

    /// <inheritdoc/>
    string INestedPatch.Path => ".*" + (item as INestedPatch)?.Path;

    /// <inheritdoc/>
    static bool IPatchValue<TMap>.IsMerged => true;

    /// <inheritdoc/>
    static bool IPatchValue<TMap>.KeepsObjects => TItem.KeepsObjects;

    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out TMap? value)
    {
        at = scanner.ReadMap(at, item, takesNull, out Dictionary<string, T?>? members);
        value = Make(members);
        return at;
    }

    /// <summary>Creates the dictionary.</summary>
    public TMap? Make(Dictionary<string, T?>? members) => members is null ? null : make(members);

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, TMap value)
    {
        writer.WriteStartObject();
        foreach ((string name, T? one) in Members(value))
        {
            writer.WritePropertyName(name);
            if (one is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                item.Write(writer, one);
            }
        }

        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TMap value)
    {
        int count = 0;
        foreach ((string name, T? one) in Members(value))
        {
            problems.CheckName(name, problems.Limits.MaxOpenNameLength);
            int entered = problems.Enter();
            if (one is not null)
            {
                item.Check(ref problems, one);
            }
            else if (!takesNull)
            {
                problems.Add(ProblemKind.NullNotAllowed, null, null);
            }

            problems.Leave(entered, name);

            count++;
        }

        if (count > problems.Limits.MaxOpenMembers)
        {
            problems.Add(ProblemKind.TooManyKeys, null, null, 0, problems.Limits.MaxOpenMembers);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("object");
        schema.Values<T, TItem>(item, takesNull);
    }

    /// <inheritdoc/>
    public bool AreEqual(TMap left, TMap right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        Dictionary<string, T?> members = PatchMaps.Copy(Members(left)), others = PatchMaps.Copy(Members(right));
        foreach ((string name, T? one) in members)
        {
            if (!others.TryGetValue(name, out T? other)
                || !(one is null || other is null ? one is null && other is null : item.AreEqual(one, other)))
            {
                return false;
            }
        }

        return members.Count == others.Count;
    }

    /// <inheritdoc/>
    public int Hash(TMap value)
    {
        // The order of members does not matter.
        int sum = 0;
        foreach ((string name, T? one) in Members(value))
        {
            sum += HashCode.Combine(PatchValues.String.Hash(name), one is null ? 0 : item.Hash(one));
        }

        return HashCode.Combine(sum);
    }

    /// <inheritdoc/>
    public bool IsEmpty(TMap value) => !Members(value).Any();

    /// <inheritdoc/>
    public TMap Merge(TMap earlier, TMap later, string member)
    {
        Dictionary<string, T?> merged = PatchMaps.Copy(Members(earlier));
        foreach ((string name, T? sent) in Members(later))
        {
            if (!TItem.IsMerged || sent is null || !merged.TryGetValue(name, out T? was))
            {
                merged[name] = sent;
            }
            else if (was is not null)
            {
                merged[name] = item.Merge(was, sent, $"{member}.{name}");
            }
            else if (!item.IsEmpty(sent))
            {
                throw PatchAlgebra.Cleared($"{member}.{name}");
            }
        }

        return make(merged);
    }

    private static IEnumerable<KeyValuePair<string, T?>> Members(TMap map) => (IEnumerable<KeyValuePair<string, T?>>)map;
}

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
