using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Writes the default error body: <see cref="PatchProblemDetails"/> as <c>application/problem+json</c>.
/// </summary>
/// <remarks>
/// Where the application has called <c>AddProblemDetails</c>, the body is written by its <see cref="IProblemDetailsService"/>, so
/// <see cref="ProblemDetailsOptions.CustomizeProblemDetails"/> and registered <see cref="IProblemDetailsWriter"/>s apply to it. The members
/// that RFC 9457 does not define are then in <see cref="ProblemDetails.Extensions"/>. Where no writer of the service can write the
/// response, or no service is registered, this class writes it.
/// </remarks>
public sealed class ProblemDetailsErrorWriter()
    : JsonErrorWriter<PatchProblemDetails>("application/problem+json", ErrorJson.Default.PatchProblemDetails)
{
    /// <inheritdoc/>
    public override async Task WriteAsync(HttpContext context, PatchError patchError)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(patchError);
        if (context.RequestServices.GetService<IProblemDetailsService>() is { } service
            && await service.TryWriteAsync(
                new() { HttpContext = context, ProblemDetails = ToProblemDetails(CreateBody(context, patchError)) }))
        {
            return;
        }

        await base.WriteAsync(context, patchError);
    }

    /// <inheritdoc/>
    protected override PatchProblemDetails CreateBody(HttpContext context, PatchError patchError)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(patchError);
        return new()
        {
            Type = "about:blank",
            Title = ReasonPhrases.GetReasonPhrase(patchError.Status),
            Status = patchError.Status,
            Detail = patchError.Message,
            Instance = context.Request.PathBase.Add(context.Request.Path).ToUriComponent(),
            Code = patchError.Code,
            RequestId = AspNetCore.RequestId.Get(context),
            Errors = patchError.Problems.Count == 0 ? null : ToItems(patchError.Problems),
            Truncated = patchError.Truncated == 0 ? null : patchError.Truncated,
            Candidates = patchError.Candidates.Count == 0
                ? null
                : patchError.Candidates.ToDictionary(static candidates => candidates.Selector, static candidates => candidates.Values),
            CurrentETag = patchError.CurrentETag,
        };
    }

    private static PatchProblemDetailsItem[] ToItems(IReadOnlyList<PatchProblem> problems)
    {
        var items = new PatchProblemDetailsItem[problems.Count];
        for (int i = 0; i < items.Length; i++)
        {
            PatchProblem problem = problems[i];
            items[i] = new()
            {
                Pointer = problem.Pointer,
                Code = problem.Code,
                Detail = problem.Message,
                Arguments = problem.Arguments.Count == 0
                    ? null
                    : problem.Arguments.ToDictionary(static argument => argument.Key, static argument => (object)argument.Value),
            };
        }

        return items;
    }

    // The service takes the platform's type, and its MVC writer copies the extensions but no members of derived types.
    private static ProblemDetails ToProblemDetails(PatchProblemDetails body)
    {
        JsonElement json = JsonSerializer.SerializeToElement(body, ErrorJson.Default.PatchProblemDetails);
        ProblemDetails problem = json.Deserialize(ErrorJson.Default.ProblemDetails)!;
        problem.Extensions["code"] = body.Code; // as strings: customizations compare them
        problem.Extensions["requestId"] = body.RequestId;
        return problem;
    }
}
