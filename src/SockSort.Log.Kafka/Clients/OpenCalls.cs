namespace SockSort.Log.Kafka.Clients;

/// <summary>Keeps a handle of the client library from being freed while calls are on in it, and lets none begin after that.</summary>
/// <remarks>librdkafka does not count its users: a call in a handle that is freed works on freed memory, which ends the process.</remarks>
internal sealed class OpenCalls(KafkaErrors errors)
{
    // Guards both below, and is pulsed when a call ends.
    private readonly object _gate = new();
    private int _calls;
    private bool _isClosed;

    /// <exception cref="LogException">It is closed, or what the call throws.</exception>
    public T Do<T>(Func<T> call)
    {
        lock (_gate)
        {
            if (_isClosed)
                throw errors.Closed();
            _calls++;
        }
        try
        {
            return call();
        }
        finally
        {
            lock (_gate)
            {
                _calls--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Lets no further call begin, and waits for those that are on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            while (_calls > 0)
                _ = Monitor.Wait(_gate);
        }
    }
}
