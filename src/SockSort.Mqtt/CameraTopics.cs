namespace SockSort.Mqtt;

/// <summary>The topics of a camera, by its name, below <c>socksort</c>. What it tells of itself there is retained.</summary>
public static class CameraTopics
{
    /// <summary>Whether it is there: docs/reference/publisher.md.</summary>
    public static string Status(string camera) => $"socksort/{Level(camera)}/status";

    /// <summary>Its latest label, as a message says it.</summary>
    public static string Label(string camera) => $"socksort/{Level(camera)}/label";

    /// <summary>What it sees, as JPEG.</summary>
    public static string Picture(string camera) => $"socksort/{Level(camera)}/picture";

    /// <summary>Where it is told to run another model: docs/reference/models.md.</summary>
    public static string Model(string camera) => $"socksort/{Level(camera)}/model";

    /// <summary>Which model it runs.</summary>
    public static string RunningModel(string camera) => $"socksort/{Level(camera)}/model/running";

    /// <summary>The last pair of all cameras, where a sink publishes it: docs/guide/home-assistant.md.</summary>
    public const string Pairs = "socksort/pairs";

    /// <summary>What a connector's log has of its messages: a <see cref="Publishing.Receipt"/>.</summary>
    public static string Committed(string camera) => $"socksort/{Level(camera)}/committed";

    /// <summary>A name as a level of a topic [MQTT-4.7.1]: without separator, wildcards and control characters.</summary>
    public static string Level(string name) =>
        string.Concat(name.Select(character => character is '/' or '+' or '#' || char.IsControl(character) ? '-' : character));
}
