using System.Text.Json;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Host.Errors;

/// <summary>Writes the API's error envelope (<see cref="ApiError"/>).</summary>
public sealed class ApiErrorWriter() : JsonErrorWriter<ApiError>("application/json", ApiErrorJson.Default.ApiError)
{
    /// <inheritdoc/>
    protected override ApiError CreateBody(HttpContext context, PatchError patchError)
    {
        ArgumentNullException.ThrowIfNull(patchError);
        bool hasDetails = patchError.Problems.Count > 0 || patchError.Candidates.Count > 0 || patchError.CurrentETag is not null;
        return new(new()
        {
            Code = patchError.Code.ToUpperInvariant(),
            Message = patchError.Message,
            RequestId = RequestId.Get(context),
            Details = hasDetails ? Details(patchError) : null,
        });
    }

    private static ApiErrorDetails Details(PatchError error) => new()
    {
        FieldErrors = error.Code == PatchErrorCodes.Validation ? FieldErrors(error.Problems) : null,
        FormErrors = error.Code == PatchErrorCodes.Validation ? FormErrors(error.Problems) : null,
        Fields = error.Code is PatchErrorCodes.ForbiddenFence or PatchErrorCodes.ForbiddenScope
            ? [.. error.Problems.Select(problem => problem.Field).Distinct()]
            : null,
        Issues = error.Problems.Count == 0 ? null : [.. error.Problems.Select(Issue)],
        Truncated = error.Truncated == 0 ? null : error.Truncated,
        CurrentETag = error.CurrentETag,
        Candidates = error.Candidates.Count == 0 ? null : error.Candidates.ToDictionary(
            static candidates => candidates.Selector + "s",
            static candidates => JsonSerializer.SerializeToElement(candidates.Values, ApiErrorJson.Default.IReadOnlyListJsonElement)),
    };

    private static Dictionary<string, string[]> FieldErrors(IReadOnlyList<PatchProblem> problems) => problems
        .Where(problem => problem.Pointer.Length > 0)
        .GroupBy(problem => problem.Field, problem => problem.Message)
        .ToDictionary(field => field.Key, field => field.ToArray());

    private static string[]? FormErrors(IReadOnlyList<PatchProblem> problems)
    {
        string[] messages = [.. problems.Where(problem => problem.Pointer.Length == 0).Select(problem => problem.Message)];
        return messages.Length == 0 ? null : messages;
    }

    private static ApiErrorIssue Issue(PatchProblem problem) => new()
    {
        Pointer = problem.Pointer,
        Code = problem.Code,
        Message = problem.Message,
        Arguments = problem.Arguments.Count == 0
            ? null
            : problem.Arguments.ToDictionary(argument => argument.Key, argument => (object)argument.Value),
    };
}
