using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Handles the requests of one endpoint. The generated half of a handler describes the endpoint; your half may override the hooks. One
/// instance handles all requests, concurrently: hooks must be thread-safe and must not keep state of a request in it.
/// </summary>
/// <remarks>
/// The steps of a PATCH: media type and size, by the headers; the body is read; fences; problems; <see cref="Validate"/>; then, in one
/// transaction of the store: the document is found, preconditions are checked, <see cref="Apply"/> runs, the time of the change is set, the
/// limits of the document are checked (<see cref="PatchGenOptions.MaxDocumentBytes"/>, <see cref="PatchReadOptions.MaxOpenMembers"/>), and
/// the document is saved. A patch that changes no value keeps the version and the time.
/// </remarks>
/// <typeparam name="TPatch">The patch.</typeparam>
/// <typeparam name="TDocument">The document that it is applied to.</typeparam>
public abstract class PatchHandler<TPatch, TDocument>
    where TPatch : IPatch<TPatch, TDocument>
{
    private DocumentContract? _contract;

    /// <summary>The endpoint, as known at compile time.</summary>
    protected internal abstract PatchEndpoint Endpoint { get; }

    /// <summary>The serializer contract of the document.</summary>
    protected internal abstract JsonTypeInfo<TDocument> DocumentJson { get; }

    /// <summary>The endpoint and the document's JSON, matched. Created when the endpoint is mapped.</summary>
    internal DocumentContract Contract => _contract ??= new DocumentContract(Endpoint, DocumentJson);

    /// <summary>Adds the selectors in the patch.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="selectors">Receives the selectors.</param>
    protected virtual void AddSelectors(TPatch patch, SelectorValues selectors)
    {
    }

    /// <summary>
    /// Checks rules that attributes cannot express, such as two members that exclude each other. It sees only the patch, before the store
    /// is called, so its errors are the same for every document and disclose nothing about any.
    /// </summary>
    /// <param name="patch">The patch. The rules of its attributes are met.</param>
    /// <param name="validation">Receives the problems; one is enough for 422.</param>
    protected virtual void Validate(TPatch patch, PatchValidation validation)
    {
    }

    /// <summary>
    /// Applies the patch. Override it to derive members from others, or to throw a <see cref="PatchRejectedException"/> where a rule needs
    /// the document. It must be pure and fast: it may run more than once, on another thread, and inside the transaction of the store, so it
    /// must neither wait nor do I/O.
    /// </summary>
    /// <param name="patch">The patch.</param>
    /// <param name="document">The document before.</param>
    /// <param name="changed">Whether any value has changed. If not, nothing is saved.</param>
    /// <returns>The document after.</returns>
    protected internal virtual TDocument Apply(TPatch patch, TDocument document, out bool changed)
    {
        TDocument patched = patch.ApplyTo(document, out MemberSet<TPatch> members);
        changed = !members.IsEmpty;
        return patched;
    }

    /// <summary>
    /// Runs once after the commit of a change; not for a patch that changed nothing. The response is already written: an exception is
    /// logged, and the client keeps its 200. If the process ends between the commit and this call, the call is not made later.
    /// </summary>
    /// <param name="saved">The saved change.</param>
    protected virtual Task OnSavedAsync(PatchSaved<TPatch, TDocument> saved) => Task.CompletedTask;

    /// <summary>Handles a PATCH.</summary>
    /// <param name="context">The request.</param>
    internal Task PatchAsync(HttpContext context) =>
        RunAsync(context, static (handler, context, services) => handler.HandlePatchAsync(context, services));

    /// <summary>Handles a GET or HEAD. The document is found as for PATCH, with selectors in the query.</summary>
    /// <param name="context">The request.</param>
    internal Task GetAsync(HttpContext context) =>
        RunAsync(context, static (handler, context, services) => handler.HandleGetAsync(context, services));

    /// <summary>Handles OPTIONS: the methods, and the media type of a patch (RFC 5789 section 3.1).</summary>
    /// <param name="context">The request.</param>
    internal static Task OptionsAsync(HttpContext context)
    {
        RequestId.SetHeader(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.Allow = "GET, HEAD, OPTIONS, PATCH";
        context.Response.Headers["Accept-Patch"] = RequestContent.MediaType;
        return Task.CompletedTask;
    }

    private async Task RunAsync(
        HttpContext context, Func<PatchHandler<TPatch, TDocument>, HttpContext, PatchServices, Task<PatchError?>> handle)
    {
        ArgumentNullException.ThrowIfNull(context);
        PatchServices services = PatchServices.For(context);
        try
        {
            if (await handle(this, context, services) is { } error)
            {
                await ErrorResponse.WriteAsync(context, error);
            }
        }
        catch (StoreUnavailableException e)
        {
            await services.WriteStoreErrorAsync(context, Endpoint, e);
        }
    }

    private async Task<PatchError?> HandlePatchAsync(HttpContext context, PatchServices services)
    {
        if ((RequestBody.CheckHeaders(context.Request, services.Read) ?? ReservedQuery.Check(context.Request)) is { } rejected)
        {
            return rejected;
        }

        BodyResult<TPatch> body = await RequestBody.ReadAsync<TPatch>(context, services.Read);
        if (!body.IsPatch(out TPatch? patch))
        {
            return body.Error;
        }

        var validation = new PatchValidation();
        Validate(patch, validation);
        if (validation.Problems.Count > 0)
        {
            return PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity) with { Problems = validation.Problems };
        }

        if (!Preconditions.TryRead(
            context.Request.Headers, Endpoint.RequireIfMatch, out Preconditions preconditions, out PatchError? malformed))
        {
            return malformed;
        }

        var selectors = new SelectorValues(Contract);
        AddSelectors(patch, selectors);
        DocumentSelection? selection = Selection.Create(Contract, services.TenantOf(context.User), context.Request.RouteValues, selectors);
        return selection is null
            ? Endpoint.NotFound
            : await SaveAsync(context, services, patch, selection, selectors, preconditions);
    }

    private async Task<PatchError?> SaveAsync(
        HttpContext context,
        PatchServices services,
        TPatch patch,
        DocumentSelection selection,
        SelectorValues selectors,
        Preconditions preconditions)
    {
        var attempt = new PatchAttempt<TPatch, TDocument>(this, patch, preconditions, services);
        TransformResult result;
        try
        {
            // Not cancelled when the client disconnects: the change may be saved all the same, and then OnSavedAsync must run.
            result = await services.Store.TransformAsync(
                selection, ifVersions: null, attempt, PatchAttempt<TPatch, TDocument>.Transform, CancellationToken.None);
        }
        catch (PatchRejectedException rejected)
        {
            return rejected.Error;
        }
        catch (DocumentTooLargeException tooLarge)
        {
            services.LogTooLarge(tooLarge, Endpoint.Collection);
            return attempt.TooLargeForStore();
        }

        switch (result.Status)
        {
            case TransformStatus.NotFound:
                return Endpoint.NotFound;
            case TransformStatus.Ambiguous:
                return Selection.Ambiguous(Contract, result.Documents, selectors);
            case TransformStatus.Unchanged when attempt.Rejection is not null:
                return attempt.Rejection;
        }

        try
        {
            await WriteAsync(context, result.Document);
            await context.Response.CompleteAsync(); // the client does not wait for the hook
        }
        finally
        {
            if (result.Status == TransformStatus.Changed)
            {
                await RunOnSavedAsync(attempt, result.Document, context, services);
            }
        }

        return null;
    }

    private async Task WriteAsync(HttpContext context, StoredDocument document)
    {
        if (Preference.IsMinimal(context.Request.Headers["Prefer"]))
        {
            DocumentResponse.WriteMinimal(context, document.Version);
            return;
        }

        await DocumentResponse.WriteAsync(context, Contract.View, document);
    }

    private async Task RunOnSavedAsync(
        PatchAttempt<TPatch, TDocument> attempt, StoredDocument stored, HttpContext context, PatchServices services)
    {
        try
        {
            await OnSavedAsync(attempt.Saved(stored, context));
        }
#pragma warning disable CA1031 // Whatever the hook throws, the change is saved and the response is written.
        catch (Exception e)
#pragma warning restore CA1031
        {
            services.LogHookFailed(e, Endpoint.Resource);
        }
    }

    private async Task<PatchError?> HandleGetAsync(HttpContext context, PatchServices services)
    {
        var selectors = new SelectorValues(Contract);
        if (Selection.ReadQuery(Contract, context.Request.Query, selectors) is { } invalid)
        {
            return invalid;
        }

        if (!Preconditions.TryRead(
            context.Request.Headers, requireIfMatch: false, out Preconditions preconditions, out PatchError? malformed))
        {
            return malformed;
        }

        DocumentSelection? selection = Selection.Create(Contract, services.TenantOf(context.User), context.Request.RouteValues, selectors);
        if (selection is null)
        {
            return Endpoint.NotFound;
        }

        IReadOnlyList<StoredDocument> found =
            await services.Store.FindAsync(selection, TransformResult.MaxCandidates, context.RequestAborted);
        if (found is not [StoredDocument document])
        {
            return found.Count == 0 ? Endpoint.NotFound : Selection.Ambiguous(Contract, found, selectors);
        }

        if (preconditions.CheckMatch(Endpoint.Resource, EntityTag.Of(document.Version)) is { } failed)
        {
            return failed;
        }

        if (preconditions.IsNotModified(EntityTag.Of(document.Version)))
        {
            DocumentResponse.WriteNotModified(context, document.Version);
            return null;
        }

        await DocumentResponse.WriteAsync(context, Contract.View, document);
        return null;
    }
}
