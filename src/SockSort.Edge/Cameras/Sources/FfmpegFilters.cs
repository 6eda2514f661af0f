using System.Globalization;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>
/// What ffmpeg does with frames before it hands them out. None is ever doubled, as ffmpeg's own <c>fps</c> does with the frames of a slow
/// source.
/// </summary>
internal static class FfmpegFilters
{
    // Wider frames add nothing to a classifier's input of some 224 pixels, but cost time on every step.
    private const int MaxWidth = 1280;

    // ffmpeg's muxer for bare pictures keeps a steady rate by the frames' times, in each of its versions: with times of 1/25 s, one after
    // the other, and this rate it lets every frame pass once.
    private static readonly string[] Numbered = ["settb=1/25", "setpts=N"];

    // With transparency where there is some: it is laid on the same background as that of all pictures.
    private static readonly string Format = FormattableString.Invariant($"scale=w='min({MaxWidth},iw)':h=-2,format=pix_fmts=rgb24|rgba");

    /// <summary>The arguments of an output that follows from <paramref name="filters"/>.</summary>
    public static string[] Output(IEnumerable<string> filters) =>
        [
            "-an",
            "-sn",
            "-dn",
            "-vf",
            string.Join(',', [.. filters, Format, .. Numbered]),
            "-r",
            "25",
            "-f",
            "image2pipe",
            "-c:v",
            "pam",
            "-",
        ];

    /// <summary>
    /// Of a camera: timed by their arrival, for many cameras tell wrong times or none (MJPEG over HTTP counts as 25 a second to ffmpeg). At
    /// most twice as many as are wanted are handed out, so that the newest one is not old when one is due, and a wide picture is not scaled
    /// in vain.
    /// </summary>
    /// <param name="fps">Frames a second that are wanted; 0 = all.</param>
    public static IEnumerable<string> ByArrival(double fps) =>
        fps > 0 ? ["settb=1/1000000", "setpts=RTCTIME-RTCSTART", OnePer(fps * 2)] : [];

    /// <summary>Of a video: as many a second of its own time, and no sooner than they are to be seen.</summary>
    /// <param name="fps">Frames a second; 0 = all, as fast as they are taken.</param>
    /// <param name="longestPause">A longer one in the video is left out.</param>
    /// <param name="skip">Frames at its beginning that were handed out before it broke off.</param>
    public static IEnumerable<string> ByVideoTime(double fps, TimeSpan longestPause, long skip = 0)
    {
        if (fps > 0)
            yield return OnePer(fps);
        if (skip > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"select='gte(n,{skip})'");
        if (fps > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"realtime=limit={longestPause.TotalSeconds}");
    }

    /// <summary>
    /// The first frame in each slot. A frame at the rate asked for lies well within its slot, so that times that are rounded don't matter;
    /// a time that runs backward begins a slot, too.
    /// </summary>
    private static string OnePer(double fps)
    {
        var slot = string.Create(CultureInfo.InvariantCulture, $"floor(t*{fps}+0.25)");
        var last = string.Create(CultureInfo.InvariantCulture, $"floor(prev_selected_t*{fps}+0.25)");
        return $"select='isnan(t)+isnan(prev_selected_t)+not(eq({slot},{last}))'";
    }
}
