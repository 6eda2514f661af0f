using System.Globalization;
using SockSort.Sorting.Sightings;

namespace SockSort.Sorting.Tests.Sightings;

/// <summary>Frames of one camera, written as "3s Google, 1s Blank": so long each, a frame each tenth of a second.</summary>
internal static class CameraScript
{
    public const long StartMs = 1_700_000_000_000;

    /// <param name="percent">How sure the model is of each frame.</param>
    public static List<LabelledFrame> Frames(string script, double percent = 95, int framesPerSecond = 10)
    {
        var (frames, atMs) = (new List<LabelledFrame>(), StartMs);
        foreach (var part in script.Split(", "))
        {
            var words = part.Split(' ', 2);
            var seconds = double.Parse(words[0].TrimEnd('s'), CultureInfo.InvariantCulture);
            var count = (int)Math.Round(seconds * framesPerSecond);
            // "-" is a camera that tells nothing.
            for (var number = 0; number < count; number++, atMs += 1000 / framesPerSecond)
            {
                if (words[1] != "-")
                    frames.Add(new LabelledFrame(words[1], percent, atMs));
            }
        }
        return frames;
    }

    /// <summary>What a detector tells, in words: "Google opened at 0.2", "Google closed by Blank, 0 to 2.9, 30 frames".</summary>
    public static List<string> Told(SightingDetector detector, IEnumerable<LabelledFrame> frames) =>
        [.. frames.SelectMany(detector.See).Select(Words)];

    public static List<string> Told(IEnumerable<LabelledFrame> frames) => Told(new SightingDetector("kitchen"), frames);

    /// <summary>The socks that are counted, in their order.</summary>
    public static List<string> Socks(IEnumerable<LabelledFrame> frames)
    {
        var detector = new SightingDetector("kitchen");
        return [.. frames.SelectMany(detector.See).Where(sighting => sighting.End is null).Select(sighting => sighting.Sock)];
    }

    public static string Words(Sighting sighting)
    {
        var (from, to) = (Seconds(sighting.FromMs), Seconds(sighting.ToMs));
        return sighting.End is { } end
            ? FormattableString.Invariant($"{sighting.Sock} closed by {end}, {from} to {to}, {sighting.Frames} frames")
            : FormattableString.Invariant($"{sighting.Sock} opened, seen from {from}");
    }

    private static double Seconds(long ms) => (ms - StartMs) / 1000.0;
}
