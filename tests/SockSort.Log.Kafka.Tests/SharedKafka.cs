using SockSort.Log.Kafka.Addresses;
using SockSort.Log.Kafka.Tests;
using SockSort.Testing;

[assembly: AssemblyFixture(typeof(SharedKafka))]
// One broker serves all classes, and each test begins with an empty one.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace SockSort.Log.Kafka.Tests;

/// <summary>The broker of all tests of this room. It starts with the first test that asks for it, and is stopped after the last.</summary>
public sealed class SharedKafka : IAsyncDisposable
{
    private KafkaServer? _server;

    /// <summary>The running broker; the test is skipped, by name, where there is no kit.</summary>
    public async Task<KafkaServer> ServerAsync() => _server ??= await KafkaServer.StartAsync();

    /// <summary>A log without topics.</summary>
    public async Task<KafkaLog> OpenEmptyAsync(TimeProvider? clock = null)
    {
        var server = await ServerAsync();
        var log = KafkaLog.Open(KafkaAddress.Parse(server.Address), clock: clock);
        log.Clear();
        return log;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
