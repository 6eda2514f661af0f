namespace SockSort.Mqtt;

/// <summary>The retained topics that tell of a camera, by its name; each is a level below <c>socksort</c>.</summary>
public static class CameraTopics
{
    /// <summary>Whether it is there: docs/reference/publisher.md.</summary>
    public static string Status(string camera) => $"socksort/{Level(camera)}/status";

    /// <summary>Its latest label, as a message says it.</summary>
    public static string Label(string camera) => $"socksort/{Level(camera)}/label";

    /// <summary>What it sees, as JPEG.</summary>
    public static string Picture(string camera) => $"socksort/{Level(camera)}/picture";

    /// <summary>The last pair of all cameras, where a sink publishes it: docs/guide/home-assistant.md.</summary>
    public const string Pairs = "socksort/pairs";

    /// <summary>What a connector's log has of its messages: a <see cref="Publishing.Receipt"/>.</summary>
    public static string Committed(string camera) => $"socksort/{Level(camera)}/committed";

    /// <summary>A name as a level of a topic [MQTT-4.7.1]: without separator, wildcards and control characters.</summary>
    public static string Level(string name) =>
        string.Concat(name.Select(character => character is '/' or '+' or '#' || char.IsControl(character) ? '-' : character));
}
