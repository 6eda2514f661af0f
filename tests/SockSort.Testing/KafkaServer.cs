using System.Globalization;
using System.Net.Sockets;

namespace SockSort.Testing;

/// <summary>A Kafka broker of the test's own on free ports, without and with a login; skipped, by name, where there is no kit.</summary>
public sealed class KafkaServer : IAsyncDisposable
{
    public const string User = "sock";
    public const string Password = "sock-secret";

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new() { ["KAFKA_SASL_PORT"] = "0", ["START_TIMEOUT"] = "120" };
    private IReadOnlyDictionary<string, string> _started = new Dictionary<string, string>();
    private int _disks = 1;

    private KafkaServer()
    {
    }

    /// <summary>Host and port of the listener without login.</summary>
    public string Bootstrap => _started["bootstrap"];

    /// <summary>Host and port of the listener with a login by SASL/PLAIN.</summary>
    public string SaslBootstrap => _started["sasl_bootstrap"];

    /// <summary>The address of the log on it.</summary>
    public string Address => $"kafka://{Bootstrap}";

    /// <param name="properties">Further lines of the broker's configuration; the last one of a name counts.</param>
    /// <param name="port">Of the listener without login; 0 for a free one.</param>
    /// <param name="environment">More variables of the start script.</param>
    public static async Task<KafkaServer> StartAsync(
        string properties = "", int port = 0, IReadOnlyDictionary<string, string>? environment = null)
    {
        var server = new KafkaServer();
        try
        {
            server._environment["KAFKA_PROPERTIES"] = server._folder.Write("more.properties", properties);
            foreach (var (name, value) in environment ?? new Dictionary<string, string>())
                server._environment[name] = value;
            server._started = await TestKit.RunAsync("kafka/start", [server.Data, $"{port}"], server._environment);
            return server;
        }
        catch
        {
            server._folder.Dispose();
            throw;
        }
    }

    /// <summary>Kills it, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _ = await TestKit.RunAsync("kafka/stop", Data, "--kill");
        // Of a process that counts as dead some threads may still hold the port.
        await Eventually.TrueAsync(() => !Listens(), "the broker's port is free");
    }

    /// <summary>Starts it again on its old ports, with what it had.</summary>
    public async Task StartAgainAsync() => _started = await TestKit.RunAsync("kafka/start", [Data], _environment);

    /// <summary>Starts it, after a kill, on its old ports with an empty disk.</summary>
    public async Task StartEmptyAsync()
    {
        _disks++;
        _environment["KAFKA_SASL_PORT"] = PortOf(SaslBootstrap);
        _started = await TestKit.RunAsync("kafka/start", [Data, PortOf(Bootstrap)], _environment);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private string Data => _folder.File($"kafka-{_disks}");

    private static string PortOf(string bootstrap) => bootstrap[(bootstrap.LastIndexOf(':') + 1)..];

    private bool Listens()
    {
        try
        {
            var colon = Bootstrap.LastIndexOf(':');
            using var client = new TcpClient(Bootstrap[..colon], int.Parse(PortOf(Bootstrap), CultureInfo.InvariantCulture));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
