using System.Text.Json;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Sightings;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Training;

/// <summary>
/// The frames of the sample camera at four a second, shown twice in a row: a pair of each sock that was taught, and nothing else. One of
/// its socks was never taught.
/// </summary>
internal static class SockCameraSightings
{
    private const long StartMs = 1_700_000_000_000;
    private const long FrameMs = 250;

    /// <param name="model">Of the sample photos.</param>
    /// <param name="folder">The camera's frames.</param>
    public static async Task CheckAsync(string model, string folder)
    {
        var pictures = Directory.GetFiles(folder, "frame_*.png").Order(StringComparer.Ordinal);
        var classified = await SocksortProcess.RunAsync(["classify", model, "--json", .. pictures]);
        Assert.Equal(0, classified.ExitCode);
        using var answers = JsonDocument.Parse(classified.Output);
        var once = answers.RootElement.EnumerateArray().Select(FrameOf).ToList();

        var (detector, ledger) = (new SightingDetector("camera"), new SockLedger());
        foreach (var (index, frame) in once.Concat(once).Index())
        {
            foreach (var sighting in detector.See(frame with { AtMs = StartMs + (index * FrameMs) }))
                _ = ledger.See(sighting.Id, sighting.Camera, sighting.Sock, sighting.ToMs);
        }

        Assert.Equal(
            [("Confluent", 2L, 1L), ("Google", 2L, 1L), ("Mongo", 2L, 1L)],
            ledger.Accounts.Select(account => (account.Name, account.Seen, account.Pairs)));
    }

    private static LabelledFrame FrameOf(JsonElement answer)
    {
        var shares = answer.GetProperty("probabilities").EnumerateObject()
            .Select(share => (Label: share.Name, Percent: share.Value.GetDouble() * 100))
            .OrderByDescending(share => share.Percent)
            .ToList();
        return new LabelledFrame(shares[0].Label, shares[0].Percent, StartMs)
        {
            Unknown = answer.GetProperty("unknown").GetDouble(),
            Second = shares[1].Label,
            SecondPercent = shares[1].Percent,
        };
    }
}
