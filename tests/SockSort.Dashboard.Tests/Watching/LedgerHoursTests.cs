using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using SockSort.Dashboard.Watching;
using SockSort.Log;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Tests.Queries;
using SockSort.Sorting.Topics;
using SockSort.Testing;
using static SockSort.Sorting.Tests.Sightings.CameraScript;

namespace SockSort.Dashboard.Tests.Watching;

/// <summary>Socks are seen at ten and at eleven in the evening, and corrections are made after midnight.</summary>
public sealed class LedgerHoursTests
{
    private const string Ten = "kitchen@1700000000000";
    private const string Eleven = "kitchen@1700003600000";
    private const string Pair = "2s Google, 3598s -, 2s Google, 1s Blank";
    private const string PairOfTen = "22h 1 seen, 0 pairs; 23h 1 seen, 1 pairs; 00h 0 seen, 0 pairs";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(StartMs).AddHours(2));

    [Fact]
    public async Task A_pair_counts_in_the_hour_in_which_it_was_found()
    {
        await using var host = await StartAsync(Pair);

        Assert.Equal(PairOfTen, await HoursAsync(host));
    }

    [Fact]
    public async Task A_sighting_that_is_forgotten_leaves_its_hour_and_the_pair_its_own()
    {
        await using var host = await StartAsync(Pair);

        await CorrectAsync(host, Forget(Ten));

        Assert.Equal("22h 0 seen, 0 pairs; 23h 1 seen, 0 pairs; 00h 0 seen, 0 pairs", await HoursAsync(host));
    }

    [Fact]
    public async Task One_that_counts_again_after_all_is_in_its_hour_again_and_the_pair_is_found_now()
    {
        await using var host = await StartAsync(Pair);

        await CorrectAsync(host, Forget(Ten), Relabel(Ten, "Google") with { Was = "" });

        Assert.Equal("22h 1 seen, 0 pairs; 23h 1 seen, 0 pairs; 00h 0 seen, 1 pairs", await HoursAsync(host));
    }

    [Fact]
    public async Task A_pair_that_was_another_sock_is_none()
    {
        await using var host = await StartAsync(Pair);

        await CorrectAsync(host, Relabel(Eleven, "Dots"));

        Assert.Equal("22h 1 seen, 0 pairs; 23h 1 seen, 0 pairs; 00h 0 seen, 0 pairs", await HoursAsync(host));
    }

    [Fact]
    public async Task A_pair_of_a_name_that_is_merged_stays_where_it_was_found()
    {
        await using var host = await StartAsync(Pair);

        await CorrectAsync(host, Merge("Google", "Dots"));

        Assert.Equal(PairOfTen, await HoursAsync(host));
    }

    [Fact]
    public async Task Two_odd_ones_that_are_merged_are_a_pair_now()
    {
        await using var host = await StartAsync("2s Google, 3598s -, 2s Dots, 1s Blank");

        await CorrectAsync(host, Merge("Google", "Dots"));

        Assert.Equal("22h 1 seen, 0 pairs; 23h 1 seen, 0 pairs; 00h 0 seen, 1 pairs", await HoursAsync(host));
    }

    [Fact]
    public async Task A_pair_that_is_taken_back_after_a_merge_leaves_the_hour_of_the_newest()
    {
        await using var host = await StartAsync("2s Dots, 1s Blank, 2s Dots, 3595s -, 2s Google, 1s Blank, 2s Google, 1s Blank");

        await CorrectAsync(host, Merge("Google", "Dots"), Forget(Ten));

        Assert.Equal("22h 1 seen, 1 pairs; 23h 2 seen, 0 pairs; 00h 0 seen, 0 pairs", await HoursAsync(host));
    }

    [Fact]
    public async Task Laundry_done_leaves_all_that_was_counted()
    {
        await using var host = await StartAsync(Pair);

        await CorrectAsync(host, Correction.New(CorrectionKind.LaundryDone), Merge("Google", "Dots"));

        Assert.Equal(PairOfTen, await HoursAsync(host));
    }

    [Fact]
    public async Task A_correction_that_is_refused_changes_nothing()
    {
        await using var host = await StartAsync(Pair);

        var answers = await CorrectAsync(host, Correction.New(CorrectionKind.LaundryDone), Forget(Ten));

        Assert.StartsWith($"sighting '{Ten}' belongs to count 1, which is over", answers[1]);
        Assert.Equal(PairOfTen, await HoursAsync(host));
    }

    [Fact]
    public async Task Pages_that_are_open_follow()
    {
        await using var host = await StartAsync(Pair);
        var feed = new SortingFeed(host.Engine, host.Log, TimeProvider.System);
        using var end = new CancellationTokenSource();
        var following = feed.RunAsync(end.Token);
        await Eventually.TrueAsync(() => HoursOf(feed) == PairOfTen, "the pair is there");

        await CorrectAsync(host, Forget(Eleven));

        const string Odd = "22h 1 seen, 0 pairs; 23h 0 seen, 0 pairs; 00h 0 seen, 0 pairs";
        await Eventually.TrueAsync(() => HoursOf(feed) == Odd, "the pair is gone");
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task More_than_is_read_at_once_is_read_where_nothing_more_comes()
    {
        await using var host = await StartAsync(Pair);
        var closed = host.Log.Read(SortingNames.Sightings, 0, 0, 1).Single();
        var again = new NewRecord(closed.Key, closed.Value, closed.TimestampMs);
        _ = host.Log.Append(SortingNames.Sightings, [.. Enumerable.Repeat(again, 6000)]);
        var other = new NewRecord("bath@1"u8.ToArray(), closed.Value, closed.TimestampMs);
        _ = host.Log.Append(SortingNames.Sightings, [other]);
        var feed = new SortingFeed(host.Engine, host.Log, TimeProvider.System);
        using var end = new CancellationTokenSource();

        var following = feed.RunAsync(end.Token);

        const string AndOther = "22h 2 seen, 0 pairs; 23h 1 seen, 1 pairs; 00h 0 seen, 0 pairs";
        await Eventually.TrueAsync(() => HoursOf(feed) == AndOther, "all are read");
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    private async Task<SortingHost> StartAsync(string script)
    {
        var host = await SortingHost.StartAsync(time: _time);
        host.Send(Frames(script));
        return host;
    }

    private static async Task<List<string>> CorrectAsync(SortingHost host, params Correction[] corrections)
    {
        List<string> answers = [];
        foreach (var correction in corrections)
            answers.Add(await host.CorrectAsync(correction));
        return answers;
    }

    /// <summary>As a page tells it that is opened now.</summary>
    private async Task<string> HoursAsync(SortingHost host)
    {
        var feed = new SortingFeed(host.Engine, host.Log, TimeProvider.System);
        var isRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        feed.Changed += () => isRead.TrySetResult();
        using var end = new CancellationTokenSource();
        var following = feed.RunAsync(end.Token);
        await isRead.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        return HoursOf(feed);
    }

    private string HoursOf(SortingFeed feed) => string.Join("; ", feed.View.Hours.Steps(_time.GetUtcNow(), 1, 3).Select(step =>
        string.Create(CultureInfo.InvariantCulture, $"{step.From:HH}h {step.Sightings} seen, {step.Pairs} pairs")));

    private static Correction Forget(string sighting) => Correction.New(CorrectionKind.Forget) with { Sighting = sighting };

    private static Correction Relabel(string sighting, string sock) =>
        Correction.New(CorrectionKind.Relabel) with { Sighting = sighting, Sock = sock };

    private static Correction Merge(string sock, string into) =>
        Correction.New(CorrectionKind.Merge) with { Sock = sock, IntoSock = into };
}
