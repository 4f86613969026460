using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Layers.PatchGen.Json;

/// <summary>
/// Any other <see cref="ValidationAttribute"/>: created once, and called for every value that is sent, null included. It must be
/// thread-safe. An attribute that throws rejects the value.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1031", Justification = "The user's code is called, and no input may cause an exception from the reader.")]
public readonly struct AttributeRule<T> : IMemberRule<T>
{
    private static readonly object NoInstance = new();

    private readonly string _name;
    private readonly string _member;
    private readonly ValidationAttribute _attribute;
    private readonly Func<string?>? _displayName;

    /// <summary>Creates the attribute.</summary>
    /// <param name="name">The name of the attribute, as it is written in brackets.</param>
    /// <param name="member">The member in JSON, for messages.</param>
    /// <param name="create">Creates the attribute with the arguments of its declaration.</param>
    /// <param name="displayName">Gets the name of the member for people; null for that in JSON.</param>
    /// <exception cref="InvalidOperationException">The attribute's constructor, or one of its properties, has thrown.</exception>
    public AttributeRule(string name, string member, Func<ValidationAttribute> create, Func<string?>? displayName = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        (_name, _member, _displayName) = (name, member, displayName);
        try
        {
            _attribute = create();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"[{name}] on the member '{member}' cannot be created: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    static bool IMemberRule<T>.ChecksNull => true;

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value) => Check(ref problems, (object?)value);

    /// <inheritdoc/>
    public void CheckNull(ref PatchProblemCollector problems) => Check(ref problems, null);

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Rule(_name);

    private void Check(ref PatchProblemCollector problems, object? value)
    {
        if (Message(value) is { } message)
        {
            problems.Add(ProblemKind.FailedRule, null, new RuleFailure(_name, message));
        }
    }

    private string? Message(object? value)
    {
        try
        {
            // A context needs an object, and the patch does not exist yet.
            string name = _displayName?.Invoke() ?? _member;
            var context = new ValidationContext(value ?? NoInstance, name, serviceProvider: null, items: null) { MemberName = _member };
            ValidationResult? result = _attribute.GetValidationResult(value, context);
            return result == ValidationResult.Success ? null : result!.ErrorMessage ?? _attribute.FormatErrorMessage(name);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"Could not be checked by the rule {_name}.";
        }
    }
}
