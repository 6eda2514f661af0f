using Confluent.Kafka;

namespace SockSort.Log.Kafka.Clients;

/// <summary>Remembers what the client library says of the brokers, since a call that fails later often says only that time is up.</summary>
internal sealed class BrokerNews
{
    private volatile Error? _latest;
    private volatile TaskCompletionSource<Error> _hopeless = New();

    /// <summary>The latest error that says why brokers can't be used; null if there was none since <see cref="Clear"/>.</summary>
    public Error? Latest => _latest;

    /// <summary>Completes when no broker can be reached, or one refuses the login.</summary>
    public Task<Error> Hopeless => _hopeless.Task;

    /// <summary>Takes an error of a client handle.</summary>
    public void Take(Error error)
    {
        // That all brokers are down comes after the error that says why.
        if (error.Code != ErrorCode.Local_AllBrokersDown)
            _latest = error;
        if (error.Code is ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Authentication)
            _ = _hopeless.TrySetResult(_latest ?? error);
    }

    /// <summary>Forgets all, after a call has succeeded.</summary>
    public void Clear()
    {
        _latest = null;
        if (_hopeless.Task.IsCompleted)
            _hopeless = New();
    }

    private static TaskCompletionSource<Error> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
