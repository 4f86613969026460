using System.Collections.Concurrent;
using LiteDB;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>The one session with a database, which reads and writes share, and its reopening after an error.</summary>
internal sealed class LiteDbFileEngine(LockedFile database) : IFileEngine
{
    private readonly DamagedDocuments _damaged = new();
    private readonly LiteDbSearches _searches = new();
    private readonly ConcurrentDictionary<(string Collection, string Member), Task> _prepared = [];
    private volatile LiteDbSession? _session;

    /// <summary>How many times the session was opened.</summary>
    public int Openings { get; private set; }

    public int MaxDocumentBytes => LiteDbDocument.MaxBytes;

    public IFileSession OpenWriter(bool acceptRestore)
    {
        _session = LiteDbSession.Open(database.Path, database.Mark, acceptRestore, _damaged, _searches);
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

    /// <summary>Gives all documents of the collection a token for the first member of a selection, if they have none yet.</summary>
    public async ValueTask PrepareSearchAsync(DocumentSelection selection, GroupCommit writer, CancellationToken cancellationToken)
    {
        if (selection is { Id: null, Equal: [{ Member: var member }, ..], Collection: var collection }
            && !_searches.IsReady(collection, member)
            && _searches.CanAdd(collection, member))
        {
            Task prepared = _prepared.GetOrAdd((collection, member), search => PrepareAsync(search.Collection, search.Member, writer));
            await prepared.WaitAsync(cancellationToken);
        }
    }

    private async Task PrepareAsync(string collection, string member, GroupCommit writer)
    {
        await Task.Yield(); // not under the lock of the dictionary
        try
        {
            if (await WriteAsync(session => session.SaveSearch(collection, member, ready: false)))
            {
                for (BsonValue? last = BsonValue.MinValue; last is not null;)
                {
                    BsonValue after = last;
                    last = await WriteAsync(session => session.AddTokens(collection, after));
                }

                await WriteAsync(session => session.SaveSearch(collection, member, ready: true));
                _searches.SetReady(collection, member);
            }
        }
        catch (StoreUnavailableException exception)
        {
            // The documents can still be found, only slower. After damage, which stays, this is repeated when the store is opened again.
            if (exception.Fault != StoreFault.Damaged)
            {
                _prepared.TryRemove((collection, member), out _);
            }
        }

        Task<T> WriteAsync<T>(Func<LiteDbSession, T> write) =>
            writer.WriteAsync(session => write((LiteDbSession)session), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
