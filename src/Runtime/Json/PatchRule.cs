using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Layers.PatchGen.Json;

/// <summary>
/// A constraint that is called, not compiled: any <see cref="ValidationAttribute"/>, created once and called for each value that was
/// sent.
/// </summary>
[SuppressMessage("Design", "CA1031", Justification = "Calls attributes of users. No input makes the reader throw.")]
internal sealed class PatchRule
{
    // ValidationContext requires an instance, and the patch does not exist yet.
    private static readonly object NoInstance = new();

    private readonly ValidationAttribute? _attribute;

    /// <summary>Creates the attribute. If its constructor throws, it rejects every value.</summary>
    /// <param name="name">Its name, as in brackets.</param>
    /// <param name="make">Creates it with its arguments.</param>
    public PatchRule(string name, Func<ValidationAttribute> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        Name = name;
        try
        {
            _attribute = make();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _attribute = null;
        }
    }

    /// <summary>The attribute's name, as in brackets.</summary>
    public string Name { get; }

    /// <summary>The problem of a value; null if there is none. A rule that throws rejects the value.</summary>
    public string? Check(string member, object? value)
    {
        try
        {
            if (_attribute is not null)
            {
                var context =
                    new ValidationContext(value ?? NoInstance, member, serviceProvider: null, items: null) { MemberName = member };
                ValidationResult? result = _attribute.GetValidationResult(value, context);
                return result == ValidationResult.Success ? null : result!.ErrorMessage ?? _attribute.FormatErrorMessage(member);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The usual message: the client cannot fix what went wrong.
        }

        return $"Could not be checked by the rule {Name}.";
    }
}
