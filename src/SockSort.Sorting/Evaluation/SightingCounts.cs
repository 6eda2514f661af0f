using SockSort.Sorting.Sightings;

namespace SockSort.Sorting.Evaluation;

/// <summary>Counts the socks of a scenario by sightings.</summary>
public static class SightingCounts
{
    /// <summary>Counts each sighting once; where SockSort is started again, from what it has kept.</summary>
    public static IReadOnlyList<Count> Of(Scenario scenario, SightingOptions options)
    {
        var counts = new List<Count>();
        var detector = new SightingDetector("camera", options);
        for (var number = 0; number < scenario.Frames.Count; number++)
        {
            if (scenario.Restarts.Contains(number))
                detector = Restarted(detector, options);
            var told = detector.See(scenario.Frames[number]);
            counts.AddRange(told.Where(sighting => sighting.End is null).Select(sighting => new Count(sighting.Sock, sighting.ToldAtMs)));
        }
        return counts;
    }

    private static SightingDetector Restarted(SightingDetector detector, SightingOptions options)
    {
        using var kept = new MemoryStream();
        using var writer = new BinaryWriter(kept);
        detector.Write(writer);
        kept.Position = 0;
        var restarted = new SightingDetector("camera", options);
        using var reader = new BinaryReader(kept);
        restarted.Read(reader);
        return restarted;
    }
}
