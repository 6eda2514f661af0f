using SockSort.Connect.Configuration;

namespace SockSort.Connect.Classes;

/// <summary>A class of connectors that <c>connector.class</c> may name.</summary>
internal interface IConnectorClass
{
    /// <summary>In full, as Kafka Connect's users write it; its last part will do.</summary>
    string ClassName { get; }

    ConnectorKind Kind { get; }

    /// <summary>The keys that it knows.</summary>
    ConfigDef Config { get; }

    /// <summary>Checks a configuration and says what becomes of it; nothing is begun.</summary>
    /// <param name="name">The connector's.</param>
    /// <param name="values">Checked against <see cref="Config"/>.</param>
    /// <exception cref="ConnectException">The configuration can't be used.</exception>
    IConnectorPlan Plan(string name, ConfigValues values);
}
