using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using Layers.PatchGen.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Guides.Tests.Validation;

/// <summary>Runs the validator of the document on the document as it would be saved.</summary>
public static class FluentRules
{
    public static async Task ValidateAsync<TPatch, TDocument>(this PatchCheckContext<TPatch, TDocument> context)
    {
        IValidator<TDocument> validator = context.Services.GetRequiredService<IValidator<TDocument>>();
        ValidationResult result = await validator.ValidateAsync(context.After, context.CancellationToken);
        foreach (ValidationFailure failure in result.Errors)
        {
            context.Validation.Add(ToPointer(failure.PropertyName), failure.ErrorCode, failure.ErrorMessage);
        }
    }

    // Address.Lines[0] is /address/lines/0
    private static string ToPointer(string path) => string.Concat(path
        .Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries)
        .Select(static name => "/" + JsonNamingPolicy.CamelCase.ConvertName(name)));
}
