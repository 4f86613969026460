namespace Layers.PatchGen.Storage;

/// <summary>A write on its way: waiting, then either taken by the writer or given up by the caller, never both.</summary>
internal abstract class WriteItem<TSession>
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int GivenUp = 2;

    private int _state = Waiting;

    /// <summary>Takes the item, after which its caller can no longer give up; false when he already has.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Does the work inside a transaction. What it throws is kept for the caller.</summary>
    public abstract void Run(TSession session);

    /// <summary>Tells the caller what came of it, now that it is safe on disk.</summary>
    public abstract void Acknowledge();

    /// <summary>Tells the caller that nothing came of it.</summary>
    public abstract void Fail(Exception exception);

    protected bool TryGiveUp() => Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting;
}

/// <inheritdoc cref="WriteItem{TSession}"/>
internal sealed class WriteItem<TSession, T> : WriteItem<TSession>
{
    // The writer's thread must never run the caller's code.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<TSession, T> _work;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _registration;
    private T? _result;
    private Exception? _exception;

    public WriteItem(Func<TSession, T> work, CancellationToken cancellationToken)
    {
        _work = work;
        _cancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static item => ((WriteItem<TSession, T>)item!).GiveUp(), this);
    }

    public Task<T> Task => _done.Task;

    public override void Run(TSession session)
    {
        _exception = null;
        try
        {
            _result = _work(session);
        }
        catch (Exception exception)
        {
            _exception = exception;
        }
    }

    public override void Acknowledge()
    {
        _registration.Unregister();
        if (_exception is null)
        {
            _done.SetResult(_result!);
        }
        else
        {
            _done.SetException(_exception);
        }
    }

    public override void Fail(Exception exception)
    {
        _registration.Unregister();
        _done.SetException(exception);
    }

    private void GiveUp()
    {
        if (TryGiveUp())
        {
            _done.SetCanceled(_cancellationToken);
        }
    }
}
