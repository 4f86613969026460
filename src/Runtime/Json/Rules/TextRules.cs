using System.Buffers.Text;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Layers.PatchGen.Json;

/// <summary>
/// The length of a string, in Unicode code points: <c>[StringLength]</c>, <c>[Length]</c>, <c>[MinLength]</c>, <c>[MaxLength]</c>.
/// </summary>
/// <param name="min">The fewest code points allowed; 0 for none.</param>
/// <param name="max">The most code points allowed; <see cref="int.MaxValue"/> for any number.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LengthRule(int min, int max = int.MaxValue) : IMemberRule<string>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(ref PatchProblemCollector problems, string value)
    {
        // A code point is one or two UTF-16 units: often, that decides without counting.
        if (value.Length > max || (value.Length + 1) / 2 < min)
        {
            Count(ref problems, value, min, max);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Length(min, max);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Count(ref PatchProblemCollector problems, string value, int min, int max)
    {
        int count = PatchProblemCollector.CodePoints(value);
        if (count < min)
        {
            problems.Add(ProblemKind.TextTooShort, null, null, min, max);
        }
        else if (count > max)
        {
            problems.Add(ProblemKind.TextTooLong, null, null, min, max);
        }
    }
}

/// <summary>Base64 (RFC 4648 section 4), with or without white space: <c>[Base64String]</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Base64Rule : IMemberRule<string>
{
    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, string value)
    {
        if (!Base64.IsValid(value))
        {
            problems.Add(ProblemKind.BadFormat, null, ProblemTexts.Base64);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.ContentEncoding("base64");
}

/// <summary>
/// A regular expression that the whole string must match: <c>[RegularExpression]</c>. See <see cref="PatchPattern"/> for its time limit.
/// </summary>
/// <param name="pattern">The regular expression. It is compiled when the first value is checked.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PatternRule(string pattern) : IMemberRule<string>
{
    private readonly LazyPattern _pattern = new(pattern);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, string value)
    {
        if (!IsMatch(_pattern.Regex, value))
        {
            problems.Add(ProblemKind.BadPattern, null, _pattern.Text);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Pattern(_pattern.Text);

    // A value does not match if the time limit is reached.
    private static bool IsMatch(Regex regex, string value)
    {
        try
        {
            return regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private sealed class LazyPattern(string text)
    {
        private Regex? _regex;

        public string Text => text;

        public Regex Regex => _regex ??= PatchPattern.Create(text);
    }
}
