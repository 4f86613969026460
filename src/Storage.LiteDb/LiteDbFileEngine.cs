namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>The one session with a database, which reads and writes share, and its reopening after an error.</summary>
internal sealed class LiteDbFileEngine(LockedFile database) : IFileEngine
{
    private readonly DamagedDocuments _damaged = new();
    private volatile LiteDbSession? _session;

    /// <summary>How many times the session was opened.</summary>
    public int Openings { get; private set; }

    public int MaxDocumentBytes => LiteDbDocument.MaxBytes;

    public IFileSession OpenWriter(bool acceptRestore)
    {
        _session = LiteDbSession.Open(database.Path, database.Mark, acceptRestore, _damaged);
        Openings++;
        return _session;
    }

    public async ValueTask<T> ReadAsync<T>(Func<IFileSession, T> read, GroupCommit writer, CancellationToken cancellationToken)
    {
        LiteDbSession session = _session!;
        (bool done, T result) = await session.TryReadAsync(read, cancellationToken);
        if (!done)
        {
            // LiteDB has closed itself after an error. The writer reopens it, or fails with the reason.
            await writer.WriteAsync(static _ => true, cancellationToken);
            session = _session!;
            (done, result) = await session.TryReadAsync(read, cancellationToken);
        }

        return done
            ? result
            : throw session.Fault ?? new StoreUnavailableException(
                StoreFault.Unavailable, $"The database {database.Path} is being reopened after an error. Try again later.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
