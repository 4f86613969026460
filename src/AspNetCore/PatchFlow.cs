using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The flow of the requests of one endpoint, from the headers to the response. Created when the endpoint is mapped.</summary>
/// <param name="handler">The handler.</param>
/// <param name="services">The services.</param>
/// <param name="store">The application's store; null if the source comes from the services of each request.</param>
/// <param name="formats">The formats of a body besides plain JSON.</param>
internal sealed class PatchFlow<TPatch, TDocument>(
    PatchHandler<TPatch, TDocument> handler, PatchServices services, StoreDocumentSource<TDocument>? store, PatchFormats formats)
    where TPatch : IPatch<TPatch, TDocument>
{
    private readonly DocumentContract _contract = handler.Contract;
    private readonly PatchEndpoint _endpoint = handler.Contract.Endpoint;
    private readonly BodyFormats<TPatch>? _bodies = formats == PatchFormats.None ? null : new(handler.Contract.Document);

    /// <summary>The formats of a body besides plain JSON.</summary>
    public PatchFormats Formats => formats;

    /// <summary>Handles a PATCH.</summary>
    /// <param name="context">The request.</param>
    public Task PatchAsync(HttpContext context) => RunAsync(context, HandlePatchAsync(context));

    /// <summary>Handles a GET or HEAD. The document is found as for PATCH, with selectors in the query.</summary>
    /// <param name="context">The request.</param>
    public Task GetAsync(HttpContext context) => RunAsync(context, HandleGetAsync(context));

    /// <summary>Handles OPTIONS: the methods, and the media types of a patch (RFC 5789 section 3.1).</summary>
    /// <param name="context">The request.</param>
    public Task OptionsAsync(HttpContext context)
    {
        RequestId.SetHeader(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.Allow = "GET, HEAD, OPTIONS, PATCH";
        context.Response.Headers["Accept-Patch"] = RequestContent.Accepted(formats);
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
        bool validateOnly = false;
        if ((RequestBody.CheckHeaders(context.Request, services.Read, formats, out PatchFormats format)
            ?? ReservedQuery.Check(context.Request, services.Options.AllowValidateOnly, out validateOnly)) is { } rejected)
        {
            return rejected;
        }

        PatchReadOptions options = CallerOptions.For(context, services.Options, TPatch.Table);
        BodyResult<TPatch> body = await RequestBody.ReadAsync(
            context, new BodyFormat<TPatch>(options, format, _bodies, services.MaxDocumentBytes));
        if ((body.Error ?? (body.IsPatch(out TPatch? patch) ? handler.CheckRules(patch) : null)) is { } invalid)
        {
            return invalid;
        }

        if (!Preconditions.TryRead(
            context.Request.Headers, _endpoint.RequireIfMatch, out Preconditions preconditions, out PatchError? malformed))
        {
            return malformed;
        }

        SelectorValues selectors = _contract.CreateSelectors();
        if (AddSelectors(context, body, selectors) is { } unselected)
        {
            return unselected;
        }

        if (CreateRequest(context, selectors) is not { } request)
        {
            return _endpoint.NotFound;
        }

        // Not canceled when the client disconnects: the change may be saved all the same, and then OnSavedAsync must run.
        var attempt = new PatchAttempt<TPatch, TDocument>(handler, body, preconditions, services, context);
        SourceResult<TDocument> result = validateOnly
            ? await TryAsync(context, request, attempt)
            : await Source(context).PatchAsync(request, attempt, CancellationToken.None);
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

        if (validateOnly)
        {
            PatchTelemetry.Record(context, PatchTelemetry.Validated);
            await RespondAsync(context, result.Document.ToJson(handler.DocumentJson), tag: default);
        }
        else if (handler.HasOnSaved && result.Status == SourceStatus.Changed)
        {
            await RespondAndRunHookAsync(context, result, attempt);
        }
        else
        {
            await RespondAsync(context, result, attempt);
        }

        return null;
    }

    /// <summary>Adds the selectors: of the body, or of the query where the body has operations.</summary>
    /// <returns>The error (422), or null.</returns>
    private PatchError? AddSelectors(HttpContext context, BodyResult<TPatch> body, SelectorValues selectors)
    {
        if (body.IsPatch(out TPatch? patch))
        {
            handler.AddSelectors(patch, selectors);
            return null;
        }

        return body.Pending!.AddSelectors(_contract, context.Request.Query, selectors);
    }

    /// <summary>Does all but the save, for <c>validateOnly</c>.</summary>
    private async Task<SourceResult<TDocument>> TryAsync(
        HttpContext context, DocumentRequest<TDocument> request, PatchAttempt<TPatch, TDocument> attempt)
    {
        IDocumentSource<TDocument> source = Source(context);
        SourceResult<TDocument> found = await source.FindAsync(request, context.RequestAborted);
        if (found.Status != SourceStatus.Found)
        {
            return found;
        }

        // An object is changed in place, and its JSON may not hold all that hooks can see.
        if (attempt.NeedsBefore && found.Document.Stored is null)
        {
            SourceResult<TDocument> before = await source.FindAsync(request, context.RequestAborted);
            return before.Status == SourceStatus.Found
                ? await attempt.ApplyWithBeforeAsync(found.Document, before.Document.Value)
                : before;
        }

        return await attempt.ApplyAsync(found.Document);
    }

    private Task RespondAsync(HttpContext context, SourceResult<TDocument> result, PatchAttempt<TPatch, TDocument> attempt)
    {
        RecordSaved(context, result.Status, attempt);
        return RespondAsync(context, result.Document.ToJson(handler.DocumentJson), result.Document.ETag);
    }

    private Task RespondAsync(HttpContext context, ReadOnlyMemory<byte> json, EntityTag tag)
    {
        if (Preference.IsMinimal(context.Request.Headers["Prefer"]))
        {
            DocumentResponse.WriteMinimal(context, tag);
            return Task.CompletedTask;
        }

        return WriteAsync(context, json, tag);
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

        await WriteAsync(context, result.Document.ToJson(handler.DocumentJson), result.Document.ETag);
        return null;
    }

    private DocumentRequest<TDocument>? CreateRequest(HttpContext context, SelectorValues selectors) =>
        Selection.Create<TDocument>(_contract, services.TenantOf(context), context.Request.RouteValues, selectors);

    private IDocumentSource<TDocument> Source(HttpContext context) =>
        store ?? context.RequestServices.GetRequiredService<IDocumentSource<TDocument>>();

    private Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> json, EntityTag tag) =>
        DocumentResponse.WriteAsync(context, _contract.View.Apply(json), tag, RequestContent.Accepted(formats));

    private PatchError Ambiguous(SourceResult<TDocument> result, SelectorValues selectors) =>
        Selection.Ambiguous(_contract, [.. result.Candidates.Select(one => one.ToJson(handler.DocumentJson))], selectors);

    private InvalidOperationException Unexpected(HttpContext context, SourceStatus status) =>
        new($"{Source(context).GetType()} returned {status} for a {context.Request.Method}, which it cannot mean.");
}
