using Layers.PatchGen.Json;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>One PATCH as a change of a document. It may be applied more than once; the last time counts.</summary>
internal sealed class PatchAttempt<TPatch, TDocument>(
    PatchHandler<TPatch, TDocument> handler, TPatch patch, Preconditions preconditions, PatchServices services, HttpContext context)
    : DocumentChange<TDocument>, IValidatedTransform
    where TPatch : IPatch<TPatch, TDocument>
{
    private ReadOnlyMemory<byte> _beforeJson;
    private TDocument? _before;
    private bool _hasBefore;
    private bool _isBeforeGiven;
    private TDocument? _after;
    private ReadOnlyMemory<byte> _afterJson;

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
    public override ValueTask<SourceResult<TDocument>> ApplyAsync(SourceDocument<TDocument> current) =>
        CompleteAsync(current, TryApply(current));

    /// <inheritdoc/>
    internal override ValueTask<SourceResult<TDocument>> ApplyWithBeforeAsync(SourceDocument<TDocument> current, TDocument before)
    {
        bool changed = TryApply(current);
        (_before, _hasBefore, _isBeforeGiven) = (before, true, true);
        return CompleteAsync(current, changed);
    }

    private async ValueTask<SourceResult<TDocument>> CompleteAsync(SourceDocument<TDocument> current, bool changed)
    {
        if (changed && HasCheck)
        {
            await CheckAsync();
        }

        return IsRejected ? new(SourceStatus.Rejected)
            : changed ? new(SourceStatus.Changed, new(_after!, current.Version))
            : new(SourceStatus.Unchanged, current);
    }

    /// <inheritdoc/>
    internal override ReadOnlyMemory<byte>? Apply(StoredDocument current) =>
        TryApply(new(current, handler.DocumentJson)) ? _afterJson : default(ReadOnlyMemory<byte>?); // a plain null would be empty memory

    /// <inheritdoc/>
    internal override async Task CheckAsync()
    {
        var check = new PatchCheckContext<TPatch, TDocument>(patch, Before(), _after!, context);
        try
        {
            await handler.CheckAsync(check);
            Rejection = check.Validation.Error;
        }
        catch (PatchRejectedException rejected)
        {
            Rejection = rejected.Error;
        }
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<NewDocument> Companions(StoredDocument after)
    {
        var saving = new PatchSaving<TPatch, TDocument>(patch, Before(), _after!, after, context);
        handler.OnSaving(saving);
        return saving.Inserts;
    }

    /// <inheritdoc/>
    internal override void Reject(PatchError rejection) => Rejection = rejection;

    /// <inheritdoc/>
    internal override void Reject(DocumentTooLargeException tooLarge)
    {
        services.LogTooLarge(tooLarge, handler.Endpoint.Collection);
        Rejection = DocumentGrowth.TooLarge(
            patch, Write(ReadAgain()), _afterJson, "The document would become larger than the store can hold.");
    }

    /// <summary>Creates the argument of the hook that runs after the commit.</summary>
    public PatchSaved<TPatch, TDocument> Saved(SourceDocument<TDocument> saved) =>
        new(patch, Before(), saved.Stored is null ? saved.Value : _after!, saved.Version, context)
        {
            Changes = new(_beforeJson, saved.Stored is null ? saved.ToJson(handler.DocumentJson) : _afterJson, handler.Contract.View),
        };

    /// <summary>
    /// The members that the patch has changed. Applies it once more, since handlers return only whether anything has changed.
    /// </summary>
    public MemberSet<TPatch> FindChangedMembers()
    {
        if (_isBeforeGiven)
        {
            return TPatch.Diff(_before!, _after!).Present & patch.Present; // its JSON may not hold all of it
        }

        patch.ApplyTo(ReadAgain(), out MemberSet<TPatch> changed);
        return changed;
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
        _hasBefore = _isBeforeGiven = false;
        bool changed;
        try
        {
            _after = handler.Apply(patch, current.Value, out changed);
        }
        catch (PatchRejectedException rejected)
        {
            Rejection = rejected.Error;
            return false;
        }

        if (!changed)
        {
            return false;
        }

        Rejection = CheckMembers(_after);
        if (IsRejected)
        {
            return false;
        }

        DateTimeOffset now = services.Time.GetUtcNow();
        _after = TPatch.Stamp(_after, now);
        _afterJson = Write(_after);
        Rejection = CheckBytes(now);
        return !IsRejected;
    }

    private PatchError? CheckMembers(TDocument after)
    {
        int max = services.Read.MaxOpenMembers;
        return PatchMemberLimit.IsMet(in patch, after, max)
            ? null
            : DocumentGrowth.TooManyMembers(PatchMemberLimit.FindGrown(in patch, ReadAgain(), after, max), services.Read.MaxProblems);
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
        ReadOnlyMemory<byte> before = Write(TPatch.Stamp(ReadAgain(), now));
        return _afterJson.Length <= before.Length ? null : DocumentGrowth.TooLarge(patch, before, _afterJson, max);
    }

    // Read again, since a class is changed in place, also one in a record.
    private TDocument Before()
    {
        if (!_hasBefore)
        {
            (_before, _hasBefore) = (ReadAgain(), true);
        }

        return _before!;
    }

    private TDocument ReadAgain() => DocumentStoreJson.Read(_beforeJson, handler.DocumentJson);

    private ReadOnlyMemory<byte> Write(TDocument document) => DocumentStoreJson.Write(document, handler.DocumentJson);
}
