using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Layers.PatchGen.Json;

/// <summary>A rule with a message of its own: <c>ErrorMessage</c>, or <c>ErrorMessageResourceType</c> and <c>Name</c>.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <typeparam name="TRule">The rule.</typeparam>
/// <param name="rule">The rule.</param>
/// <param name="message">Its message.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MessageRule<T, TRule>(TRule rule, RuleMessage message) : IMemberRule<T>
    where TRule : struct, IMemberRule<T>
{
    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value)
    {
        int entered = problems.Enter();
        rule.Check(ref problems, value);
        if (problems.Count != entered)
        {
            problems.Explain(entered, message);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => rule.Describe(schema);
}

/// <summary>The message of a rule as it was declared, a composite format string.</summary>
/// <param name="format">Gets the format, each time anew, since resources depend on <see cref="CultureInfo.CurrentUICulture"/>.</param>
/// <param name="name">Gets the name of the member for people, which is <c>{0}</c>.</param>
/// <param name="arguments">What <c>{1}</c> and the following are: the arguments of the rule.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RuleMessage(Func<string?> format, Func<string?> name, params object?[] arguments)
{
    /// <summary>The message; null if there is none, or if it cannot be created.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Calls code of users. No input may cause an exception from the reader.")]
    internal string? Format()
    {
        try
        {
            return format() is { } text ? string.Format(CultureInfo.CurrentCulture, text, [name(), .. arguments]) : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }
}
