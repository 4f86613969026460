using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Layers.PatchGen.Json;

/// <summary>A constraint that is called rather than compiled: any <see cref="ValidationAttribute"/>, made once and asked for each value that was sent.</summary>
[SuppressMessage("Design", "CA1031", Justification = "Attributes of the user's are called, and no input may bring an exception out of the reader.")]
internal sealed class PatchRule
{
    // A context wants an object, and the patch does not exist yet.
    private static readonly object NoInstance = new();

    private readonly ValidationAttribute? _attribute;

    /// <summary>Makes the attribute. One that cannot be made refuses every value.</summary>
    /// <param name="name">Its name, as it stands in brackets.</param>
    /// <param name="make">Makes it, with the arguments that stand there.</param>
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

    /// <summary>The attribute's name, as it stands in brackets.</summary>
    public string Name { get; }

    /// <summary>What is wrong with a value; null when nothing is. A rule that throws refuses the value.</summary>
    public string? Check(string member, object? value)
    {
        try
        {
            if (_attribute is not null)
            {
                var context = new ValidationContext(value ?? NoInstance, member, serviceProvider: null, items: null) { MemberName = member };
                ValidationResult? result = _attribute.GetValidationResult(value, context);
                return result == ValidationResult.Success ? null : result!.ErrorMessage ?? _attribute.FormatErrorMessage(member);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Said as below: what went wrong is nothing that the sender could mend.
        }

        return $"Could not be checked by the rule {Name}.";
    }
}
