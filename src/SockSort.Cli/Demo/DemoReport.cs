using System.Text.Json;
using System.Text.Json.Serialization;

namespace SockSort.Cli.Demo;

/// <summary>The figures of a demo, as <c>--report</c> writes them. Figures without a known truth or a measurement are null.</summary>
internal sealed record DemoReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The number of classified frames.</summary>
    public required long Frames { get; init; }

    /// <summary>Frames that were dropped because the machine was too slow.</summary>
    public required long Missed { get; init; }

    /// <summary>Damaged frames of the camera's video or stream.</summary>
    public long Damaged { get; init; }

    /// <summary>How often the camera was reopened after a failure.</summary>
    public long Reopened { get; init; }

    /// <summary>Why the camera was away at the end; null if it was not.</summary>
    public string? CameraProblem { get; init; }

    /// <summary>Messages that the broker acknowledged to the camera's publisher.</summary>
    public required long Published { get; init; }

    /// <summary>Records appended to topic <c>data_mqtt</c> during the demo, from any publisher.</summary>
    public long Logged { get; init; }

    /// <summary>Records out of <see cref="Logged"/> that the query has read.</summary>
    public long Read { get; init; }

    /// <summary>Records out of <see cref="Read"/> that the query could not deserialise (not JSON) and skipped.</summary>
    public required long Unreadable { get; init; }

    /// <summary>Messages that a publisher sent again because it saw no acknowledgement; each may be in the log twice.</summary>
    public required long Redelivered { get; init; }

    /// <summary>Messages of the camera that no broker has acknowledged.</summary>
    public required long Dropped { get; init; }

    /// <summary>Messages that a broker has acknowledged and the connector has not stored.</summary>
    public required long ConnectorLost { get; init; }

    /// <summary>Messages that were dropped because another client of the embedded broker read too slowly.</summary>
    public required long SubscribersMissed { get; init; }

    /// <summary>The number of lost messages for each cause, one text each.</summary>
    public required IReadOnlyList<string> Losses { get; init; }

    /// <summary>Whether every message has arrived.</summary>
    [JsonIgnore]
    public bool IsWhole => Dropped == 0 && ConnectorLost == 0;

    /// <summary>Frames whose true label the model knows; a picture that is shown again counts once.</summary>
    public int Known { get; init; }

    /// <summary>Frames out of <see cref="Known"/> that got the right label.</summary>
    public int Right { get; init; }

    /// <summary>Pairs that the query found during the demo.</summary>
    public long PairsTold { get; init; }

    /// <summary>Socks that the query's windows found during the demo.</summary>
    public long WindowsTold { get; init; }

    /// <summary>Socks that sightings found during the demo.</summary>
    public long SightingsTold { get; init; }

    /// <summary>Pairs that they make, with the odd ones of earlier demos.</summary>
    public long SightingPairsTold { get; init; }

    /// <summary>Socks that were actually shown, if that is known.</summary>
    public long? SocksTrue { get; init; }

    /// <summary>Pairs that were actually shown, if that is known.</summary>
    public long? PairsTrue { get; init; }

    /// <summary>Median latency from a frame's capture to its record on disk, in milliseconds.</summary>
    public double? LogMsP50 { get; init; }

    /// <summary>99th percentile of the same latency.</summary>
    public double? LogMsP99 { get; init; }

    /// <summary>Median latency from a frame's capture until the query has processed its record, in milliseconds.</summary>
    public double? TableMsP50 { get; init; }

    /// <summary>99th percentile of the same latency.</summary>
    public double? TableMsP99 { get; init; }

    /// <summary>Seconds from the start of the command to the first labelled frame.</summary>
    public required double? FirstFrameSeconds { get; init; }

    /// <summary>Seconds spent on training; 0 if the model existed.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Writes the figures as indented JSON with names in snake case.</summary>
    public void Write(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");
    }
}
