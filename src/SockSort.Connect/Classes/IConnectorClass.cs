using SockSort.Connect.Configuration;

namespace SockSort.Connect.Classes;

/// <summary>A connector class, which <c>connector.class</c> names.</summary>
internal interface IConnectorClass
{
    /// <summary>The full Java class name, as Kafka Connect's users write it. A configuration may give only its last part.</summary>
    string ClassName { get; }

    ConnectorKind Kind { get; }

    /// <summary>The definitions of the configuration keys that the class knows.</summary>
    ConfigDef Config { get; }

    /// <summary>Checks a configuration and returns the plan for it. Nothing is started.</summary>
    /// <param name="name">The connector's name.</param>
    /// <param name="values">The configuration, already checked against <see cref="Config"/>.</param>
    /// <exception cref="ConnectException">The configuration can't be used.</exception>
    IConnectorPlan Plan(string name, ConfigValues values);
}
