using SockSort.Cli.Brokers;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Edge.LiveView;
using SockSort.Host.Listening;
using SockSort.Mqtt;

namespace SockSort.Cli.Demo;

/// <summary>The options of the demo.</summary>
internal sealed record DemoOptions
{
    /// <summary>Folder of photos to train from; null draws synthetic ones.</summary>
    public string? Photos { get; init; }

    /// <summary>Source of the camera; null shows synthetic socks in step with the query's windows.</summary>
    public string? Camera { get; init; }

    /// <summary>User and password of a network camera; null for those in its address.</summary>
    public CameraAccount? Account { get; init; }

    /// <summary>Name of the camera; null generates one from its source.</summary>
    public string? CameraName { get; init; }

    /// <summary>Takes new pictures of the camera's folder as they are written.</summary>
    public bool Follow { get; init; }

    /// <summary>How long frames are taken; 60 s by default.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The seed of the synthetic socks and of the augmentation in training.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The file for the figures as JSON; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>The folder of log, model and credentials.</summary>
    public string Data { get; init; } = "socksort-data";

    /// <summary>Address and password of the live view.</summary>
    public required WebListening View { get; init; }

    /// <summary>Origins whose pages may embed the live view.</summary>
    public IReadOnlyList<string> Embedders { get; init; } = [];

    /// <summary>The largest pictures of the live view.</summary>
    public LiveResolution Resolution { get; init; } = LiveResolution.Default;

    /// <summary>Port of the embedded broker; 0 for a free one.</summary>
    public int MqttPort { get; init; }

    /// <summary>Address of an external broker; null uses the embedded one.</summary>
    public string? Broker { get; init; }

    /// <summary>MQTT version for an external broker; null for the newest that it supports.</summary>
    public MqttVersion? MqttVersion { get; init; }

    /// <summary>Further listeners and users of the embedded broker; null for none.</summary>
    public BrokerSetup? BrokerSetup { get; init; }

    /// <summary>Frames per second.</summary>
    public double Fps { get; init; } = 4;

    /// <summary>Whether to use colours, bars and a screen that is redrawn; false if the output is not a terminal.</summary>
    public bool IsTerminal { get; init; }
}
