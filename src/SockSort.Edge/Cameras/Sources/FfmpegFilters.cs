using System.Globalization;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>
/// Filters that ffmpeg applies to frames before it hands them out. No frame is ever duplicated, as ffmpeg's own <c>fps</c> filter does with
/// a slow source.
/// </summary>
internal static class FfmpegFilters
{
    // Wider frames add nothing to a classifier input of about 224 pixels, but cost time in every step.
    private const int MaxWidth = 1280;

    // ffmpeg's image2pipe muxer keeps a steady rate by the frames' timestamps, in all versions: with successive timestamps of 1/25 s and
    // this rate, it lets every frame pass exactly once.
    private static readonly string[] Numbered = ["settb=1/25", "setpts=N"];

    // Transparency is kept where there is some, to be laid on the same background as that of all pictures.
    private static readonly string Format = FormattableString.Invariant($"scale=w='min({MaxWidth},iw)':h=-2,format=pix_fmts=rgb24|rgba");

    /// <summary>Arguments of the output, whose frames pass through <paramref name="filters"/> first.</summary>
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
    /// Filters for a camera. Frames get their arrival time, because many cameras give wrong timestamps or none (ffmpeg assumes 25 frames
    /// per second for MJPEG over HTTP). At most twice as many frames as wanted are handed out, so that the newest one is recent when one is
    /// due and few wide frames are scaled in vain.
    /// </summary>
    /// <param name="fps">Wanted frames per second; 0 means all.</param>
    public static IEnumerable<string> ByArrival(double fps) =>
        fps > 0 ? ["settb=1/1000000", "setpts=RTCTIME-RTCSTART", OnePer(fps * 2)] : [];

    /// <summary>Filters for a video: so many frames per second of its own time, and none before its time has come.</summary>
    /// <param name="fps">Frames per second; 0 means all, as fast as they are taken.</param>
    /// <param name="longestPause">A longer pause in the video is left out.</param>
    /// <param name="skip">Frames at the beginning that were handed out before the video broke off.</param>
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
    /// Selects the first frame in each time slot. A frame at the requested rate lies well within its slot, so rounded timestamps do no
    /// harm; a timestamp that runs backward also begins a slot.
    /// </summary>
    private static string OnePer(double fps)
    {
        var slot = string.Create(CultureInfo.InvariantCulture, $"floor(t*{fps}+0.25)");
        var last = string.Create(CultureInfo.InvariantCulture, $"floor(prev_selected_t*{fps}+0.25)");
        return $"select='isnan(t)+isnan(prev_selected_t)+not(eq({slot},{last}))'";
    }
}
