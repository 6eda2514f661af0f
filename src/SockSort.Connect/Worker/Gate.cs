namespace SockSort.Connect.Worker;

/// <summary>Lets one through at a time, until he disposes of what he was given.</summary>
internal sealed class Gate
{
    private readonly SemaphoreSlim _free = new(1, 1);

    public async Task<IDisposable> HoldAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new Held(_free);
    }

    private sealed class Held(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
