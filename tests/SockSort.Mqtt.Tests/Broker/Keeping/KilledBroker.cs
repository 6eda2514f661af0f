using System.Diagnostics;

namespace SockSort.Mqtt.Tests.Broker.Keeping;

/// <summary>A broker in a process of its own; made to be killed.</summary>
internal sealed class KilledBroker : IDisposable
{
    private readonly Process _process;

    private KilledBroker(Process process) => _process = process;

    /// <summary>Starts it and waits until it takes clients.</summary>
    public static async Task<KilledBroker> StartAsync(string state, MqttEndpoint endpoint)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(folder.Parent!.Parent!.FullName, "SockSort.Testing.Host", folder.Name, "SockSort.Testing.Host");
        string[] arguments = ["broker", state, $"{endpoint.Port}", endpoint.User!, endpoint.Password!];
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)));
        return new KilledBroker(process);
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
