using System.Collections.Concurrent;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>
/// The connections that read: opened when needed, reused, and limited in number. A read runs on the caller's thread, in a transaction of
/// one statement.
/// </summary>
internal sealed class SqliteReaders(Func<SqliteSession> open, int max) : IAsyncDisposable
{
    private readonly SemaphoreSlim _places = new(max);
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    public async ValueTask<T> ReadAsync<T>(Func<IFileSession, T> read, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        SqliteSession? session = null;
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteDocumentStore));
            if (!_idle.TryTake(out session))
            {
                session = open();
            }

            return read(session);
        }
        finally
        {
            if (session is { Fault: null })
            {
                _idle.Add(session);
            }
            else
            {
                session?.Dispose();
            }

            _places.Release();
        }
    }

    /// <summary>Waits for running reads, closes the connections and rejects later reads.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (int i = 0; i < max; i++)
        {
            await _places.WaitAsync();
        }

        while (_idle.TryTake(out SqliteSession? session))
        {
            session.Dispose();
        }

        _places.Release(max);
    }
}
