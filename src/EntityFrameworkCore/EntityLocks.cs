namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>
/// Lets the patches of one row wait for each other within the process, so that they do not fail at the version and try again. It is a
/// matter of speed only: what protects the row is its version.
/// </summary>
internal sealed class EntityLocks
{
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>Whether another patch of the row runs, or one of a row that shares the lock.</summary>
    public bool IsHeld(int row) => Stripe(row).CurrentCount == 0;

    /// <summary>Waits until no other patch of the row runs, but not longer than the timeout.</summary>
    /// <returns>Disposed when the patch is done; null after the timeout.</returns>
    public async ValueTask<IDisposable?> EnterAsync(int row, TimeSpan timeout, CancellationToken cancellationToken)
    {
        SemaphoreSlim stripe = Stripe(row);
        return await stripe.WaitAsync(timeout < TimeSpan.Zero ? TimeSpan.Zero : timeout, cancellationToken) ? new Held(stripe) : null;
    }

    private SemaphoreSlim Stripe(int row) => _stripes[(uint)row % (uint)_stripes.Length];

    private sealed class Held(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
