namespace SockSort.Host.Configuration.Settings;

/// <summary>A camera, and how its results are published.</summary>
public sealed record CameraConfiguration : ConfigurationSection
{
    /// <summary>The highest <see cref="Fps"/>.</summary>
    public const double MostFps = 240;

    /// <summary>The largest number of characters of a <see cref="Name"/>.</summary>
    public const int MostNameCharacters = 100;

    /// <summary>The longest <see cref="FrameTimeout"/>: one day.</summary>
    public static readonly TimeSpan LongestFrameTimeout = TimeSpan.FromDays(1);

    /// <summary>
    /// The absolute path of a folder, file or device, an address as <c>rtsp://HOST/PATH</c>, <c>browser</c>, <c>browser:NAME</c>, or
    /// <c>synthetic:SEED</c>. Key <c>source</c>.
    /// </summary>
    public string Source { get; init; } = "";

    /// <summary>The name, 1 to 100 characters; null generates one for each source and machine. Key <c>name</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Frames per second, 0 to 240; 0 for no limit. Key <c>fps</c>, default 4.</summary>
    public double Fps { get; init; } = 4;

    /// <summary>Restarts the pictures or the video at the end. Key <c>loop</c>, default no.</summary>
    public bool Loop { get; init; }

    /// <summary>Takes new pictures of a folder as they are written. Excludes <see cref="Loop"/>. Key <c>follow</c>, default no.</summary>
    public bool Follow { get; init; }

    /// <summary>The camera is reopened after this time without a frame. Key <c>frame-timeout</c>, default 10 s.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>User of a network camera; null for the one in the address. Key <c>user</c>.</summary>
    public string? User { get; init; }

    /// <summary>Password of a network camera; null for the one in the address. Key <c>password</c>.</summary>
    public string? Password { get; init; }

    /// <summary>MQTT topic of the camera's messages. Key <c>topic</c>, default <see cref="MqttConfiguration.Topic"/>.</summary>
    public string Topic { get; init; } = "";

    /// <summary>
    /// Further fields of each message, out of <c>camera</c>, <c>seq</c>, <c>ts</c>, <c>run</c>, <c>unknown</c> and <c>second</c>. Key
    /// <c>fields</c>, default all six.
    /// </summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>
    /// Which frames have a message: <c>frame</c>, <c>change</c>, or seconds after which one has at the latest. Key <c>publish-every</c>,
    /// default <c>frame</c>.
    /// </summary>
    public string PublishEvery { get; init; } = "frame";

    /// <summary>
    /// Most bytes of messages that wait on disk for the broker; 0 = they wait in memory. Key <c>buffer</c>, default 64MB.
    /// </summary>
    public long BufferBytes { get; init; }

    /// <summary>
    /// Most bytes of pictures that are kept in memory by run and seq of their messages; 0 = none are. Key <c>keep-frames</c>, default 64MB.
    /// </summary>
    public long KeepFrameBytes { get; init; }

    /// <summary>Publishes a frame that is like none of the taught socks as unknown. Key <c>unknown</c>, default no.</summary>
    public bool Unknown { get; init; }
}
