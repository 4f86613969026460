using System.ComponentModel;

namespace Layers.PatchGen.Json;

/// <summary>The number of items of a collection: <c>[Length]</c>, <c>[MinLength]</c>, <c>[MaxLength]</c>.</summary>
/// <typeparam name="TCollection">The type of the collection.</typeparam>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="min">The fewest items allowed; 0 for none.</param>
/// <param name="max">The most items allowed; <see cref="int.MaxValue"/> for any number.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CountRule<TCollection, T>(int min, int max = int.MaxValue) : IMemberRule<TCollection>
    where TCollection : IEnumerable<T>
{
    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TCollection value)
    {
        int count = value.Count();
        if (count < min)
        {
            problems.Add(ProblemKind.TooFewItems, null, null, min, max);
        }
        else if (count > max)
        {
            problems.Add(ProblemKind.TooManyItems, null, null, min, max);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Count(min, max);
}

/// <summary>The number of bytes: <c>[Length]</c>, <c>[MinLength]</c>, <c>[MaxLength]</c> of a <c>byte[]</c>.</summary>
/// <param name="min">The fewest bytes allowed; 0 for none.</param>
/// <param name="max">The most bytes allowed; <see cref="int.MaxValue"/> for any number.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BytesRule(int min, int max = int.MaxValue) : IMemberRule<byte[]>
{
    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, byte[] value)
    {
        if (value.Length < min || value.Length > max)
        {
            problems.Add(value.Length < min ? ProblemKind.TooFewBytes : ProblemKind.TooManyBytes, null, null, min, max);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Length(Base64Length(min), Base64Length(max));

    // Four characters for each three bytes, the last of which may be missing.
    private static int Base64Length(int bytes) => (int)Math.Min(int.MaxValue, (bytes + 2L) / 3 * 4);
}

/// <summary>
/// The most members of a dictionary: <c>[MaxLength]</c>. Members that are removed by null do not count. Together with those already
/// stored, the generated endpoint counts them again.
/// </summary>
/// <typeparam name="TMap">The type of the dictionary.</typeparam>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="max">The most members allowed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct KeysRule<TMap, TKey, T>(int max) : IMemberRule<TMap>
    where TMap : IEnumerable<KeyValuePair<TKey, T>>
{
    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TMap value)
    {
        if (value.Count(static member => member.Value is not null) > max)
        {
            problems.Add(ProblemKind.TooManyKeys, null, null, 0, max);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Keys(max);
}

/// <summary>The values that are allowed: <c>[AllowedValues]</c>.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="allowed">The values.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AllowedRule<T>(params T[] allowed) : IMemberRule<T>
{
    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value)
    {
        if (!allowed.AsSpan().Contains(value, EqualityComparer<T>.Default))
        {
            problems.Add(ProblemKind.NotAllowedValue, null, Array.ConvertAll(allowed, static value => ProblemTexts.Value(value!)));
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Allowed<T>(allowed);
}

/// <summary>Several rules, all of which are checked.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="rules">The rules.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RuleList<T>(params IMemberRule<T>[] rules) : IMemberRule<T>
{
    /// <inheritdoc/>
    static bool IMemberRule<T>.ChecksNull => true;

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value)
    {
        foreach (IMemberRule<T> rule in rules)
        {
            rule.Check(ref problems, value);
        }
    }

    /// <inheritdoc/>
    public void CheckNull(ref PatchProblemCollector problems)
    {
        foreach (IMemberRule<T> rule in rules)
        {
            rule.CheckNull(ref problems);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        foreach (IMemberRule<T> rule in rules)
        {
            rule.Describe(schema);
        }
    }
}
