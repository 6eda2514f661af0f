using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Edge.Cameras.Sources.Http;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras;

/// <summary>All messages of camera failures.</summary>
internal static partial class CameraErrors
{
    private const int SignalBase = 128;

    private const string Kinds =
        "a folder of pictures, a picture, a GIF, a video file, a video device as /dev/video0, rtsp://HOST/PATH, rtmp://HOST/PATH, "
        + "http://HOST/PATH (MJPEG, a snapshot, HLS or a video; https:// too), browser (a phone, through a page of the live view) "
        + "or synthetic:SEED";

    public static CameraException Missing(string source) => new($"camera '{source}' does not exist: give {Kinds}");

    /// <param name="path">Path of the missing device, in <c>/dev</c>.</param>
    /// <param name="present">Video devices that this machine has.</param>
    public static CameraException MissingDevice(string path, IReadOnlyCollection<string> present)
    {
        var advice = present.Count > 0
            ? $"this machine has {string.Join(", ", present)}"
            : "this machine has no video device: is the camera plugged in (lsusb), does the system know it (dmesg), and is it handed on to "
            + "this container or virtual machine";
        return new CameraException(path, $"does not exist: {advice}", goesOn: true) { NeedsUser = true };
    }

    public static CameraException NotAFile(string path, string kind) => new($"camera '{path}' is {kind}, no regular file: give {Kinds}");

    public static CameraException FollowNeedsFolder(string source) =>
        new($"camera '{source}' is no folder: only a folder of pictures takes new ones as they come (--follow)");

    public static CameraException FollowNeverEnds(string source) =>
        new($"camera '{source}': a folder that is followed has no end, so it does not begin again: leave out --loop or --follow");

    public static CameraException FolderGone(string folder, Exception cause) =>
        new(folder, $"the folder cannot be read: {cause.Message}", goesOn: false, cause);

    public static CameraException UnknownScheme(string source, string scheme) =>
        new($"camera '{source}': addresses of kind {scheme}:// are not read; give {Kinds}");

    // None of these messages repeats the address: one that cannot be parsed may hold a password anywhere.
    public static CameraException ControlCharacter(string scheme) =>
        new($"the camera's {scheme}:// address holds a line end or another control character: write it on one line (it is not repeated "
            + "here, as it may hold a password)");

    public static CameraException NoHost(string scheme) =>
        new($"the camera's address names no host: write it as {scheme}://USER:PASSWORD@HOST:PORT/PATH (it is not repeated here, as "
            + "it may hold a password)");

    public static CameraException Ambiguous(string scheme) => new(
        $"the camera's {scheme}:// address can be read in two ways, by which of its '@' ends the password: write those in the path as %40, "
        + "or give user and password by --camera-user and --camera-password-file (it is not repeated here, as it may hold a password)");

    public static CameraException NameTaken(string name, string broker) => new(
        $"another process of this machine stands for camera '{name}' at {broker}, and the end of one would be told as the end of both: "
            + "give another --camera-name");

    public static CameraException NoAccount(string source) =>
        new($"camera '{source}' takes no user and password: only addresses do, as rtsp://HOST/PATH");

    public static CameraException NoUser(string source) =>
        new($"camera '{source}': a password was given, but no user: give --camera-user, or write it into the address "
            + "as rtsp://USER@HOST/PATH");

    public static CameraException BadSeed(string text) =>
        new($"camera 'synthetic:{text}': the seed must be a whole number from 0 to {int.MaxValue}, as in synthetic:1");

    public static CameraException BadBrowserName(string source) => new(
        $"camera '{source}': the name of a phone must be 1 to 40 letters, digits, '.', '_' or '-', as in browser:desk");

    public static CameraException NeedsView(string source, string advice) => new(
        $"camera '{source}' is a phone that sends its pictures through a page of the live view, and there is no live view: {advice}");

    public static CameraException PhoneGone(string source) =>
        new(source, "the phone has gone: open /phone of the live view's address on it again", goesOn: false);

    public static CameraException PhoneSilent(string source, TimeSpan timeout)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{timeout.TotalSeconds:0.#}");
        return new CameraException(
            source, $"the phone has sent no picture for {seconds} s: is its screen locked, or the page in the background?", goesOn: false);
    }

    public static CameraException RateOutOfRange(double fps) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{fps} frames per second are out of range: give 0 (as fast as possible) to "
            + $"{CameraOptions.MostFps}"));

    public static CameraException TimeoutOutOfRange(TimeSpan timeout) => new(string.Create(CultureInfo.InvariantCulture,
        $"a frame timeout of {timeout.TotalSeconds} s is out of range: give more than 0, at most "
            + $"{CameraOptions.LongestFrameTimeout.TotalSeconds}"));

    public static CameraException EmptyFolder(string folder) =>
        new($"camera '{folder}': the folder holds no picture ({string.Join(", ", PictureReader.Suffixes)}); its subfolders are not read");

    public static CameraException NothingReadable(string source, IReadOnlyCollection<SkippedPicture> skipped) => new(
        $"camera '{source}': none of its {skipped.Count} pictures can be read; the first, {skipped.First().Name}: "
            + $"{skipped.First().Problem}");

    public static CameraException NoFrame(string source) => new(source, "gave no frame: is it a video?", goesOn: true) { NeedsUser = true };

    public static CameraException TimedOut(string source, TimeSpan timeout, bool isCamera)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{timeout.TotalSeconds:0.#}");
        return new CameraException(source, $"gave no frame for {seconds} s: {WhySilent(source, isCamera)}", goesOn: true);
    }

    public static CameraException CutOff(string source, long frames) =>
        new(source, $"the file is cut off: it ends after {frames} frames, and its index tells of more; copy it anew", goesOn: false);

    public static CameraException NoIndex(string source) =>
        new(source, "it is no video, or one that is cut off or still being written: its index (moov) is missing", goesOn: false)
        {
            NeedsUser = true,
        };

    public static CameraException Ended(string source, long frames) =>
        new(source, $"ended after {frames} frames: is it still connected?", goesOn: true);

    public static CameraException BrokeOff(string source, long frames, string reason) =>
        new(source, $"broke off after {frames} frames: {reason}", goesOn: true);

    public static CameraException NotAGif(string path, string problem) => new($"camera '{path}' is no readable GIF ({problem})");

    public static CameraException NoFfmpeg(string source) => new(
        source,
        "needs ffmpeg, which is not installed: apt-get install ffmpeg (pictures, GIF, MJPEG over http, snapshots and "
            + "synthetic cameras do without)",
        goesOn: true)
    { NeedsUser = true };

    public static CameraException Ffmpeg(string source, int exitCode, string lastLine)
    {
        // Shells and .NET report a signal as 128 plus its number.
        var end = exitCode > SignalBase ? $"was killed (signal {exitCode - SignalBase})" : $"ended with status {exitCode}";
        var reason = lastLine.Length > 0 ? lastLine : "it gave no reason";
        return new CameraException(source, $"ffmpeg {end}: {reason}", goesOn: false)
        {
            NeedsUser = Lasting().IsMatch(lastLine),
        };
    }

    public static CameraException NotReached(CameraAddress address, Exception error)
    {
        var reason = error is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }
            ? $"nobody knows its host '{address.Host}': is the name right, and the network there?"
            : address.Redact((error.InnerException is IOException or AuthenticationException ? error.InnerException : error).Message);
        return new CameraException(address.Shown, reason, goesOn: false, error);
    }

    public static CameraException Refused(CameraAddress address, HttpStatusCode status)
    {
        var answer = $"it answers {(int)status} {ReasonPhrases.GetReasonPhrase((int)status)}".TrimEnd();
        var (advice, isLasting) = (int)status switch
        {
            401 when address.User is null => (": it wants a user and a password, as http://USER:PASSWORD@HOST/PATH", true),
            401 or 403 => (": are user and password right?", true),
            404 or 410 => (": is the path right?", true),
            408 or 423 or 425 or 429 => ("", false),
            >= 300 and < 500 => ("", true),
            _ => ("", false),
        };
        return new CameraException(address.Shown, answer + advice, goesOn: false) { NeedsUser = isLasting };
    }

    public static CameraException Page(string source, string type) => new(
        source,
        $"it answers with a page ({(type.Length > 0 ? type : "text")}), no picture and no video: find the address "
            + "of its stream or snapshot",
        goesOn: false)
    { NeedsUser = true };

    public static CameraException NoPicture(string source, string type) => new(source, $"it sent no JPEG picture ({type})", goesOn: false);

    public static CameraException AnswerTooLarge(string source) =>
        new(source, $"its picture or playlist has more than {JpegStream.MostBytes >> 20} MB", goesOn: false) { NeedsUser = true };

    private static string WhySilent(string source, bool isCamera)
    {
        if (!isCamera)
            return "is the machine too busy, or its disk? --frame-timeout waits longer";
        return source.Contains("://", StringComparison.Ordinal)
            ? "is it connected?"
            : "is it connected, and does no other program hold it?";
    }

    // Reasons of ffmpeg that waiting does not heal. The system or the protocol words them, so all versions of ffmpeg have the same texts.
    [GeneratedRegex("401 Unauthorized|403 Forbidden|404 Not Found|Permission denied|Protocol not found|Inappropriate "
        + "ioctl|Not a video capture device"
        + "|Invalid data found when processing input")]
    private static partial Regex Lasting();
}
