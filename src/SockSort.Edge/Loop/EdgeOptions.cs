namespace SockSort.Edge.Loop;

/// <summary>What the edge says of its frames.</summary>
public sealed record EdgeOptions
{
    /// <summary>The topic of the original system.</summary>
    public const string DefaultTopic = "sockfound";

    /// <summary>MQTT topic. Default <c>sockfound</c>.</summary>
    public string Topic { get; init; } = DefaultTopic;

    /// <summary>Fields beyond label and probability. Default: none.</summary>
    public MessageFields Fields { get; init; }

    /// <summary>Value of the field <c>camera</c>.</summary>
    public string CameraName { get; init; } = "camera";

    /// <summary>Clock of the times that are told of each frame.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
