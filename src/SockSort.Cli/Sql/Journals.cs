using SockSort.Cli.Brokers;
using SockSort.Host.Parts;
using SockSort.Mqtt;
using SockSort.Sql.Engine;

namespace SockSort.Cli.Sql;

/// <summary>What a service tells of its engine, connectors and broker.</summary>
internal static class Journals
{
    public static void Start(PartHost host, SqlEngine engine, EmbeddedBroker? broker, TextWriter error)
    {
        var connectors = new ConnectorJournal(() => engine.Connectors, error, TimeProvider.System);
        _ = host.Run("journal", new EngineJournal(engine.Snapshot, connectors, error, TimeProvider.System).RunAsync);
        if (broker is null)
            return;
        var journal = new Journal(error, TimeProvider.System);
        _ = host.Run("broker's journal", new BrokerJournal(() => broker.Counts, journal.Tell, TimeProvider.System).RunAsync);
    }
}
