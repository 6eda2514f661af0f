using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.Sinks;

namespace SockSort.Connect.HttpSink;

/// <summary>Sends records of the log to a web server (a webhook), as Confluent's connector of this name does.</summary>
internal sealed class HttpSinkConnector(ConnectorPlace place) : ISinkConnector
{
    public string ClassName => "io.confluent.connect.http.HttpSinkConnector";

    public ConfigDef Config => HttpSinkKeys.Definition;

    public IConnectorPlan Plan(string name, ConfigValues values) => new SinkPlan(name, this, values, place);

    public void Check(string name, ConfigValues values) => _ = HttpSinkConfiguration.Of(values);

    public ISinkTask Open(string name, ConfigValues values, byte[]? state) => new HttpSinkTask(name, values, place);
}
