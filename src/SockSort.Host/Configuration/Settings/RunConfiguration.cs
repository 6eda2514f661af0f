using SockSort.Host.Configuration.Mistakes;

namespace SockSort.Host.Configuration.Settings;

/// <summary>What <c>socksort run</c> is to do: the configuration file with its defaults. Paths are absolute, secrets are put in.</summary>
public sealed record RunConfiguration : ConfigurationSection
{
    /// <summary>Folder of the log and of everything that is kept. Key <c>data</c>, default <c>socksort-data</c>.</summary>
    public string Data { get; init; } = "";

    /// <summary>Key <c>log</c>.</summary>
    public LogConfiguration Log { get; init; } = new();

    /// <summary>In the order in which they are written. Key <c>cameras</c>, default none.</summary>
    public IReadOnlyList<CameraConfiguration> Cameras { get; init; } = [];

    /// <summary>File of the model package, null where it is not set. Key <c>model</c>.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// The broker in the process; null where there is none: <c>broker: none</c> is written, or <c>mqtt.address</c> names another one. Key
    /// <c>broker</c>.
    /// </summary>
    public BrokerConfiguration? Broker { get; init; }

    /// <summary>The broker that cameras publish to. Key <c>mqtt</c>.</summary>
    public MqttConfiguration Mqtt { get; init; } = new();

    /// <summary>In the order in which they are written. Key <c>connectors</c>, default none.</summary>
    public IReadOnlyList<ConnectorConfiguration> Connectors { get; init; } = [];

    /// <summary>Files of SQL that says what is to exist, applied in this order. Key <c>queries</c>, default none.</summary>
    public IReadOnlyList<string> Queries { get; init; } = [];

    /// <summary>Key <c>listen</c>.</summary>
    public ListenConfiguration Listen { get; init; } = new();

    /// <summary>Key <c>auth</c>.</summary>
    public AuthConfiguration Auth { get; init; } = new();

    /// <summary>Key <c>retention</c>.</summary>
    public RetentionConfiguration Retention { get; init; } = new();

    /// <summary>Key <c>logging</c>.</summary>
    public LoggingConfiguration Logging { get; init; } = new();

    /// <summary>Where each value was written.</summary>
    internal WrittenPlaces Places { get; init; } = WrittenPlaces.None;

    /// <summary>
    /// The place of a key's value, or of the nearest key around it that is written; the file without a line where none is, or where there
    /// is no file.
    /// </summary>
    /// <param name="key">In full, as <c>cameras[0].source</c>.</param>
    public ConfigurationPlace PlaceOf(string key) => Places.Of(key);

    /// <summary>A mistake that was found later, at the place of its key: a model that is missing, a port that is taken.</summary>
    public ConfigurationMistake MistakeAt(string key, string problem, string? hint = null) => new(PlaceOf(key), key, problem, hint);

    /// <summary>What <c>run</c> cannot do without: a model, a camera, a broker to publish to.</summary>
    public IReadOnlyList<ConfigurationMistake> MissingForRun() => [.. Missing.For(this)];
}
