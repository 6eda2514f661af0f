namespace SockSort.Cli.Demo;

/// <summary>What the demo was asked for.</summary>
internal sealed record DemoOptions
{
    /// <summary>Folder of photos to learn from; null draws synthetic ones.</summary>
    public string? Photos { get; init; }

    /// <summary>Camera source; null shows synthetic socks on the beat of the query's windows.</summary>
    public string? Camera { get; init; }

    /// <summary>How long frames are taken.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Says which synthetic socks, and how training changes the photos.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where the figures go as JSON; null = nowhere.</summary>
    public string? Report { get; init; }

    /// <summary>Log, model and credentials live here.</summary>
    public string Data { get; init; } = "socksort-data";

    /// <summary>Port of the live view; 0 = a free one. Null = 4000, or a free one where that is taken.</summary>
    public int? ViewPort { get; init; }

    /// <summary>Port of the demo's own broker; 0 = a free one.</summary>
    public int MqttPort { get; init; }

    /// <summary>Another broker in place of the demo's own; null = its own.</summary>
    public string? Broker { get; init; }

    /// <summary>Frames per second.</summary>
    public double Fps { get; init; } = 4;

    /// <summary>Colours, bars and a screen that is drawn anew: off where the output is no terminal.</summary>
    public bool IsTerminal { get; init; }
}
