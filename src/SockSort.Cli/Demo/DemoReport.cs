using System.Text.Json;
using System.Text.Json.Serialization;

namespace SockSort.Cli.Demo;

/// <summary>The figures of one demo, as <c>--report</c> writes them. Absent ones (no truth known, nothing measured) are null.</summary>
internal sealed record DemoReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Frames classified.</summary>
    public required long Frames { get; init; }

    /// <summary>Frames that nobody took since the machine was too slow.</summary>
    public required long Missed { get; init; }

    /// <summary>Frames of the camera's video or stream that were damaged.</summary>
    public long Damaged { get; init; }

    /// <summary>How often the camera came back after it had broken off.</summary>
    public long Reopened { get; init; }

    /// <summary>Why the camera was away at the end; null where it was there.</summary>
    public string? CameraProblem { get; init; }

    /// <summary>Messages that the broker acknowledged to the camera's publisher.</summary>
    public required long Published { get; init; }

    /// <summary>Records that came to topic <c>data_mqtt</c> during the demo, from whoever.</summary>
    public long Logged { get; init; }

    /// <summary>Of these, the ones that the query read.</summary>
    public long Read { get; init; }

    /// <summary>Of those, the ones that the query could not read (no JSON) and skipped.</summary>
    public required long Unreadable { get; init; }

    /// <summary>Messages that a publisher sent again since it had seen no acknowledgement: each may stand in the log twice.</summary>
    public required long Redelivered { get; init; }

    /// <summary>Messages of the camera that no broker has acknowledged.</summary>
    public required long Dropped { get; init; }

    /// <summary>Messages that a broker has acknowledged and the connector has not stored.</summary>
    public required long ConnectorLost { get; init; }

    /// <summary>Messages that another client of the demo's own broker was too slow to take.</summary>
    public required long SubscribersMissed { get; init; }

    /// <summary>How many of the lost messages were lost by which cause, a text each.</summary>
    public required IReadOnlyList<string> Losses { get; init; }

    /// <summary>Whether every message has arrived.</summary>
    [JsonIgnore]
    public bool IsWhole => Dropped == 0 && ConnectorLost == 0;

    /// <summary>Frames whose true label is known to the model; a picture shown again counts once.</summary>
    public int Known { get; init; }

    /// <summary>Of these, the ones with the right label.</summary>
    public int Right { get; init; }

    /// <summary>Pairs that the query found during the demo.</summary>
    public long PairsTold { get; init; }

    /// <summary>Pairs that were shown, where that is known.</summary>
    public long? PairsTrue { get; init; }

    /// <summary>Milliseconds from a frame's capture to its record on disk, median.</summary>
    public double? LogMsP50 { get; init; }

    /// <summary>The same, 99th percentile.</summary>
    public double? LogMsP99 { get; init; }

    /// <summary>Milliseconds from a frame's capture to the end of the query's work on its record, median.</summary>
    public double? TableMsP50 { get; init; }

    /// <summary>The same, 99th percentile.</summary>
    public double? TableMsP99 { get; init; }

    /// <summary>Seconds from the command to the first labelled frame.</summary>
    public required double? FirstFrameSeconds { get; init; }

    /// <summary>Seconds spent on training; 0 where the model was there.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Writes the figures as indented JSON, names in snake case.</summary>
    public void Write(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");
    }
}
