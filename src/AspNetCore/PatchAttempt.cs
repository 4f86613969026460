using Layers.PatchGen.Json;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>One PATCH as a change of a document. It may be applied more than once; the last time counts.</summary>
internal sealed class PatchAttempt<TPatch, TDocument>(
    PatchHandler<TPatch, TDocument> handler,
    BodyResult<TPatch> body,
    Preconditions preconditions,
    PatchServices services,
    HttpContext context)
    : DocumentChange<TDocument>, IValidatedTransform
    where TPatch : IPatch<TPatch, TDocument>
{
    private TPatch _patch = body.Patch!; // for a body that needs the document, made when it is applied
    private ReadOnlyMemory<byte> _beforeJson;
    private TDocument? _before; // unset unless the source has it as another instance
    private bool _hasBefore;
    private TDocument? _after; // unset if the patch was applied to bytes
    private ReadOnlyMemory<byte> _afterJson;
    private bool _isInBytes;
    private MemberSet<TPatch> _changedInBytes;

    /// <summary>Why the document must not be saved: a precondition, a rule or a limit; null when there is no such reason.</summary>
    public PatchError? Rejection { get; private set; }

    /// <inheritdoc/>
    internal override bool HasCompanions => handler.HasCompanions;

    /// <inheritdoc/>
    internal override bool IsRejected => Rejection is not null;

    /// <inheritdoc/>
    public override bool HasCheck => handler.HasCheck;

    /// <inheritdoc/>
    internal override bool NeedsBefore => handler.HasCheck || handler.HasOnSaved || PatchTelemetry.CountsMembers;

    /// <inheritdoc/>
    public override ValueTask<SourceResult<TDocument>> ApplyAsync(SourceDocument<TDocument> current)
    {
        _hasBefore = false;
        return CompleteAsync(current, TryApply(current));
    }

    /// <inheritdoc/>
    internal override ValueTask<SourceResult<TDocument>> ApplyWithBeforeAsync(SourceDocument<TDocument> current, TDocument before)
    {
        (_before, _hasBefore) = (before, true);
        return CompleteAsync(current, TryApply(current));
    }

    private async ValueTask<SourceResult<TDocument>> CompleteAsync(SourceDocument<TDocument> current, bool changed)
    {
        if (changed && HasCheck)
        {
            await CheckAsync();
        }

        return IsRejected ? new(SourceStatus.Rejected)
            : changed ? new(SourceStatus.Changed, new(_isInBytes ? Read(_afterJson) : _after!, current.Version))
            : new(SourceStatus.Unchanged, current);
    }

    /// <inheritdoc/>
    internal override ReadOnlyMemory<byte>? Apply(StoredDocument current) =>
        TryApply(new(current, handler.DocumentJson)) ? _afterJson : default(ReadOnlyMemory<byte>?); // a plain null would be empty memory

    /// <inheritdoc/>
    internal override async Task CheckAsync()
    {
        var check = new PatchCheckContext<TPatch, TDocument>(_patch, _hasBefore ? _before! : ReadBefore(), _after!, context);
        try
        {
            await handler.CheckAsync(check);
            Rejection = Locate(check.Validation.Error);
        }
        catch (PatchRejectedException rejected)
        {
            Rejection = Locate(rejected.Error);
        }
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<NewDocument> Companions(StoredDocument after)
    {
        var saving = new PatchSaving<TPatch, TDocument>(_patch, Before(), After(), after, context);
        handler.OnSaving(saving);
        return saving.Inserts;
    }

    /// <inheritdoc/>
    internal override void Reject(PatchError rejection) => Rejection = Locate(rejection);

    /// <inheritdoc/>
    internal override void Reject(DocumentTooLargeException tooLarge)
    {
        services.LogTooLarge(tooLarge, handler.Endpoint.Collection);
        Rejection = Locate(DocumentGrowth.TooLarge(
            _patch, Write(ReadBefore()), _afterJson, "The document would become larger than the store can hold."));
    }

    /// <summary>Creates the argument of the hook that runs after the commit.</summary>
    public PatchSaved<TPatch, TDocument> Saved(SourceDocument<TDocument> saved) =>
        new(_patch, Before(), saved.Stored is null ? new(saved.Value) : After(), saved.Version, context)
        {
            Changes = new(_beforeJson, saved.Stored is null ? saved.ToJson(handler.DocumentJson) : _afterJson, handler.Contract.View),
        };

    /// <summary>
    /// The members that the patch has changed. Applies it to an object once more, since handlers return only whether anything has changed.
    /// </summary>
    public MemberSet<TPatch> FindChangedMembers()
    {
        if (_isInBytes)
        {
            return _changedInBytes;
        }

        try
        {
            if (_hasBefore)
            {
                return TPatch.Diff(_before!, _after!).Present & _patch.Present; // not from its JSON, which may not hold all of it
            }

            _patch.ApplyTo(ReadBefore(), out MemberSet<TPatch> changed);
            return changed;
        }
        catch (InvalidOperationException)
        {
            // What the handler's own Apply has done cannot be done by the patch alone. The change is saved all the same.
            return _patch.Present;
        }
    }

    /// <summary>Applies the patch; false if nothing must be saved, because nothing has changed or it is rejected.</summary>
    private bool TryApply(SourceDocument<TDocument> current)
    {
        Rejection = preconditions.CheckChange(handler.Endpoint.Resource, current);
        if (IsRejected)
        {
            return false;
        }

        _beforeJson = current.ToJson(handler.DocumentJson);
        Rejection = body.Pending is null ? null : Translate(body.Pending);
        if (IsRejected)
        {
            return false;
        }

        DateTimeOffset now = services.Time.GetUtcNow();
        if (handler.Patcher is { } patcher && current.Stored is not null && TryApplyToBytes(patcher, now, out bool changed))
        {
            return changed;
        }

        _isInBytes = false;
        TDocument document = current.Value;

        // An object of the application's source may be changed in place, and its JSON may not hold all of it.
        PatchProblems? tooLarge = current.Stored is null
            ? PatchMemberLimit.Find(in _patch, document, services.Read.MaxOpenMembers)
            : null;
        try
        {
            _after = handler.Apply(_patch, document, out changed);
            if (changed)
            {
                current.Changed?.Invoke(_after);
            }
        }
        catch (Exception e) when (Rejections.ErrorOf(e, services.Read.MaxProblems) is { } rejection)
        {
            Rejection = Locate(rejection);
            return false;
        }

        if (!changed)
        {
            return false;
        }

        Rejection = Locate(CheckMembers(_after, tooLarge));
        if (IsRejected)
        {
            return false;
        }

        _after = TPatch.Stamp(_after, now);
        _afterJson = Write(_after);
        Rejection = Locate(CheckBytes(now));
        return !IsRejected;
    }

    /// <summary>Makes the patch of a body that needs the document.</summary>
    private PatchError? Translate(PendingPatch<TPatch> pending)
    {
        BodyResult<TPatch> translated = pending.For(handler.Contract.View.Apply(_beforeJson));
        if (!translated.IsPatch(out TPatch? patch))
        {
            return translated.Error;
        }

        _patch = patch;
        return Locate(handler.CheckRules(patch));
    }

    /// <summary>Makes an error point into the body that was sent.</summary>
    private PatchError? Locate(PatchError? error) => error is null || body.Pending is null ? error : body.Pending.Locate(error);

    /// <summary>Checks that nothing has grown beyond the limit of members.</summary>
    /// <param name="after">The document with the patch applied.</param>
    /// <param name="before">What was beyond it before; null to find out.</param>
    private PatchError? CheckMembers(TDocument after, PatchProblems? before)
    {
        int max = services.Read.MaxOpenMembers;
        if (PatchMemberLimit.IsMet(in _patch, after, max))
        {
            return null;
        }

        before ??= PatchMemberLimit.Find(in _patch, ReadBefore(), max);
        return DocumentGrowth.TooManyMembers(PatchMemberLimit.FindGrown(in _patch, before, after, max), services.Read.MaxProblems);
    }

    private PatchError? CheckBytes(DateTimeOffset now)
    {
        int max = services.MaxDocumentBytes;
        if (_afterJson.Length <= max || _afterJson.Length <= _beforeJson.Length)
        {
            return null;
        }

        // A document can also grow by being written again, which is not the client's fault: its type has new members, or the time of the
        // change has more digits.
        ReadOnlyMemory<byte> before = Write(TPatch.Stamp(ReadBefore(), now));
        return _afterJson.Length <= before.Length ? null : DocumentGrowth.TooLarge(_patch, before, _afterJson, max);
    }

    // Whether a limit that is exceeded is an error depends on the object: on how it was before, and on what its type adds to it.
    private bool TryApplyToBytes(DocumentPatcher<TPatch> patcher, DateTimeOffset now, out bool changed)
    {
        changed = false;
        if (!patcher.TryApply(
                _beforeJson.Span, in _patch, now, services.Read.MaxOpenMembers, out byte[]? after, out _changedInBytes)
            || (after is not null && after.Length > services.MaxDocumentBytes && after.Length > _beforeJson.Length))
        {
            return false;
        }

        changed = after is not null;
        _afterJson = after;
        _isInBytes = true;
        return true;
    }

    private HookDocument<TDocument> Before() => _hasBefore ? new(_before!) : new(_beforeJson, handler.DocumentJson);

    private HookDocument<TDocument> After() => _isInBytes ? new(_afterJson, handler.DocumentJson) : new(_after!);

    // Read again, since a class is changed in place, also one in a record.
    private TDocument ReadBefore() => Read(_beforeJson);

    private TDocument Read(ReadOnlyMemory<byte> json) => DocumentStoreJson.Read(json, handler.DocumentJson);

    private ReadOnlyMemory<byte> Write(TDocument document) => DocumentStoreJson.Write(document, handler.DocumentJson);
}
