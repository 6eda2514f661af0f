using Microsoft.Extensions.Logging;

namespace SockSort.Host.Parts;

/// <summary>
/// The parts of one process, started in the order in which they are added and ended in reverse. The host knows the name, the end and the
/// health of each part, but not what it does.
/// </summary>
/// <param name="loggers">Receive the starts, ends and failures of parts.</param>
/// <remarks>
/// A part is added by starting it, with everything that it needs, so no part is ever half-built. Parts are added on one thread; their
/// health may be read on any.
/// </remarks>
public sealed class PartHost(ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger _log = loggers.CreateLogger<PartHost>();
    private readonly Lock _gate = new();
    private readonly List<Part> _parts = [];
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Loggers for the parts.</summary>
    public ILoggerFactory Loggers => loggers;

    /// <summary>The running parts in the order of their start.</summary>
    public IReadOnlyList<PartStatus> Parts
    {
        get
        {
            lock (_gate)
                return [.. _parts.Select(part => new PartStatus(part.Name, part.Health()))];
        }
    }

    /// <summary>Adds a part that is ready at once.</summary>
    /// <param name="name">The part's name, as <c>log</c> or <c>camera desk</c>.</param>
    /// <param name="open">Creates the part; its exceptions are passed on unchanged.</param>
    /// <param name="health">Returns the health at any time while the part runs; null if the part is healthy as long as it exists.</param>
    public T Open<T>(string name, Func<T> open, Func<T, PartHealth>? health = null)
        where T : notnull
    {
        try
        {
            return Keep(name, open(), health);
        }
        catch (Exception error)
        {
            _log.PartNotStarted(name, error.Message);
            throw;
        }
    }

    /// <summary>Adds a part that is started asynchronously.</summary>
    /// <param name="name">The part's name, as <c>log</c> or <c>camera desk</c>.</param>
    /// <param name="start">Starts the part; its exceptions are passed on unchanged.</param>
    /// <param name="health">Returns the health at any time while the part runs; null if the part is healthy as long as it exists.</param>
    public async Task<T> StartAsync<T>(string name, Func<Task<T>> start, Func<T, PartHealth>? health = null)
        where T : notnull
    {
        try
        {
            return Keep(name, await start(), health);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _log.PartNotStarted(name, error.Message);
            throw;
        }
    }

    /// <summary>Adds a part that is a background task. If it fails, <see cref="WaitAsync"/> ends.</summary>
    /// <param name="name">The part's name, as <c>log</c> or <c>camera desk</c>.</param>
    /// <param name="work">The work, which runs until it is cancelled.</param>
    /// <returns>A task that completes when the work ends, and never fails.</returns>
    public Task Run(string name, Func<CancellationToken, Task> work)
    {
        var running = new RunningWork(name, work, Fail);
        Keep(name, running, _ => running.Health);
        return running.Ended;
    }

    /// <summary>Waits until <paramref name="end"/> is cancelled or a background task has failed.</summary>
    /// <exception cref="PartException">A background task has failed; the message names the part.</exception>
    public async Task WaitAsync(CancellationToken end)
    {
        var first = await Task.WhenAny(_failed.Task, Task.Delay(Timeout.InfiniteTimeSpan, end));
        if (first == _failed.Task)
            await first;
    }

    /// <summary>Ends all parts, the newest first. If one fails to end, that is logged and the others are ended all the same.</summary>
    public async ValueTask DisposeAsync()
    {
        while (Newest() is { } part)
        {
            try
            {
                await part.EndAsync();
                _log.PartEnded(part.Name);
            }
            catch (Exception error)
            {
                _log.PartNotEnded(part.Name, error.Message);
            }
            lock (_gate)
                _parts.Remove(part);
        }
    }

    private T Keep<T>(string name, T part, Func<T, PartHealth>? health)
        where T : notnull
    {
        lock (_gate)
            _parts.Add(new Part(name, () => EndAsync(part), () => health?.Invoke(part) ?? PartHealth.Good));
        _log.PartStarted(name);
        return part;
    }

    private Part? Newest()
    {
        lock (_gate)
            return _parts.LastOrDefault();
    }

    private void Fail(string name, Exception error)
    {
        _log.PartFailed(name, error.Message);
        _failed.TrySetException(new PartException(name, error));
    }

    private static async Task EndAsync(object part)
    {
        if (part is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else if (part is IDisposable disposable)
            disposable.Dispose();
    }

    private sealed record Part(string Name, Func<Task> EndAsync, Func<PartHealth> Health);
}
