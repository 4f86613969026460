using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Validates the options when the application starts.</summary>
internal sealed class PatchGenOptionsValidator : IValidateOptions<PatchGenOptions>
{
    public ValidateOptionsResult Validate(string? name, PatchGenOptions options)
    {
        List<string> failures = [];
        if (options.Read is null)
        {
            failures.Add("PatchGenOptions.Read must not be null.");
        }

        if (options.MaxDocumentBytes < 1)
        {
            failures.Add($"PatchGenOptions.MaxDocumentBytes is {options.MaxDocumentBytes}; it must be at least 1.");
        }

        if (string.IsNullOrWhiteSpace(options.ScopeClaim))
        {
            failures.Add("PatchGenOptions.ScopeClaim must be the type of a claim, such as \"scope\".");
        }

        if (options.TenantClaim is { } tenant && string.IsNullOrWhiteSpace(tenant))
        {
            failures.Add("PatchGenOptions.TenantClaim must be the type of a claim, such as \"org\", or null for a single tenant.");
        }

        if ((options.Formats & ~(PatchFormats.MergePatch | PatchFormats.JsonPatch)) != PatchFormats.None)
        {
            failures.Add($"PatchGenOptions.Formats is {options.Formats}; it must be MergePatch, JsonPatch, both or None.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
