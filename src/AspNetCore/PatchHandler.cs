using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Answers the requests of one endpoint. The generated half of a handler describes it; the user's half may override the hooks. One instance serves all requests at once,
/// so that a hook keeps no state of a request in it.
/// </summary>
/// <remarks>
/// A PATCH is answered in this order: media type and size, by the headers; the body is read; fences; problems; <see cref="Validate"/>; then, in one transaction of the store, the document is found,
/// the preconditions are checked, <see cref="Apply"/> runs, the time of the change is set, the limits of a document are checked (<see cref="PatchGenOptions.MaxDocumentBytes"/>,
/// <see cref="PatchReadOptions.MaxOpenMembers"/>), and the document is saved. A patch that changes no value leaves the version and the time as they were.
/// </remarks>
/// <typeparam name="TPatch">The patch.</typeparam>
/// <typeparam name="TDocument">The document that it is applied to.</typeparam>
public abstract class PatchHandler<TPatch, TDocument>
    where TPatch : IPatch<TPatch, TDocument>
{
    private DocumentContract? _contract;

    /// <summary>What is known of the endpoint at compile time.</summary>
    protected internal abstract PatchEndpoint Endpoint { get; }

    /// <summary>How the document is read and written.</summary>
    protected internal abstract JsonTypeInfo<TDocument> DocumentJson { get; }

    /// <summary>What the serializer makes of the document. Worked out when the endpoint is mapped.</summary>
    internal DocumentContract Contract => _contract ??= new DocumentContract(Endpoint, DocumentJson);

    /// <summary>Adds the selectors that the patch was sent.</summary>
    protected virtual void AddSelectors(TPatch patch, SelectorValues selectors)
    {
    }

    /// <summary>
    /// Checks what the annotations cannot say, such as two members that exclude each other. It sees the patch alone, before the store is asked: whatever it finds is answered
    /// the same for every document, and therefore tells nothing about any.
    /// </summary>
    /// <param name="patch">The patch, already free of problems that the annotations know.</param>
    /// <param name="validation">Takes the problems; one is enough for 422.</param>
    protected virtual void Validate(TPatch patch, PatchValidation validation)
    {
    }

    /// <summary>
    /// Applies the patch. Override to derive members from others, or to refuse by a <see cref="PatchRejectedException"/> where a rule needs the document.
    /// It must be pure: it may run more than once, on another thread, and within the store's transaction, so that it must neither wait nor call out.
    /// </summary>
    /// <param name="patch">The patch.</param>
    /// <param name="document">The document as it is.</param>
    /// <param name="changed">Whether any value is another than before. If not, nothing is saved.</param>
    /// <returns>The document as it shall be.</returns>
    protected internal virtual TDocument Apply(TPatch patch, TDocument document, out bool changed)
    {
        TDocument patched = patch.ApplyTo(document, out MemberSet<TPatch> members);
        changed = !members.IsEmpty;
        return patched;
    }

    /// <summary>
    /// Runs once after the commit of a change, and never for a patch that changed nothing. The answer has been written by then: an exception is logged, and the client keeps its 200.
    /// A process that dies between the commit and this call does not make the call later.
    /// </summary>
    /// <param name="saved">What was saved.</param>
    protected virtual Task OnSavedAsync(PatchSaved<TPatch, TDocument> saved) => Task.CompletedTask;

    /// <summary>Answers a PATCH.</summary>
    public Task PatchAsync(HttpContext context) => RunAsync(context, static (handler, context, services) => handler.AnswerPatchAsync(context, services));

    /// <summary>Answers a GET or a HEAD: the document, by the same selection as PATCH, with its selectors as query parameters.</summary>
    public Task GetAsync(HttpContext context) => RunAsync(context, static (handler, context, services) => handler.AnswerGetAsync(context, services));

    /// <summary>Answers OPTIONS: the methods, and the media type of a patch (RFC 5789 section 3.1).</summary>
    public Task OptionsAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        RequestId.Announce(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.Allow = "GET, HEAD, OPTIONS, PATCH";
        context.Response.Headers["Accept-Patch"] = RequestContent.MediaType;
        return Task.CompletedTask;
    }

    private async Task RunAsync(HttpContext context, Func<PatchHandler<TPatch, TDocument>, HttpContext, PatchServices, Task<PatchError?>> answer)
    {
        ArgumentNullException.ThrowIfNull(context);
        PatchServices services = PatchServices.Of(context);
        try
        {
            if (await answer(this, context, services) is { } refusal)
            {
                await ErrorAnswer.WriteAsync(context, refusal);
            }
        }
        catch (StoreUnavailableException e)
        {
            await services.RefuseAsync(context, Endpoint, e);
        }
    }

    private async Task<PatchError?> AnswerPatchAsync(HttpContext context, PatchServices services)
    {
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

        if (!Preconditions.TryRead(context.Request.Headers, out Preconditions preconditions, out PatchError? malformed))
        {
            return malformed;
        }

        var selectors = new SelectorValues();
        AddSelectors(patch, selectors);
        DocumentSelection? selection = Selection.Of(Contract, services.TenantOf(context.User), context.Request.RouteValues, selectors);
        if (selection is null)
        {
            return Endpoint.NotFound;
        }

        if (Endpoint.RequireIfMatch && !preconditions.HasIfMatch)
        {
            (StoredDocument? _, PatchError? absent) = await FindAsync(services, selection, selectors);
            return absent ?? Preconditions.Required;
        }

        return await SaveAsync(context, services, patch, selection, selectors, preconditions);
    }

    private async Task<PatchError?> SaveAsync(
        HttpContext context, PatchServices services, TPatch patch, DocumentSelection selection, SelectorValues selectors, Preconditions preconditions)
    {
        var attempt = new PatchAttempt<TPatch, TDocument>(this, patch, preconditions, services);
        TransformResult result;
        try
        {
            // Not cancelled when the client goes: the change may be made all the same, and then its hook must run.
            result = await services.Store.TransformAsync(selection, preconditions.IfMatch, attempt, PatchAttempt<TPatch, TDocument>.Transform, CancellationToken.None);
        }
        catch (PatchRejectedException refused)
        {
            return refused.Error;
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
            case TransformStatus.VersionMismatch:
            case TransformStatus.Unchanged when attempt.IsStopped:
                return Preconditions.Failed(Endpoint.Resource, result.Document.Version);
            case TransformStatus.Unchanged when attempt.Rejection is not null:
                return attempt.Rejection;
        }

        try
        {
            await AnswerAsync(context, result.Document);
            await context.Response.CompleteAsync(); // the client does not wait for the hook
        }
        finally
        {
            if (result.Status == TransformStatus.Changed)
            {
                await AfterSaveAsync(attempt, result.Document, context, services);
            }
        }

        return null;
    }

    private async Task AnswerAsync(HttpContext context, StoredDocument document)
    {
        if (Preference.IsMinimal(context.Request.Headers["Prefer"]))
        {
            DocumentAnswer.WriteMinimal(context, document.Version);
            return;
        }

        await DocumentAnswer.WriteAsync(context, Contract.View, document);
    }

    private async Task AfterSaveAsync(PatchAttempt<TPatch, TDocument> attempt, StoredDocument stored, HttpContext context, PatchServices services)
    {
        try
        {
            await OnSavedAsync(attempt.Saved(stored, context));
        }
#pragma warning disable CA1031 // Whatever a user's hook throws, the change stands and its answer is written.
        catch (Exception e)
#pragma warning restore CA1031
        {
            services.LogHookFailed(e, Endpoint.Resource);
        }
    }

    private async Task<PatchError?> AnswerGetAsync(HttpContext context, PatchServices services)
    {
        var selectors = new SelectorValues();
        if (Selection.ReadQuery(Endpoint, context.Request.Query, selectors) is { } invalid)
        {
            return invalid;
        }

        if (!Preconditions.TryRead(context.Request.Headers, out Preconditions preconditions, out PatchError? malformed))
        {
            return malformed;
        }

        DocumentSelection? selection = Selection.Of(Contract, services.TenantOf(context.User), context.Request.RouteValues, selectors);
        if (selection is null)
        {
            return Endpoint.NotFound;
        }

        (StoredDocument? document, PatchError? absent) = await FindAsync(services, selection, selectors, context.RequestAborted);
        if (document is null)
        {
            return absent;
        }

        if (!preconditions.Matches(document.Version))
        {
            return Preconditions.Failed(Endpoint.Resource, document.Version);
        }

        if (preconditions.IsNoneMatchHit(document.Version))
        {
            DocumentAnswer.WriteNotModified(context, document.Version);
            return null;
        }

        await DocumentAnswer.WriteAsync(context, Contract.View, document);
        return null;
    }

    private async Task<(StoredDocument? Document, PatchError? Absent)> FindAsync(
        PatchServices services, DocumentSelection selection, SelectorValues selectors, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<StoredDocument> found = await services.Store.FindAsync(selection, TransformResult.MaxCandidates, cancellationToken);
        return found.Count switch
        {
            0 => (null, Endpoint.NotFound),
            1 => (found[0], null),
            _ => (null, Selection.Ambiguous(Contract, found, selectors)),
        };
    }
}
