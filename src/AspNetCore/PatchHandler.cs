using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Handles the requests of one endpoint. The generated half of a handler describes the endpoint; your half may override the hooks. One
/// instance handles all requests, concurrently: hooks must be thread-safe and must not keep state of a request in it.
/// </summary>
/// <remarks>
/// The steps of a PATCH: media type and size, by the headers; the body is read; fences; problems; <see cref="Validate"/>; then, as one act
/// of the <see cref="IDocumentSource{TDocument}"/>: the document is found, preconditions are checked, <see cref="Apply"/> runs, the time of
/// the change is set, the limits of the document are checked (<see cref="PatchGenOptions.MaxDocumentBytes"/>,
/// <see cref="PatchReadOptions.MaxOpenMembers"/>), <see cref="CheckAsync"/> runs, and the document is saved with those of
/// <see cref="OnSaving"/>. A patch that changes no value keeps the version and the time.
/// </remarks>
/// <typeparam name="TPatch">The patch.</typeparam>
/// <typeparam name="TDocument">The document that it is applied to.</typeparam>
public abstract class PatchHandler<TPatch, TDocument>
    where TPatch : IPatch<TPatch, TDocument>
{
    private DocumentContract? _contract;

    /// <summary>Creates the handler.</summary>
    protected PatchHandler()
    {
        HasValidate = IsOverridden((Action<TPatch, PatchValidation>)Validate);
        HasApply = IsOverridden((ApplyHook)Apply);
        HasCheck = IsOverridden((Func<PatchCheckContext<TPatch, TDocument>, Task>)CheckAsync);
        HasCompanions = IsOverridden((Action<PatchSaving<TPatch, TDocument>>)OnSaving);
        HasOnSaved = IsOverridden((Func<PatchSaved<TPatch, TDocument>, Task>)OnSavedAsync);

        static bool IsOverridden(Delegate hook) => hook.Method.DeclaringType != typeof(PatchHandler<TPatch, TDocument>);
    }

    private delegate TDocument ApplyHook(TPatch patch, TDocument document, out bool changed);

    /// <summary>The endpoint, as known at compile time.</summary>
    protected internal abstract PatchEndpoint Endpoint { get; }

    /// <summary>The serializer contract of the document.</summary>
    protected internal abstract JsonTypeInfo<TDocument> DocumentJson { get; }

    /// <summary>The endpoint and the document's JSON, matched. Created when the endpoint is mapped.</summary>
    internal DocumentContract Contract => _contract ??= new DocumentContract(Endpoint, DocumentJson);

    /// <summary>Whether <see cref="Validate"/> is overridden.</summary>
    internal bool HasValidate { get; }

    /// <summary>Whether <see cref="Apply"/> is overridden. If so, it needs the document as an object.</summary>
    internal bool HasApply { get; }

    /// <summary>Applies patches to stored bytes; null where they are applied to objects. Set when the endpoint is mapped.</summary>
    internal DocumentPatcher<TPatch>? Patcher { get; set; }

    /// <summary>Whether <see cref="CheckAsync"/> is overridden. If not, the store is called once per patch.</summary>
    internal bool HasCheck { get; }

    /// <summary>Whether <see cref="OnSaving"/> is overridden.</summary>
    internal bool HasCompanions { get; }

    /// <summary>Whether <see cref="OnSavedAsync"/> is overridden.</summary>
    internal bool HasOnSaved { get; }

    /// <summary>Runs <see cref="Validate"/> if it is overridden.</summary>
    /// <returns>The error (422), or null.</returns>
    internal PatchError? CheckRules(TPatch patch)
    {
        if (!HasValidate)
        {
            return null;
        }

        var validation = new PatchValidation();
        Validate(patch, validation);
        return validation.Error;
    }

    /// <summary>Adds the selectors in the patch.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="selectors">Receives the selectors.</param>
    protected internal virtual void AddSelectors(TPatch patch, SelectorValues selectors)
    {
    }

    /// <summary>
    /// Selects the formats that bodies may have besides <c>application/json</c>, when the endpoint is mapped: those of
    /// <see cref="PatchEndpointAttribute.Formats"/>, or else of <see cref="PatchGenOptions.Formats"/>. Override it where a setting of the
    /// application decides.
    /// </summary>
    /// <param name="options">The options of the application.</param>
    protected internal virtual PatchFormats SelectFormats(PatchGenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Endpoint.Formats == PatchFormats.None ? options.Formats : Endpoint.Formats;
    }

    /// <summary>
    /// Checks rules that attributes cannot express, such as two members that exclude each other. It sees only the patch, before the store
    /// is called, so its errors are the same for every document and disclose nothing about any. A body in a format that needs the document
    /// (<see cref="PatchFormats"/>) becomes a patch only then, so for it this runs in the transaction, and possibly several times.
    /// </summary>
    /// <param name="patch">The patch. The rules of its attributes are met.</param>
    /// <param name="validation">Receives the problems; one is enough for 422.</param>
    protected internal virtual void Validate(TPatch patch, PatchValidation validation)
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
    /// Checks rules that need services or I/O, such as a query, against the document as it would be saved. It runs after
    /// <see cref="Apply"/> and the limits, outside any transaction of the store, and not for a patch that changes nothing.
    /// </summary>
    /// <remarks>
    /// What was checked is saved only if the document has not been changed in the meantime. Otherwise it is found, patched and checked
    /// again, so the check may run several times; after a limited number of attempts, 16 for documents in a store, the response is 409. A
    /// change of other data that the check has read is not detected.
    /// </remarks>
    /// <param name="context">
    /// The patch, the document before and after, and the request. Add a problem to its <see cref="PatchCheckContext{T, T}.Validation"/> for
    /// 422, or throw a <see cref="PatchRejectedException"/> for another error.
    /// </param>
    protected internal virtual Task CheckAsync(PatchCheckContext<TPatch, TDocument> context) => Task.CompletedTask;

    /// <summary>
    /// Inserts further documents in the transaction of a change: an entry of an outbox or an audit trail, which is then saved exactly if
    /// the change is. Not for a patch that changes nothing, and only for documents in a store.
    /// </summary>
    /// <remarks>
    /// Like <see cref="Apply"/>, it may run more than once, on another thread and inside the transaction, so it must neither wait nor do
    /// I/O; what counts is the last time. A document that cannot be inserted, since its key is in use, ends the request with 500, and
    /// nothing is changed.
    /// </remarks>
    /// <param name="saving">The change. Receives the documents.</param>
    protected internal virtual void OnSaving(PatchSaving<TPatch, TDocument> saving)
    {
    }

    /// <summary>
    /// Runs once after the commit of a change; not for a patch that changed nothing. The response is already written: an exception is
    /// logged, and the client keeps its 200. If the process ends between the commit and this call, the call is not made later.
    /// </summary>
    /// <param name="saved">The saved change.</param>
    protected internal virtual Task OnSavedAsync(PatchSaved<TPatch, TDocument> saved) => Task.CompletedTask;
}
