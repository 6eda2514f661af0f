namespace SockSort.Host.Parts;

/// <summary>A part that is a background task, which runs until the part is disposed of.</summary>
internal sealed class RunningWork : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private volatile string? _problem;

    /// <param name="name">Passed to <paramref name="fail"/>.</param>
    /// <param name="work">The work, which starts at once.</param>
    /// <param name="fail">Called if the work ends with an exception.</param>
    public RunningWork(string name, Func<CancellationToken, Task> work, Action<string, Exception> fail) =>
        Ended = RunAsync(name, work, fail);

    /// <summary>Completes when the work ends; never fails.</summary>
    public Task Ended { get; }

    public PartHealth Health => _problem is { } problem ? PartHealth.Bad(problem) : PartHealth.Good;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Ended;
        _end.Dispose();
    }

    private async Task RunAsync(string name, Func<CancellationToken, Task> work, Action<string, Exception> fail)
    {
        try
        {
            await work(_end.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Cancelled by the host.
        }
        catch (Exception error)
        {
            _problem = error.Message;
            fail(name, error);
        }
    }
}
