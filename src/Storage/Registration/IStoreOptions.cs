using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.Storage;

/// <summary>Options of a store, validated in the same way whether they come from dependency injection or from a caller.</summary>
internal interface IStoreOptions
{
    /// <summary>One sentence for each option with an invalid value.</summary>
    IEnumerable<string> Validate();

    /// <summary>Validates options that a caller passed.</summary>
    /// <exception cref="ArgumentException">An option is invalid; the message has all problems.</exception>
    static void ThrowIfInvalid(IStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string problems = string.Join(' ', options.Validate());
        if (problems.Length > 0)
        {
            throw new ArgumentException($"{options.GetType().Name}: {problems}", nameof(options));
        }
    }
}

/// <summary>Validates options from dependency injection.</summary>
internal sealed class StoreOptionsValidator<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions> : IValidateOptions<TOptions>
    where TOptions : class, IStoreOptions
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        string[] problems = [.. options.Validate().Select(problem => $"{typeof(TOptions).Name}: {problem}")];
        return problems.Length > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
