using System.ComponentModel;
using System.Diagnostics;
using SockSort.Shared;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>One process of the program ffmpeg: its output, its log and its exit code.</summary>
internal sealed class Ffmpeg : IAsyncDisposable
{
    // A driver that hangs may hold its process for any time, so disposal does not wait longer than this.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);

    private static readonly string[] SecretNames = ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "CREDENTIAL"];

    private readonly Process _process;
    private readonly Task _listening;
    private readonly Task _feeding;

    private Ffmpeg(Process process, FfmpegLog log, Task listening, FfmpegInput input)
    {
        _process = process;
        Log = log;
        _listening = listening;
        Output = new BufferedStream(process.StandardOutput.BaseStream, 1 << 16);
        _feeding = FeedAsync(input);
    }

    /// <summary>Standard output of the process: the frames.</summary>
    public Stream Output { get; }

    /// <summary>Log of the process up to now.</summary>
    public FfmpegLog Log { get; }

    /// <param name="source">Name of the camera that needs ffmpeg, for the error message.</param>
    /// <param name="searchPath">Folders, separated as in the environment variable PATH.</param>
    /// <returns>Absolute path of the program ffmpeg.</returns>
    /// <exception cref="CameraException">None of the folders holds ffmpeg.</exception>
    public static string Find(string source, string searchPath) =>
        SearchPath.Find("ffmpeg", searchPath) ?? throw CameraErrors.NoFfmpeg(source);

    /// <param name="program">Absolute path of ffmpeg.</param>
    /// <param name="input">Input that ffmpeg reads.</param>
    /// <param name="arguments">Arguments after the input: filters and output.</param>
    /// <param name="log">Receives each line of standard error.</param>
    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    public static Ffmpeg Start(string program, FfmpegInput input, IEnumerable<string> arguments, FfmpegLog log)
    {
        var command = Launcher.CommandLine(program, SearchPath.OfProcess);
        string[] quiet = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+info"];
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. quiet, .. input.Arguments, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        WithholdSecrets(start.Environment);
        var (process, listening) = StartOnOwnThread(start, log);
        return new Ffmpeg(process, log, listening, input);
    }

    /// <summary>Waits for the process to end and returns its exit code; 0 means success.</summary>
    public async Task<int> ExitCodeAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        await _listening.WaitAsync(cancel);
        return _process.ExitCode;
    }

    /// <summary>Kills the process at once; does nothing if it has already ended.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // The process ended in the meantime.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Task.WhenAll(_process.WaitForExitAsync(), _listening, _feeding)
            .WaitAsync(LongestEnd)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
    }

    /// <summary>
    /// Starts the process on a thread that lives as long as it does: <c>setpriv --pdeathsig</c> kills a child when the thread that started
    /// it ends, not only when the whole parent does.
    /// </summary>
    private static (Process Process, Task Listening) StartOnOwnThread(ProcessStartInfo start, FfmpegLog log)
    {
        var started = new TaskCompletionSource<Process>();
        var heard = new TaskCompletionSource();
        new Thread(() =>
        {
            try
            {
                var process = Process.Start(start)!;
                started.SetResult(process);
                Listen(process, log);
            }
            catch (Exception error)
            {
                started.TrySetException(error);
            }
            heard.SetResult();
        })
        { IsBackground = true, Name = "ffmpeg" }.Start();
        return (started.Task.GetAwaiter().GetResult(), heard.Task);
    }

    private static void Listen(Process process, FfmpegLog log)
    {
        while (process.StandardError.ReadLine() is { } line)
            log.Hear(line);
        log.End();
        process.WaitForExit();
    }

    /// <summary>
    /// Removes secrets such as the broker's and the camera's passwords from the child's environment, which others may be able to read.
    /// </summary>
    private static void WithholdSecrets(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(IsSecret).ToList())
            _ = environment.Remove(name);
    }

    private static bool IsSecret(string name) => SecretNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    private async Task FeedAsync(FfmpegInput input)
    {
        try
        {
            await using var target = _process.StandardInput;
            await target.WriteAsync(input.Script);
            await target.FlushAsync();
            if (input.Body is { } body)
                await body.CopyToAsync(target.BaseStream);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // One of the two sides has ended; ffmpeg's exit code tells the consequence.
        }
    }
}
