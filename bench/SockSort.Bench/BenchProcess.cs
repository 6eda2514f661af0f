using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SockSort.Bench;

/// <summary>This program in a process of its own, as a part of a job that is measured by itself.</summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly string _name;

    private BenchProcess(Process process, string name)
    {
        (_process, _name) = (process, name);
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>Processor time since its start.</summary>
    public TimeSpan Processor => Refreshed().TotalProcessorTime;

    /// <summary>The memory that it has now.</summary>
    public long Bytes => Refreshed().WorkingSet64;

    /// <summary>The largest memory that it has had.</summary>
    public long PeakBytes => Refreshed().PeakWorkingSet64;

    /// <summary>Starts it, and makes of it what it serves.</summary>
    /// <param name="start">How it is started; its output is read here.</param>
    /// <param name="name">What errors call it: <c>the server</c>.</param>
    /// <param name="make">Reads what it says at its start; where that fails, the process is ended.</param>
    /// <exception cref="BenchException">It does not start.</exception>
    public static async Task<T> StartAsync<T>(ProcessStartInfo start, string name, Func<BenchProcess, Task<T>> make)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = new BenchProcess(Process.Start(start)!, name);
        try
        {
            var made = await make(process);
            // Nobody reads on, and a full pipe would hold it up.
            _ = process._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return made;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a line of its output.</summary>
    /// <returns>The first group of the pattern.</returns>
    /// <exception cref="BenchException">It has ended before.</exception>
    public async Task<string> LineAsync(Regex pattern, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartTime);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (pattern.Match(line) is { Success: true } match)
                return match.Groups[1].Value;
        }
        throw new BenchException($"{_name} has ended at its start: {await _errors}");
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task EndedAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private Process Refreshed()
    {
        _process.Refresh();
        return _process;
    }
}
