using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SockSort.Testing;

/// <summary>The program as a user runs it: a process of its own, whose lines can be waited for.</summary>
public sealed partial class SocksortProcess : IAsyncDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminated = 15;
    private const int Continued = 18;
    private const int Stopped = 19;
    // Ends a program that hangs, and is never met by one that only has to share its processors.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly bool _isTraced;

    private SocksortProcess(Process process, bool isTraced) => (_process, _isTraced) = (process, isTraced);

    /// <summary>Everything that was printed so far, both channels, line by line.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>The system's number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts <c>socksort</c> with these arguments.</summary>
    /// <param name="arguments">One each, unquoted.</param>
    /// <param name="folder">Working folder; the checkout's root where it is not given.</param>
    /// <param name="environment">Variables beyond the test's own.</param>
    /// <param name="trace">Watches whom it speaks to; null for nobody.</param>
    public static SocksortProcess Start(
        IEnumerable<string> arguments, string? folder =
            null, IReadOnlyDictionary<string, string>? environment = null, NetworkTrace? trace = null)
    {
        string[] line =
        [
            .. trace?.Launcher ?? [],
            "dotnet",
            Repository.PathOf(".build/bin/SockSort.Cli/release/socksort.dll"),
            .. arguments,
        ];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var running = new SocksortProcess(new Process { StartInfo = start }, isTraced: trace is not null);
        running._process.OutputDataReceived += running.Take;
        running._process.ErrorDataReceived += running.Take;
        _ = running._process.Start();
        running._process.StandardInput.Close();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Runs to the end; fails the test where it hangs.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, string? folder = null)
    {
        await using var running = Start(arguments, folder);
        var exitCode = await running.EndAsync();
        return (exitCode, running.Output);
    }

    /// <summary>Waits for a line that matches, and gives the match.</summary>
    public async Task<Match> LineAsync(string pattern, TimeSpan? timeout = null)
    {
        var clock = Stopwatch.StartNew();
        var limit = timeout ?? DefaultTimeout;
        var seen = 0;
        while (true)
        {
            foreach (var line in _lines.Skip(seen))
            {
                seen++;
                if (Regex.Match(line, pattern) is { Success: true } match)
                    return match;
            }
            if (_process.HasExited && seen == _lines.Count)
                Assert.Fail($"it ended with {_process.ExitCode} before a line like '{pattern}':\n{Output}");
            if (clock.Elapsed > limit)
                Assert.Fail($"no line like '{pattern}' within {limit.TotalSeconds:0} s:\n{Output}");
            _ = await _arrived.WaitAsync(TimeSpan.FromMilliseconds(200));
        }
    }

    /// <summary>Presses Ctrl-C.</summary>
    public void PressCtrlC() => Signal(Interrupt);

    /// <summary>Holds it up: it does nothing until <see cref="Continue"/>.</summary>
    public void Stop() => Signal(Stopped);

    /// <summary>Lets it go on.</summary>
    public void Continue() => Signal(Continued);

    /// <summary>SIGTERM: what systems and containers end a program with.</summary>
    public void Terminate() => Signal(Terminated);

    /// <summary><c>kill -9</c>; returns when the process is gone.</summary>
    public async Task KillAsync()
    {
        Signal(Kill);
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> EndAsync(TimeSpan? timeout = null)
    {
        using var limit = new CancellationTokenSource(timeout ?? DefaultTimeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"still running after {(timeout ?? DefaultTimeout).TotalSeconds:0} s:\n{Output}");
        }
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _arrived.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        _lines.Enqueue(line.Data);
        _ = _arrived.Release();
    }

    private void Signal(int signal)
    {
        // strace keeps signals to itself.
        var target = _isTraced ? ChildProcesses.IdsOf(_process.Id).FirstOrDefault(_process.Id) : _process.Id;
        if (SendSignal(target, signal) != 0 && !_process.HasExited)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    // 0 = sent, -1 = error
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
