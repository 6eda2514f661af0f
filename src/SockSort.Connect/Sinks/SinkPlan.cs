using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;

namespace SockSort.Connect.Sinks;

/// <summary>What becomes of a sink's configuration: a reader of its topics, which gives what it reads to the class's task.</summary>
internal sealed class SinkPlan : IConnectorPlan
{
    private readonly string _name;
    private readonly ISinkConnector _connector;
    private readonly ConfigValues _values;
    private readonly ConnectorPlace _place;

    /// <exception cref="ConnectException">The configuration can't be used.</exception>
    public SinkPlan(string name, ISinkConnector connector, ConfigValues values, ConnectorPlace place)
    {
        (_name, _connector, _values, _place) = (name, connector, values, place);
        ErrantKeys.Check(values);
        connector.Check(name, values);
    }

    public IReadOnlyList<string> Topics => _values.List(SinkKeys.Topics);

    public IReadOnlyList<string> Notes => _values.Notes;

    /// <summary>Nothing: the log keeps its offsets, also when it is dropped, as Kafka keeps those of a connector's group.</summary>
    public IKept? Kept => null;

    public IReadOnlyList<IKept> LeftBehind => [];

    public string? Problem => null;

    public IReadOnlyList<string> StartNotes(IReadOnlyList<IKept> ended) => [];

    /// <summary>Its secrets are read anew each time that the place is opened.</summary>
    public IConnectorTask Begin(Func<IConnectorPlan> planAgain) =>
        new SinkRunner(_name, Topics, _place, state => ((SinkPlan)planAgain()).Open(state));

    private ISinkTask Open(byte[]? state) => _connector.Open(_name, _values, state);

    /// <returns>Null: what comes meanwhile stays in the log.</returns>
    public IDisposable? Refuse() => null;
}
