using System.Globalization;
using SockSort.Dashboard.Watching;
using SockSort.Edge.Cameras;
using SockSort.Edge.Loop;
using SockSort.Imaging;
using SockSort.Teaching.Sessions;
using SockSort.Testing;

namespace SockSort.Dashboard.Tests.Watching;

public sealed class WaitingFramesTests(RunningDashboard dashboard) : IClassFixture<RunningDashboard>
{
    [Theory]
    [InlineData("Google", 59.9, null, true)]
    [InlineData("Google", 60.1, null, false)]
    [InlineData("Google", 99, 0.5, true)]
    [InlineData("Google", 99, 0.49, false)]
    [InlineData("Unknown", 99, null, true)]
    [InlineData("Blank", 30, 0.9, false)]
    public void The_model_is_unsure_by_its_probability_and_by_how_unknown_a_frame_is(
        string label, double percent, double? unknown, bool isUnsure) =>
        Assert.Equal(isUnsure, UnsureFrames.IsUnsure(Frame(label, percent, TimeSpan.Zero) with { Unknown = unknown }));

    [Fact]
    public void A_sock_that_was_just_learnt_does_not_wait() =>
        Assert.False(UnsureFrames.IsUnsure(Frame("Stripes", 55, TimeSpan.Zero) with { IsLearnt = true }));

    [Fact]
    public async Task Of_unsure_frames_that_follow_each_other_one_waits()
    {
        using var folder = new TempFolder();
        await using var teaching = new TeachingSession(folder.File("photos"), () => throw new InvalidOperationException(), trainer: null);
        var unsure = new UnsureFrames(teaching, TimeProvider.System);
        using var end = new CancellationTokenSource();

        for (var second = 0; second < 5; second++)
            unsure.See("desk", Frame("Google", 50, TimeSpan.FromSeconds(second)));
        unsure.See("shelf", Frame("Mongo", 50, TimeSpan.Zero));
        var running = unsure.RunAsync(end.Token);
        await Eventually.TrueAsync(() => teaching.Waiting.All.Count == 2, "two wait");
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(["Google", "Mongo"], teaching.Waiting.All.Select(frame => frame.Label).Order());
        Assert.Equal(0, teaching.Waiting.LeftOut);
    }

    [Fact]
    public async Task Frames_of_a_sighting_that_was_corrected_wait_with_the_name_that_the_correction_gives()
    {
        await dashboard.SqlAsync(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO sock_sightings (id, camera, sock, phase, seen_from, seen_to, frames, confidence)
              VALUES ('desk@corrected', 'desk', 'Mongo', 'OPEN', 0, {DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()}, 5, 97.1);
            """));
        await Eventually.TrueAsync(() => dashboard.Frames.Counts.Frames >= 16, "frames of each of the four pictures are kept");

        await dashboard.SqlAsync("""
            INSERT INTO sock_corrections (id, kind, sighting, sock) VALUES ('c1', 'RELABEL', 'desk@corrected', 'Stripes');
            INSERT INTO sock_corrections (id, kind, sighting, sock) VALUES ('c2', 'RELABEL', 'desk@corrected', 'Dots');
            INSERT INTO sock_correction_results (id, accepted) VALUES ('c2', FALSE);
            INSERT INTO sock_correction_results (id, accepted) VALUES ('c1', TRUE);
            """);
        await Eventually.TrueAsync(Corrected, "three wait");

        var waiting = dashboard.Teaching.Waiting.All.Where(frame => frame.IsCorrected).ToList();
        Assert.All(waiting, frame => Assert.Equal(("Mongo", "desk", "Stripes"), (frame.Label, frame.Camera, frame.Suggested)));
        Assert.Equal(3, waiting.Count);

        bool Corrected() => dashboard.Teaching.Waiting.All.Count(frame => frame.IsCorrected) == 3;
    }

    private static EdgeFrame Frame(string label, double percent, TimeSpan at)
    {
        var capturedAt = DateTimeOffset.UnixEpoch + at;
        return new EdgeFrame(
            new CameraFrame(1, "1", capturedAt, new Frame(40, 30), Truth: null), label, percent, capturedAt, capturedAt, IsEnqueued: true);
    }
}
