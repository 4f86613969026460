using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The flow of the requests of one endpoint, from the headers to the response. Created when the endpoint is mapped.</summary>
/// <param name="handler">The handler.</param>
/// <param name="services">The services.</param>
/// <param name="store">The application's store; null if the source comes from the services of each request.</param>
internal sealed class PatchFlow<TPatch, TDocument>(
    PatchHandler<TPatch, TDocument> handler, PatchServices services, StoreDocumentSource<TDocument>? store)
    where TPatch : IPatch<TPatch, TDocument>
{
    private readonly DocumentContract _contract = handler.Contract;
    private readonly PatchEndpoint _endpoint = handler.Contract.Endpoint;

    /// <summary>Handles a PATCH.</summary>
    /// <param name="context">The request.</param>
    public Task PatchAsync(HttpContext context) => RunAsync(context, HandlePatchAsync(context));

    /// <summary>Handles a GET or HEAD. The document is found as for PATCH, with selectors in the query.</summary>
    /// <param name="context">The request.</param>
    public Task GetAsync(HttpContext context) => RunAsync(context, HandleGetAsync(context));

    /// <summary>Handles OPTIONS: the methods, and the media type of a patch (RFC 5789 section 3.1).</summary>
    /// <param name="context">The request.</param>
    public static Task OptionsAsync(HttpContext context)
    {
        RequestId.SetHeader(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.Allow = "GET, HEAD, OPTIONS, PATCH";
        context.Response.Headers["Accept-Patch"] = RequestContent.MediaType;
        return Task.CompletedTask;
    }

    // Most requests complete without waiting and without an error; then no state machine is needed here.
    private Task RunAsync(HttpContext context, Task<PatchError?> handling) =>
        handling.IsCompletedSuccessfully && handling.Result is null ? Task.CompletedTask : CompleteAsync(context, handling);

    private async Task CompleteAsync(HttpContext context, Task<PatchError?> handling)
    {
        try
        {
            if (await handling is { } error)
            {
                RecordError(context, error);
                await ErrorResponse.WriteAsync(context, error);
            }
        }
        catch (StoreUnavailableException e)
        {
            RecordError(context, ErrorResponse.ForException(e));
            await services.WriteStoreErrorAsync(context, _endpoint, e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            RecordError(context, ErrorResponse.ForException(e));
            throw;
        }
    }

    private static void RecordError(HttpContext context, PatchError error)
    {
        if (HttpMethods.IsPatch(context.Request.Method))
        {
            PatchTelemetry.Record(context, error);
        }
    }

    private async Task<PatchError?> HandlePatchAsync(HttpContext context)
    {
        if ((RequestBody.CheckHeaders(context.Request, services.Read) ?? ReservedQuery.Check(context.Request)) is { } rejected)
        {
            return rejected;
        }

        BodyResult<TPatch> body = await RequestBody.ReadAsync<TPatch>(
            context, CallerOptions.For(context, services.Options, TPatch.Table));
        if (!body.IsPatch(out TPatch? patch))
        {
            return body.Error;
        }

        if (Validate(patch) is { } invalid)
        {
            return invalid;
        }

        if (!Preconditions.TryRead(
            context.Request.Headers, _endpoint.RequireIfMatch, out Preconditions preconditions, out PatchError? malformed))
        {
            return malformed;
        }

        SelectorValues selectors = _contract.CreateSelectors();
        handler.AddSelectors(patch, selectors);
        if (CreateRequest(context, selectors) is not { } request)
        {
            return _endpoint.NotFound;
        }

        // Not canceled when the client disconnects: the change may be saved all the same, and then OnSavedAsync must run.
        var attempt = new PatchAttempt<TPatch, TDocument>(handler, patch, preconditions, services, context);
        SourceResult<TDocument> result = await Source(context).PatchAsync(request, attempt, CancellationToken.None);
        if (result.Status is not (SourceStatus.Changed or SourceStatus.Unchanged))
        {
            return result.Status switch
            {
                SourceStatus.NotFound => _endpoint.NotFound,
                SourceStatus.Ambiguous => Ambiguous(result, selectors),
                SourceStatus.Conflict => _endpoint.Conflict,
                SourceStatus.Rejected when attempt.Rejection is { } rejection => rejection,
                _ => throw Unexpected(context, result.Status),
            };
        }

        if (handler.HasOnSaved && result.Status == SourceStatus.Changed)
        {
            await RespondAndRunHookAsync(context, result, attempt);
        }
        else
        {
            await RespondAsync(context, result, attempt);
        }

        return null;
    }

    private PatchError? Validate(TPatch patch)
    {
        if (!handler.HasValidate)
        {
            return null;
        }

        var validation = new PatchValidation();
        handler.Validate(patch, validation);
        return validation.Error;
    }

    private Task RespondAsync(HttpContext context, SourceResult<TDocument> result, PatchAttempt<TPatch, TDocument> attempt)
    {
        RecordSaved(context, result.Status, attempt);
        if (Preference.IsMinimal(context.Request.Headers["Prefer"]))
        {
            DocumentResponse.WriteMinimal(context, result.Document.ETag);
            return Task.CompletedTask;
        }

        return WriteAsync(context, result.Document);
    }

    private async Task RespondAndRunHookAsync(
        HttpContext context, SourceResult<TDocument> result, PatchAttempt<TPatch, TDocument> attempt)
    {
        try
        {
            await RespondAsync(context, result, attempt);
            await context.Response.CompleteAsync(); // the client does not wait for the hook
        }
        finally
        {
            await RunOnSavedAsync(attempt, result.Document);
        }
    }

    private static void RecordSaved(HttpContext context, SourceStatus status, PatchAttempt<TPatch, TDocument> attempt)
    {
        bool isChanged = status == SourceStatus.Changed;
        PatchTelemetry.Record(context, isChanged ? PatchTelemetry.Changed : PatchTelemetry.Unchanged);
        if (isChanged && PatchTelemetry.CountsMembers)
        {
            PatchTelemetry.RecordMembers(context, attempt.FindChangedMembers());
        }
    }

    private async Task RunOnSavedAsync(PatchAttempt<TPatch, TDocument> attempt, SourceDocument<TDocument> saved)
    {
        try
        {
            await handler.OnSavedAsync(attempt.Saved(saved));
        }
#pragma warning disable CA1031 // Whatever the hook throws, the change is saved and the response is written.
        catch (Exception e)
#pragma warning restore CA1031
        {
            services.LogHookFailed(e, _endpoint.Resource);
        }
    }

    private async Task<PatchError?> HandleGetAsync(HttpContext context)
    {
        SelectorValues selectors = _contract.CreateSelectors();
        if (Selection.ReadQuery(_contract, context.Request.Query, selectors) is { } invalid)
        {
            return invalid;
        }

        if (!Preconditions.TryRead(
            context.Request.Headers, requireIfMatch: false, out Preconditions preconditions, out PatchError? malformed))
        {
            return malformed;
        }

        if (CreateRequest(context, selectors) is not { } request)
        {
            return _endpoint.NotFound;
        }

        SourceResult<TDocument> result = await Source(context).FindAsync(request, context.RequestAborted);
        if (result.Status != SourceStatus.Found)
        {
            return result.Status switch
            {
                SourceStatus.NotFound => _endpoint.NotFound,
                SourceStatus.Ambiguous => Ambiguous(result, selectors),
                _ => throw Unexpected(context, result.Status),
            };
        }

        if (preconditions.CheckMatch(_endpoint.Resource, result.Document) is { } failed)
        {
            return failed;
        }

        if (preconditions.IsNotModified(result.Document))
        {
            DocumentResponse.WriteNotModified(context, result.Document.ETag);
            return null;
        }

        await WriteAsync(context, result.Document);
        return null;
    }

    private DocumentRequest<TDocument>? CreateRequest(HttpContext context, SelectorValues selectors) =>
        Selection.Create<TDocument>(_contract, services.TenantOf(context), context.Request.RouteValues, selectors);

    private IDocumentSource<TDocument> Source(HttpContext context) =>
        store ?? context.RequestServices.GetRequiredService<IDocumentSource<TDocument>>();

    private Task WriteAsync(HttpContext context, SourceDocument<TDocument> document) =>
        DocumentResponse.WriteAsync(context, _contract.View.Apply(document.ToJson(handler.DocumentJson)), document.ETag);

    private PatchError Ambiguous(SourceResult<TDocument> result, SelectorValues selectors) =>
        Selection.Ambiguous(_contract, [.. result.Candidates.Select(one => one.ToJson(handler.DocumentJson))], selectors);

    private InvalidOperationException Unexpected(HttpContext context, SourceStatus status) =>
        new($"{Source(context).GetType()} returned {status} for a {context.Request.Method}, which it cannot mean.");
}
