using Microsoft.Extensions.Logging;

namespace SockSort.Edge;

/// <summary>
/// Log events of the edge, with ids from 2000 to 2999; docs/reference/logging.md lists them. Camera names in them hold no password and no
/// query.
/// </summary>
internal static partial class EdgeEvents
{
    [LoggerMessage(2001, LogLevel.Information, "camera {Camera}: gives frames")]
    public static partial void CameraLive(this ILogger log, string camera);

    [LoggerMessage(2002, LogLevel.Warning, "camera {Camera}: away, opened again and again ({Problem})")]
    public static partial void CameraAway(this ILogger log, string camera, string? problem);

    [LoggerMessage(2003, LogLevel.Information, "camera {Camera}: has ended")]
    public static partial void CameraEnded(this ILogger log, string camera);

    [LoggerMessage(2004, LogLevel.Error, "camera {Camera}: {Problem}")]
    public static partial void CameraFailed(this ILogger log, string camera, string problem);

    [LoggerMessage(2005, LogLevel.Warning, "camera {Camera}: picture {Picture} left out ({Problem})")]
    public static partial void PictureSkipped(this ILogger log, string camera, string picture, string problem);

    [LoggerMessage(2006, LogLevel.Warning, "camera {Camera}: {Count} frames overtaken since the start, as the classifier is behind")]
    public static partial void FramesDropped(this ILogger log, string camera, long count);

    [LoggerMessage(2007, LogLevel.Information, "edge: recognises what camera {Camera} sees, labels go to topic {Topic}")]
    public static partial void EdgeStarted(this ILogger log, string camera, string topic);

    [LoggerMessage(2008, LogLevel.Information, "edge: ended after {Frames} frames")]
    public static partial void EdgeEnded(this ILogger log, long frames);

    [LoggerMessage(2021, LogLevel.Warning, "live view: {Count} viewers cut off since the start, as they did not read")]
    public static partial void ViewersCutOff(this ILogger log, long count);

    [LoggerMessage(2022, LogLevel.Information, "live view: a phone at {Address} sends pictures for camera {Camera}")]
    public static partial void PhoneConnected(this ILogger log, string camera, string address);

    [LoggerMessage(2031, LogLevel.Information, "model: version {Version} is in use now, before it was {Before} (labels {Labels})")]
    public static partial void ModelTaken(this ILogger log, string version, string before, string labels);

    [LoggerMessage(2032, LogLevel.Warning, "model: another one is refused, version {Version} goes on ({Problem})")]
    public static partial void ModelRefused(this ILogger log, string version, string problem);

    [LoggerMessage(2033, LogLevel.Information, "model: the retained order of version {Version} is passed over, it was in use here before")]
    public static partial void ModelPassedOver(this ILogger log, string version);

    [LoggerMessage(2034, LogLevel.Information, "model: just learnt from a few frames, until a model knows them: {Labels}")]
    public static partial void SocksJustLearnt(this ILogger log, string labels);
}
