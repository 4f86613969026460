namespace Layers.PatchGen.Storage;

/// <summary>A queued write. It is either started by the writer or canceled by its caller, never both.</summary>
internal abstract class WriteItem
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Canceled = 2;

    private int _state = Waiting;

    /// <summary>Starts the item, after which it cannot be canceled; false when it already was.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    /// <summary>Does the work inside a transaction. Its exception is kept for the caller.</summary>
    public abstract void Run(IFileSession session);

    /// <summary>Completes the caller's task with the outcome of the work, which is now on the disk.</summary>
    public abstract void Acknowledge();

    /// <summary>Fails the caller's task; nothing was changed.</summary>
    public abstract void Fail(Exception exception);

    protected bool TryCancel() => Interlocked.CompareExchange(ref _state, Canceled, Waiting) == Waiting;
}

/// <inheritdoc cref="WriteItem"/>
internal sealed class WriteItem<T> : WriteItem
{
    // The writer's thread must never run the caller's code.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<IFileSession, T> _work;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _registration;
    private T? _result;
    private Exception? _exception;

    public WriteItem(Func<IFileSession, T> work, CancellationToken cancellationToken)
    {
        _work = work;
        _cancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static item => ((WriteItem<T>)item!).Cancel(), this);
    }

    public Task<T> Task => _done.Task;

    public override void Run(IFileSession session)
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

    private void Cancel()
    {
        if (TryCancel())
        {
            _done.SetCanceled(_cancellationToken);
        }
    }
}
