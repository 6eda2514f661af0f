using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SockSort.Models.Inference;

namespace SockSort.Edge.Loop;

/// <summary>Settings of the messages that the edge publishes about its frames.</summary>
public sealed record EdgeOptions
{
    /// <summary>Topic to which the original system publishes.</summary>
    public const string DefaultTopic = "sockfound";

    /// <summary>MQTT topic of the messages. Default <c>sockfound</c>.</summary>
    public string Topic { get; init; } = DefaultTopic;

    /// <summary>Message fields beyond label and probability. Default: none.</summary>
    public MessageFields Fields { get; init; }

    /// <summary>Which frames get a message. Default: every frame.</summary>
    public PublishEvery PublishEvery { get; init; } = PublishEvery.Frame;

    /// <summary>Value of the message field <c>camera</c>. Default <c>camera</c>.</summary>
    public string CameraName { get; init; } = "camera";

    /// <summary>Value of the message field <c>run</c>. Default: a new random id of 16 hexadecimal digits.</summary>
    public string Run { get; init; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>Whether messages carry all that a receiver needs to confirm them: camera, run and sequence number.</summary>
    public bool CanBeConfirmed => Fields.HasFlag(MessageFields.Camera | MessageFields.Seq | MessageFields.Run);

    /// <summary>Whether messages carry what names their frame for good: run and sequence number.</summary>
    public bool NamesFrames => Fields.HasFlag(MessageFields.Seq | MessageFields.Run);

    /// <summary>Label of a frame that shows none of the trained socks.</summary>
    public const string UnknownLabel = "Unknown";

    /// <summary>
    /// Which frames are reported as <see cref="UnknownLabel"/> by a loop of one model for good; where the model may change, its own rule
    /// decides. Null, the default: the best class is always reported, with its probability.
    /// </summary>
    public RejectionRule? Rejection { get; init; }

    /// <summary>Logger factory for the loop's events; docs/reference/logging.md lists them. Null, the default, turns logging off.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Clock for the times that are reported with each frame.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
