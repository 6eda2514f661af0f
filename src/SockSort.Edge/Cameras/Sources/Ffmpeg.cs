using System.Diagnostics;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>One run of the program ffmpeg: its output, its last word, its end.</summary>
internal sealed class Ffmpeg : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _listening;

    private Ffmpeg(Process process)
    {
        _process = process;
        Output = new BufferedStream(process.StandardOutput.BaseStream, 1 << 16);
        _listening = ListenAsync();
    }

    /// <summary>Standard output.</summary>
    public Stream Output { get; }

    /// <summary>The last line that is not empty on standard error; empty where there was none.</summary>
    public string LastErrorLine { get; private set; } = "";

    /// <param name="source">The camera that needs it, for the message.</param>
    /// <param name="searchPath">Folders as in the environment variable PATH.</param>
    /// <returns>Absolute path of the program.</returns>
    /// <exception cref="CameraException">It is in none of the folders.</exception>
    public static string Find(string source, string searchPath)
    {
        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        return searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists) ?? throw CameraErrors.NoFfmpeg(source);
    }

    public static Ffmpeg Start(string program, IEnumerable<string> arguments)
    {
        string[] quiet = ["-nostdin", "-hide_banner", "-loglevel", "error"];
        var start = new ProcessStartInfo(program, quiet.Concat(arguments))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new Ffmpeg(Process.Start(start)!);
    }

    /// <summary>Waits for the end; 0 = all went well.</summary>
    public async Task<int> ExitCodeAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        await _listening;
        return _process.ExitCode;
    }

    /// <summary>Ends the child at once; no matter whether it has ended already.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended in the meantime.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        await _listening;
        _process.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Trim().Length > 0)
                LastErrorLine = line.Trim();
        }
    }
}
