using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;

namespace SockSort.Connect.Sinks;

/// <summary>What becomes of a sink's configuration: a reader of its topics, which gives what it reads to the class's task.</summary>
internal sealed class SinkPlan(string name, ISinkConnector connector, ConfigValues values, ConnectorPlace place) : IConnectorPlan
{
    public IReadOnlyList<string> Topics => values.List(SinkKeys.Topics);

    public IReadOnlyList<string> Notes => values.Notes;

    /// <summary>Nothing: the log keeps its offsets, also when it is dropped, as Kafka keeps those of a connector's group.</summary>
    public IKept? Kept => null;

    public IReadOnlyList<IKept> LeftBehind => [];

    public string? Problem => null;

    public IReadOnlyList<string> StartNotes(IReadOnlyList<IKept> ended) => [];

    public IConnectorTask Begin(Func<IConnectorPlan> planAgain) =>
        new SinkRunner(name, Topics, place, state => connector.Open(name, values, state));

    /// <returns>Null: what comes meanwhile stays in the log.</returns>
    public IDisposable? Refuse() => null;
}
