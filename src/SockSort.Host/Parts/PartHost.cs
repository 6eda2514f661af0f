using Microsoft.Extensions.Logging;

namespace SockSort.Host.Parts;

/// <summary>
/// The parts of one process: started in the order in which they are added, ended in the reverse one. It knows of each a name, an end and a
/// health, and nothing of what it does.
/// </summary>
/// <param name="loggers">Told of what starts, ends and fails.</param>
/// <remarks>
/// A part is added by starting it, and what it needs is given to it then: there is no time in which a part is there and not yet whole.
/// Parts are added by one thread; their health may be asked for by any.
/// </remarks>
public sealed class PartHost(ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger _log = loggers.CreateLogger<PartHost>();
    private readonly Lock _gate = new();
    private readonly List<Part> _parts = [];
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>For the parts.</summary>
    public ILoggerFactory Loggers => loggers;

    /// <summary>All that run, in the order of their start.</summary>
    public IReadOnlyList<PartStatus> Parts
    {
        get
        {
            lock (_gate)
                return [.. _parts.Select(part => new PartStatus(part.Name, part.Health()))];
        }
    }

    /// <summary>Adds a part that is there at once.</summary>
    /// <param name="name">As in <c>log</c> or <c>camera desk</c>.</param>
    /// <param name="open">Opens it; its errors are passed on as they are.</param>
    /// <param name="health">Asked at any time while it runs; null where it is well as long as it is there.</param>
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

    /// <summary>Adds a part that takes time to start.</summary>
    /// <param name="name">As in <c>log</c> or <c>camera desk</c>.</param>
    /// <param name="start">Starts it; its errors are passed on as they are.</param>
    /// <param name="health">Asked at any time while it runs; null where it is well as long as it is there.</param>
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

    /// <summary>Adds a part that is a piece of work. Where it fails, <see cref="WaitAsync"/> ends.</summary>
    /// <param name="name">As in <c>log</c> or <c>camera desk</c>.</param>
    /// <param name="work">Runs until cancelled.</param>
    /// <returns>Ends with the work, and never fails.</returns>
    public Task Run(string name, Func<CancellationToken, Task> work)
    {
        var running = new RunningWork(name, work, Fail);
        Keep(name, running, _ => running.Health);
        return running.Ended;
    }

    /// <summary>Waits until <paramref name="end"/> is cancelled, or a piece of work has failed.</summary>
    /// <exception cref="PartException">It has; the message names it.</exception>
    public async Task WaitAsync(CancellationToken end)
    {
        var first = await Task.WhenAny(_failed.Task, Task.Delay(Timeout.InfiniteTimeSpan, end));
        if (first == _failed.Task)
            await first;
    }

    /// <summary>Ends all parts, the newest first. One that cannot be ended is told of, and the others are ended all the same.</summary>
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
