using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace SockSort.Testing;

/// <summary>
/// The program at a terminal: keys go in, what would be on the screen comes out. The terminal is a real pseudo-terminal, made by
/// util-linux's <c>script</c>.
/// </summary>
public sealed partial class TerminalProcess : IAsyncDisposable
{
    public const string CtrlA = "\x01";
    public const string CtrlC = "\x03";
    public const string CtrlD = "\x04";
    public const string Tab = "\t";
    public const string Enter = "\r";
    public const string Up = "\x1b[A";
    public const string Backspace = "\x7f";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;

    private TerminalProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>All that was written so far, without what moves the cursor or colours.</summary>
    public string Text
    {
        get
        {
            lock (_output)
                return Sequences().Replace(_output.ToString(), "").Replace("\r", "", StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Starts <c>socksort</c> in a terminal of 40 lines of 120 characters; the test is skipped where <c>script</c> is absent.
    /// </summary>
    /// <param name="home">The user's own folder, where the history lies.</param>
    /// <param name="arguments">One each, without blanks.</param>
    public static TerminalProcess Start(string home, params string[] arguments)
    {
        var command =
            $"stty rows 40 cols 120; exec dotnet {Repository.PathOf(".build/bin/SockSort.Cli/release/socksort.dll")} "
                + $"{string.Join(' ', arguments)}";
        var start = new ProcessStartInfo(Programs.Find("script"), ["-q", "-e", "-c", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["HOME"], start.Environment["TERM"]) = (home, "xterm");
        return new TerminalProcess(Process.Start(start)!);
    }

    /// <summary>Types keys.</summary>
    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Types keys, and waits until a text is there that was not before, so many times.</summary>
    public async Task<string> TypeAsync(string keys, string until, int times = 1)
    {
        var before = Text.Length;
        await TypeAsync(keys);
        await SeeAsync(until, before, times);
        return Text[before..];
    }

    /// <summary>Waits for a text.</summary>
    public Task SeeAsync(string text) => SeeAsync(text, from: 0, times: 1);

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task SeeAsync(string text, int from, int times)
    {
        for (var clock = Stopwatch.StartNew(); Count(text, from) < times; await Task.Delay(TimeSpan.FromMilliseconds(20)))
        {
            if (_process.HasExited || clock.Elapsed > Patience)
                Assert.Fail($"'{text}' was not seen {times} "
                    + $"times{(_process.HasExited ? $" before the end with {_process.ExitCode}" : "")}:\n{Text}");
        }
    }

    private int Count(string text, int from) => Text[from..].Split(text).Length - 1;

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer) is > 0 and var length)
        {
            lock (_output)
                _ = _output.Append(buffer, 0, length);
        }
    }

    [GeneratedRegex("\x1b(\\[[0-9;?]*[A-Za-z]|[=>])")]
    private static partial Regex Sequences();
}
