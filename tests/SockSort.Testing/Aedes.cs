using System.Collections.Concurrent;
using System.Diagnostics;

namespace SockSort.Testing;

/// <summary>npm's aedes, a broker that speaks MQTT 3.1 and 3.1.1 only; it asks for no user.</summary>
public sealed class Aedes : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private Aedes(Process process, int port)
    {
        (_process, Port) = (process, port);
        process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
    }

    public int Port { get; }

    public string Uri => $"mqtt://127.0.0.1:{Port}";

    /// <summary>What clients have published: topic and payload.</summary>
    public IEnumerable<string> Messages => _lines.Skip(1);

    /// <summary>Starts it, or skips the test where it is not installed.</summary>
    /// <param name="only">
    /// The one topic that may be published to: it closes the connection of whoever uses another; null allows all.
    /// </param>
    public static async Task<Aedes> StartAsync(string? only = null)
    {
        var package = NpmPackages.Find("aedes");
        var port = FreePort.Next();
        string[] arguments =
        [
            Repository.PathOf("tests/SockSort.Testing/aedes.cjs"),
            package,
            $"{port}",
            .. only is null ? Array.Empty<string>() : [only],
        ];
        var aedes = new Aedes(
            Process.Start(new ProcessStartInfo(Programs.Find("node"), arguments) { RedirectStandardOutput = true })!, port);
        await Eventually.TrueAsync(() => !aedes._lines.IsEmpty, "aedes listens");
        return aedes;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
