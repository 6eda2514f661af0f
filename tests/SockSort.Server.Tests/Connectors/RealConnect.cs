using SockSort.Testing;

namespace SockSort.Server.Tests.Connectors;

/// <summary>Kafka Connect itself, over a broker of its own: the kit's, or the test is skipped.</summary>
internal sealed class RealConnect : IAsyncDisposable
{
    private readonly KafkaServer _kafka;
    private readonly TempFolder _folder;

    private RealConnect(KafkaServer kafka, TempFolder folder, Uri address)
    {
        (_kafka, _folder) = (kafka, folder);
        Client = new ConnectClient(address);
    }

    public ConnectClient Client { get; }

    public string FileFor(string name) => _folder.File(name);

    public static async Task<RealConnect> StartAsync(string topic)
    {
        var folder = new TempFolder();
        var kafka = await KafkaServer.StartAsync();
        _ = await TestKit.RunAsync("kafka/topics", "--bootstrap-server", kafka.Bootstrap, "--create", "--topic", topic);
        var worker = await TestKit.RunAsync("connect/start", folder.File("connect"), kafka.Bootstrap, "0");
        return new RealConnect(kafka, folder, new Uri(worker.Values.First()));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _ = await TestKit.RunAsync("connect/stop", _folder.File("connect"), "--kill");
        await _kafka.DisposeAsync();
        _folder.Dispose();
    }
}
