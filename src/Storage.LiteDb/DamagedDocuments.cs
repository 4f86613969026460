using System.Collections.Concurrent;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// Documents that were found damaged, each with its error. LiteDB closes itself on damage and has to be opened again, which holds up every
/// other call; so a damaged document is not read again for a while.
/// </summary>
internal sealed class DamagedDocuments
{
    private const int MaxCount = 10_000;
    private static readonly TimeSpan While = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<DocumentKey, (StoreUnavailableException Error, long Until)> _errors = [];

    /// <exception cref="StoreUnavailableException">The document was found damaged a short time ago.</exception>
    public void ThrowIfDamaged(DocumentKey key)
    {
        if (_errors.IsEmpty || !_errors.TryGetValue(key, out (StoreUnavailableException Error, long Until) found))
        {
            return;
        }

        if (Environment.TickCount64 < found.Until)
        {
            throw new StoreUnavailableException(found.Error.Fault, found.Error.Message, found.Error.InnerException);
        }

        _errors.TryRemove(key, out _);
    }

    public void Add(DocumentKey key, StoreUnavailableException error)
    {
        if (error.Fault == StoreFault.Damaged && _errors.Count < MaxCount)
        {
            _errors[key] = (error, Environment.TickCount64 + (long)While.TotalMilliseconds);
        }
    }
}
