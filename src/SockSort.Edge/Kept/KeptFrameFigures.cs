using SockSort.Edge.LiveView;

namespace SockSort.Edge.Kept;

/// <summary>Turns what is kept into figures for programs.</summary>
public static class KeptFrameFigures
{
    public static IReadOnlyList<LiveFigure> Of(KeptFrameCounts counts) =>
    [
        new("frames_kept", counts.Frames, IsTotal: false, "Frames that are kept by run and seq."),
        new("frames_kept_bytes", counts.Bytes, IsTotal: false, "Bytes of the kept frames."),
        new("frames_evicted", counts.Evicted, IsTotal: true, "Kept frames that made room for newer ones."),
    ];
}
