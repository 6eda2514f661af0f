using FsCheck.Xunit;
using SockSort.Sorting.Evaluation;
using SockSort.Sorting.Sightings;

namespace SockSort.Sorting.Tests.Sightings;

/// <summary>What a detector keeps is all that it remembers.</summary>
public class KeptDetectorProperties
{
    private static readonly ScenarioOptions Short = new() { WrongFrames = 0.2, Socks = (2, 5), HoldSeconds = (0.5, 5) };

    [Property(MaxTest = 40)]
    public bool Saved_and_loaded_at_any_frame_it_tells_the_same_sightings(int seed, ushort place)
    {
        var frames = ScenarioMaker.Make(Short, seed, CameraScript.StartMs).Frames;
        var expected = Told(new SightingDetector("kitchen"), frames);
        var first = new SightingDetector("kitchen");
        var at = place % (frames.Count + 1);

        List<Sighting> told = [.. Told(first, frames.Take(at)), .. Told(Reloaded(first), frames.Skip(at))];

        return expected.SequenceEqual(told);
    }

    [Property(MaxTest = 40)]
    public bool It_writes_what_it_was_loaded_from(int seed)
    {
        var detector = new SightingDetector("kitchen");
        _ = Told(detector, ScenarioMaker.Make(Short, seed, CameraScript.StartMs).Frames);

        return Kept(detector).SequenceEqual(Kept(Reloaded(detector)));
    }

    private static List<Sighting> Told(SightingDetector detector, IEnumerable<LabelledFrame> frames) =>
        [.. frames.SelectMany(detector.See)];

    private static SightingDetector Reloaded(SightingDetector detector)
    {
        var loaded = new SightingDetector("kitchen");
        loaded.Read(new BinaryReader(new MemoryStream(Kept(detector))));
        return loaded;
    }

    private static byte[] Kept(SightingDetector detector)
    {
        using var kept = new MemoryStream();
        detector.Write(new BinaryWriter(kept));
        return kept.ToArray();
    }
}
