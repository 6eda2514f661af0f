using SockSort.Testing;

namespace SockSort.Server.Tests.Connectors;

/// <summary>Kafka Connect itself, over a broker of its own: the kit's, or the test is skipped.</summary>
internal sealed class RealConnect : IAsyncDisposable
{
    private readonly TempFolder _folder;

    private RealConnect(TempFolder folder, Uri address)
    {
        _folder = folder;
        Client = new ConnectClient(address);
    }

    public ConnectClient Client { get; }

    public string FileFor(string name) => _folder.File(name);

    public static async Task<RealConnect> StartAsync(string topic)
    {
        var folder = new TempFolder();
        var broker = (await TestKit.RunAsync("kafka/start", folder.File("kafka"), "0"))["bootstrap"];
        _ = await TestKit.RunAsync("kafka/topics", "--bootstrap-server", broker, "--create", "--topic", topic);
        var worker = await TestKit.RunAsync("connect/start", folder.File("connect"), broker, "0");
        return new RealConnect(folder, new Uri(worker.Values.First()));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _ = await TestKit.RunAsync("connect/stop", _folder.File("connect"), "--kill");
        _ = await TestKit.RunAsync("kafka/stop", _folder.File("kafka"), "--kill");
        _folder.Dispose();
    }
}
