using System.Diagnostics;

namespace SockSort.Testing;

/// <summary>A process of SockSort.Testing.Host, that holds a broker, a connector or an agent; made to be killed.</summary>
public sealed class KilledHost : IDisposable
{
    private readonly Process _process;

    private KilledHost(Process process) => _process = process;

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<KilledHost> StartAsync(params string[] arguments)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(folder.Parent!.Parent!.FullName, "SockSort.Testing.Host", folder.Name, "SockSort.Testing.Host");
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)));
        return new KilledHost(process);
    }

    /// <summary>As <c>kill -9</c>: nothing in it gets to run.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
