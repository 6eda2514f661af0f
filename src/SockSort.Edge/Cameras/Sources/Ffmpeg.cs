using System.ComponentModel;
using System.Diagnostics;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>One run of the program ffmpeg: its output, what it says, its end.</summary>
internal sealed class Ffmpeg : IAsyncDisposable
{
    // A driver that hangs holds its process for as long as it likes.
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

    /// <summary>Standard output.</summary>
    public Stream Output { get; }

    /// <summary>What it has said up to now.</summary>
    public FfmpegLog Log { get; }

    /// <param name="source">The camera that needs it, for the message.</param>
    /// <param name="searchPath">Folders as in the environment variable PATH.</param>
    /// <returns>Absolute path of the program.</returns>
    /// <exception cref="CameraException">It is in none of the folders.</exception>
    public static string Find(string source, string searchPath) =>
        Launcher.Find("ffmpeg", searchPath) ?? throw CameraErrors.NoFfmpeg(source);

    /// <param name="program">Absolute path.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="arguments">What it does with it.</param>
    /// <param name="log">Hears what it says.</param>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static Ffmpeg Start(string program, FfmpegInput input, IEnumerable<string> arguments, FfmpegLog log)
    {
        var command = Launcher.CommandLine(program, Environment.GetEnvironmentVariable("PATH") ?? "");
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

    /// <summary>Waits for the end; 0 = all went well.</summary>
    public async Task<int> ExitCodeAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        await _listening.WaitAsync(cancel);
        return _process.ExitCode;
    }

    /// <summary>Ends the child at once; no matter whether it has ended already.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended in the meantime.
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
    /// The system takes the end of the thread that started a child for the end of its parent: this one lasts as long as the child does.
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
    /// The broker's and the camera's passwords are no business of the child, whose environment others may be able to read.
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
            // Either side has ended: ffmpeg's exit tells what came of it.
        }
    }
}
