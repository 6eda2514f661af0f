using SockSort.Host.Configuration.Mistakes;

namespace SockSort.Host.Configuration.Settings;

/// <summary>The configuration of <c>socksort run</c>, with defaults applied, absolute paths and resolved secrets.</summary>
public sealed record RunConfiguration : ConfigurationSection
{
    /// <summary>The most threads that may work on queries.</summary>
    public const int MostQueryThreads = 64;

    /// <summary>Folder of the log and of all other state. Key <c>data</c>, default <c>socksort-data</c>.</summary>
    public string Data { get; init; } = "";

    /// <summary>The storage of the log. Key <c>log</c>.</summary>
    public LogConfiguration Log { get; init; } = new();

    /// <summary>The cameras in the order of the file. Key <c>cameras</c>, default none.</summary>
    public IReadOnlyList<CameraConfiguration> Cameras { get; init; } = [];

    /// <summary>File of the model package; null if it is not set. Key <c>model</c>.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// Where ordered models may come from beside the model's own folder: folders and addresses; empty if no orders are taken; null if it is
    /// not set. Key <c>model-from</c>.
    /// </summary>
    public IReadOnlyList<string>? ModelFrom { get; init; }

    /// <summary>Folder with a folder of photos for each sock. Key <c>photos</c>, default <c>photos</c>.</summary>
    public string Photos { get; init; } = "";

    /// <summary>
    /// The embedded broker; null if there is none because the file says <c>broker: none</c> or <c>mqtt.address</c> names another one. Key
    /// <c>broker</c>.
    /// </summary>
    public BrokerConfiguration? Broker { get; init; }

    /// <summary>The broker that cameras publish to. Key <c>mqtt</c>.</summary>
    public MqttConfiguration Mqtt { get; init; } = new();

    /// <summary>The connectors in the order of the file. Key <c>connectors</c>, default none.</summary>
    public IReadOnlyList<ConnectorConfiguration> Connectors { get; init; } = [];

    /// <summary>SQL files that declare what is to exist, applied in this order. Key <c>queries</c>, default none.</summary>
    public IReadOnlyList<string> Queries { get; init; } = [];

    /// <summary>Threads that work on queries. Key <c>query-threads</c>, 1 to 64, default 1.</summary>
    public int QueryThreads { get; init; } = 1;

    /// <summary>The counting of socks by sightings; null for none. Key <c>sorting</c>, default with all its defaults.</summary>
    public SortingConfiguration? Sorting { get; init; } = new();

    /// <summary>The addresses to listen on. Key <c>listen</c>.</summary>
    public ListenConfiguration Listen { get; init; } = new();

    /// <summary>Authentication. Key <c>auth</c>.</summary>
    public AuthConfiguration Auth { get; init; } = new();

    /// <summary>Retention of the topics. Key <c>retention</c>.</summary>
    public RetentionConfiguration Retention { get; init; } = new();

    /// <summary>Logging. Key <c>logging</c>.</summary>
    public LoggingConfiguration Logging { get; init; } = new();

    /// <summary>The place of each value in the file.</summary>
    internal WrittenPlaces Places { get; init; } = WrittenPlaces.None;

    /// <summary>
    /// The place of a key's value, or of the nearest enclosing key that the file sets; the file without a line if there is none, or no
    /// file.
    /// </summary>
    /// <param name="key">The full key, as <c>cameras[0].source</c>.</param>
    public ConfigurationPlace PlaceOf(string key) => Places.Of(key);

    /// <summary>Makes a mistake at the place of its key, for errors found after reading: a missing model, a port in use.</summary>
    public ConfigurationMistake MistakeAt(string key, string problem, string? hint = null) => new(PlaceOf(key), key, problem, hint);

    /// <summary>The required keys that the configuration lacks: a model, a camera, a broker to publish to.</summary>
    public IReadOnlyList<ConfigurationMistake> MissingForRun() => [.. Missing.For(this)];
}
