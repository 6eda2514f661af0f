using System.Diagnostics;

namespace SockSort.Imaging.OpenCv;

/// <summary>Time spent in each step of recoding, summed over photos.</summary>
public sealed class RecodeTimes
{
    private long _decode;
    private long _resize;
    private long _encode;

    /// <summary>Decoding, and turning upright.</summary>
    public TimeSpan Decode => Stopwatch.GetElapsedTime(0, _decode);

    /// <summary>Crop and resize.</summary>
    public TimeSpan Resize => Stopwatch.GetElapsedTime(0, _resize);

    public TimeSpan Encode => Stopwatch.GetElapsedTime(0, _encode);

    /// <summary>All in ticks of <see cref="Stopwatch"/>.</summary>
    internal void Add(long decode, long resize, long encode)
    {
        _decode += decode;
        _resize += resize;
        _encode += encode;
    }
}
