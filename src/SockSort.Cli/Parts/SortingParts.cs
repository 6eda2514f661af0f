using SockSort.Host.Configuration.Settings;
using SockSort.Sorting.Queries;
using SockSort.Sorting.Sightings;
using SockSort.Sorting.Topics;
using SockSort.Sql.Engine;

namespace SockSort.Cli.Parts;

/// <summary>Sightings and ledger in an engine.</summary>
internal static class SortingParts
{
    /// <summary>Before statements of earlier runs, which may read what it makes.</summary>
    /// <exception cref="SockSort.Sql.SqlException">A name of sorting is taken.</exception>
    public static Task DeclareAsync(SqlEngine engine, SortingConfiguration sorting, CancellationToken cancellation) =>
        SortingQueries.DeclareAsync(engine, sorting.Topic, cancellation);

    /// <summary>After them.</summary>
    public static void Start(SqlEngine engine, SortingConfiguration sorting) =>
        SortingQueries.Start(engine, new SightingOptions { Silence = sorting.Silence });

    /// <summary>The connectors that publish what is counted.</summary>
    public static IReadOnlyList<ConnectorConfiguration> Connectors(SortingConfiguration sorting) => sorting.Mqtt is not { } prefix
        ? []
        :
        [
            Connector("sorting-ledger", SortingNames.Ledger, $"{prefix}/ledger/${{key}}"),
            Connector("sorting-pairs", SortingNames.Pairs, $"{prefix}/pair_found/${{key}}"),
        ];

    private static ConnectorConfiguration Connector(string name, string topic, string mqttTopic) => new()
    {
        Name = name,
        Settings = new Dictionary<string, string>
        {
            ["connector.class"] = "MqttSink",
            ["topics"] = topic,
            ["mqtt.server.uri"] = Secret("MQTT_URI"),
            ["mqtt.username"] = Secret("MQTT_USERNAME"),
            ["mqtt.password"] = Secret("MQTT_PASSWORD"),
            ["mqtt.topic"] = mqttTopic,
            ["mqtt.retained.enabled"] = "true",
            // A label may hold what no MQTT topic may; the others go on.
            ["errors.tolerance"] = "all",
        },
    };

    private static string Secret(string name) => $"${{file:/scripts/credentials.properties:{name}}}";
}
