using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;

namespace SockSort.Connect.Sinks;

/// <summary>The plan of a sink: a reader of its topics, which passes the records to the task of the connector class.</summary>
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

    /// <summary>
    /// Always null: the log keeps the sink's offsets, even after a drop, as Kafka keeps those of a connector's consumer group.
    /// </summary>
    public IKept? Kept => null;

    public IReadOnlyList<IKept> LeftBehind => [];

    public string? Problem => null;

    public IReadOnlyList<string> StartNotes(IReadOnlyList<IKept> ended) => [];

    /// <summary>Starts the sink. Its secrets are read again each time that the destination is opened.</summary>
    public IConnectorTask Begin(Func<IConnectorPlan> planAgain) =>
        new SinkRunner(_name, Topics, _place, state => ((SinkPlan)planAgain()).Open(state));

    private ISinkTask Open(byte[]? state) => _connector.Open(_name, _values, state);

    /// <returns>Always null, since new records wait in the log.</returns>
    public IDisposable? Refuse() => null;
}
