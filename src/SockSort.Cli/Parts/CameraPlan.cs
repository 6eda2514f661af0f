using SockSort.Dashboard.Serving;
using SockSort.Edge.Cameras;
using SockSort.Edge.Kept;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Edge.Recognition;
using SockSort.Host.Listening;
using SockSort.Mqtt;

namespace SockSort.Cli.Parts;

/// <summary>What a camera is to be started with.</summary>
internal sealed record CameraPlan
{
    /// <summary>A part already.</summary>
    public required ICamera Camera { get; init; }

    /// <summary>Under which its status is told; held already.</summary>
    public required string Name { get; init; }

    /// <summary>The model; cameras of one process share it. A part already: <see cref="CameraParts.OpenModel"/>.</summary>
    public required SharedModel Model { get; init; }

    /// <summary>Whether its frames are told as unknown by the model's own threshold.</summary>
    public bool TellsUnknown { get; init; }

    /// <summary>Where its messages go.</summary>
    public required MqttEndpoint Broker { get; init; }

    /// <summary>The camera's name is put in.</summary>
    public required EdgeOptions Edge { get; init; }

    /// <summary>Folder under which its messages wait on disk for the broker; null = they wait in memory.</summary>
    public string? Buffers { get; init; }

    /// <summary>Most bytes that wait on disk.</summary>
    public long BufferBytes { get; init; }

    /// <summary>The kept frames of all cameras of the process; the camera's are put in.</summary>
    public FrameStores Frames { get; init; } = new();

    /// <summary>Most bytes of this camera's frames that are kept; 0 = none are.</summary>
    public long KeepFrameBytes { get; init; }

    /// <summary>First level of the topics by which Home Assistant finds the camera; null = it is not told of it.</summary>
    public string? HomeAssistant { get; init; }

    /// <summary>Where it is shown; null = nowhere.</summary>
    public WebListening? View { get; init; }

    /// <summary>How a view is had where there is none, for a camera that needs one.</summary>
    public string ViewAdvice { get; init; } = "leave out --no-live-view";

    /// <summary>Served where the camera is shown; null = nowhere.</summary>
    public DashboardSurface? Dashboard { get; init; }

    /// <summary>What the view shows and to how many; what it is told by the camera is put in.</summary>
    public LiveViewOptions ViewOptions { get; init; } = new();

    /// <summary>Tables beside the picture.</summary>
    public Func<EdgeRunner, IReadOnlyList<LivePanel>> Panels { get; init; } = _ => [];
}
