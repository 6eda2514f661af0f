using SockSort.Edge.Kept;
using SockSort.Sorting.Topics;
using SockSort.Teaching.Waiting;

namespace SockSort.Dashboard.Watching;

/// <summary>
/// Puts frames of a sighting that was corrected into the list of those that wait for a name, with the name that the correction gives.
/// </summary>
/// <param name="frames">The last frames of the cameras; a correction that comes later than they are kept names none.</param>
internal sealed class CorrectedFrames(WaitingFrames waiting, FrameStores frames)
{
    // More of one showing look alike.
    private const int Most = 3;

    /// <summary>Takes a correction that the ledger has accepted.</summary>
    /// <param name="sighting">What the ledger took it for.</param>
    /// <param name="sock">What it was; null where that was not said.</param>
    public void Take(SightingRow sighting, string? sock)
    {
        var kept = frames.Within(sighting.Camera, Shown.At(sighting.SeenFromMs), Shown.At(sighting.SeenToMs))
            .Where(frame => frame.Label == sighting.Sock)
            .ToList();
        var count = Math.Min(Most, kept.Count);
        for (var index = 0; index < count; index++)
        {
            // From the middle of as many equal parts: at the ends a hand comes and goes.
            var frame = kept[((2 * index) + 1) * kept.Count / (2 * count)];
            waiting.Add(
                new WaitingFrame(sighting.Camera, frame.CapturedAt, frame.Label, frame.Percent) { IsCorrected = true, Suggested = sock },
                frame.Jpeg);
        }
    }
}
