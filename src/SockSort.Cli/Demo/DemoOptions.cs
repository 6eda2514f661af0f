using SockSort.Cli.Brokers;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Host.Listening;
using SockSort.Mqtt;

namespace SockSort.Cli.Demo;

/// <summary>What the demo was asked for.</summary>
internal sealed record DemoOptions
{
    /// <summary>Folder of photos to learn from; null draws synthetic ones.</summary>
    public string? Photos { get; init; }

    /// <summary>Camera source; null shows synthetic socks on the beat of the query's windows.</summary>
    public string? Camera { get; init; }

    /// <summary>User and password of a network camera; null = those in its address.</summary>
    public CameraAccount? Account { get; init; }

    /// <summary>What the camera is called; null = by what it is.</summary>
    public string? CameraName { get; init; }

    /// <summary>Takes new pictures of the camera's folder as they come.</summary>
    public bool Follow { get; init; }

    /// <summary>How long frames are taken.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Says which synthetic socks, and how training changes the photos.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where the figures go as JSON; null = nowhere.</summary>
    public string? Report { get; init; }

    /// <summary>Log, model and credentials live here.</summary>
    public string Data { get; init; } = "socksort-data";

    /// <summary>Where the live view is shown, and to whom.</summary>
    public required WebListening View { get; init; }

    /// <summary>Origins whose pages may show the live view.</summary>
    public IReadOnlyList<string> Embedders { get; init; } = [];

    /// <summary>Port of the demo's own broker; 0 = a free one.</summary>
    public int MqttPort { get; init; }

    /// <summary>Another broker in place of the demo's own; null = its own.</summary>
    public string? Broker { get; init; }

    /// <summary>Version of MQTT that another broker is spoken to in; null = the newest that it knows.</summary>
    public MqttVersion? MqttVersion { get; init; }

    /// <summary>Where the demo's own broker takes clients beside its own port, and which; null = nowhere.</summary>
    public BrokerSetup? BrokerSetup { get; init; }

    /// <summary>Frames per second.</summary>
    public double Fps { get; init; } = 4;

    /// <summary>Colours, bars and a screen that is drawn anew: off where the output is no terminal.</summary>
    public bool IsTerminal { get; init; }
}
