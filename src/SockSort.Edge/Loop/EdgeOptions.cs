using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

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

    /// <summary>Which frames have a message. Default: each one.</summary>
    public PublishEvery PublishEvery { get; init; } = PublishEvery.Frame;

    /// <summary>Value of the field <c>camera</c>.</summary>
    public string CameraName { get; init; } = "camera";

    /// <summary>Value of the field <c>run</c>. Default: a new one, 16 hexadecimal digits.</summary>
    public string Run { get; init; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>Whether a message says by what a receiver can confirm it: camera, run and number.</summary>
    public bool CanBeConfirmed => Fields.HasFlag(MessageFields.Camera | MessageFields.Seq | MessageFields.Run);

    /// <summary>The label of a frame that shows no sock which was taught.</summary>
    public const string UnknownLabel = "Unknown";

    /// <summary>
    /// Highest probability, 0..1, below which a frame is told as <see cref="UnknownLabel"/>; null = never: the best class is told with its
    /// probability. Default null.
    /// </summary>
    public double? UnknownBelow { get; init; }

    /// <summary>What happens to the loop is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Clock of the times that are told of each frame.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
