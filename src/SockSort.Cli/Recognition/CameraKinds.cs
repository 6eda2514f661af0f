using System.CommandLine;
using System.CommandLine.Parsing;

namespace SockSort.Cli.Recognition;

/// <summary>What the command line says of cameras.</summary>
internal static class CameraKinds
{
    /// <summary>Every kind of source.</summary>
    public const string Help =
        "Folder of pictures (a labels.csv in it tells the truth), picture, GIF, video file, video device as /dev/video0, rtsp://HOST/PATH "
        + "(rtsps:// too), rtmp://HOST/PATH (rtmps:// too), http://HOST/PATH (MJPEG, a snapshot that is asked for at --fps, "
        + "HLS, or a video; https:// "
        + "too), browser or browser:NAME (a phone, by the page /phone of the live view), or synthetic:SEED";

    /// <summary>A folder that is followed has no end after which it could begin again.</summary>
    public static Action<CommandResult> CheckFollow(Option<bool> follow, Option<bool> loop) => line =>
    {
        if (line.GetResult(follow) is { Implicit: false } && line.GetResult(loop) is { Implicit: false })
            line.AddError("--follow never ends, so nothing begins again: leave out --loop");
    };
}
