
namespace SockSort.Mqtt.Broker.Clients;

/// <summary>Wakes one waiter; set several times before it waits, it wakes it once.</summary>
internal sealed class Signal
{
    private readonly SemaphoreSlim _set = new(0, 1);
    private int _isSet;

    public void Set()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
            _ = _set.Release();
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _set.WaitAsync(cancellationToken);
        // With a fence: what was added before a Set that found it set is seen by who waited.
        _ = Interlocked.Exchange(ref _isSet, 0);
    }
}
