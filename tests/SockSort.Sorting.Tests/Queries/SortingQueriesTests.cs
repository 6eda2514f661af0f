using Microsoft.Extensions.Time.Testing;
using SockSort.Log.Memory;
using SockSort.Log.Sqlite;
using SockSort.Sorting.Evaluation;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Topics;
using SockSort.Sql.Engine.Results;
using SockSort.Sql;
using SockSort.Testing;
using static SockSort.Sorting.Tests.Sightings.CameraScript;

namespace SockSort.Sorting.Tests.Queries;

public sealed class SortingQueriesTests
{
    private const string Two = "1s Blank, 2s Google, 0.5s Blank, 2s Google, 1s Blank";

    [Fact]
    public async Task A_sock_is_told_when_it_is_sure_and_when_it_is_over()
    {
        await using var host = await SortingHost.StartAsync();

        host.Send(Frames("1s Blank, 2s Google, 1s Blank"));

        Assert.Equal(
            [
                Json("kitchen@1700000001000 {'CAMERA':'kitchen','SOCK':'Google','PHASE':'OPEN','SEEN_FROM':1700000001000,"
                    + "'SEEN_TO':1700000001200,'FRAMES':3,'CONFIDENCE':95.0,'CLOSED_BY':null}"),
                Json("kitchen@1700000001000 {'CAMERA':'kitchen','SOCK':'Google','PHASE':'CLOSED','SEEN_FROM':1700000001000,"
                    + "'SEEN_TO':1700000002900,'FRAMES':20,'CONFIDENCE':95.0,'CLOSED_BY':'BLANK'}"),
            ],
            host.Records(SortingNames.Sightings));
    }

    [Fact]
    public async Task Two_of_a_sock_are_a_pair()
    {
        await using var host = await SortingHost.StartAsync();

        host.Send(Frames(Two));

        Assert.Equal(["Google 2 seen, 1 pairs, 0 odd, wash 1, 2 in all"], await host.LedgerAsync());
        Assert.Equal(
            [
                Json("Google {'PAIRS':1,'WASH':1,'FIRST_SIGHTING':'kitchen@1700000001000','SECOND_SIGHTING':'kitchen@1700000003500',"
                    + "'CAMERA':'kitchen','FOUND_AT':1700000003700}"),
            ],
            host.Records(SortingNames.Pairs));
    }

    [Fact]
    public async Task Two_cameras_see_a_pair_together()
    {
        await using var host = await SortingHost.StartAsync();

        host.Send(Frames("1s Blank, 2s Google, 1s Blank"));
        host.Send(Frames("1s Blank, 2s Google, 1s Blank"), camera: "bath");

        Assert.Equal(["Google 2 seen, 1 pairs, 0 odd, wash 1, 2 in all"], await host.LedgerAsync());
    }

    [Fact]
    public async Task Sightings_are_a_stream_of_SQL()
    {
        await using var host = await SortingHost.StartAsync();
        var push = (PushResult)await host.RunAsync("SELECT * FROM sock_sightings EMIT CHANGES;");

        host.Send(Frames("1s Blank, 2s Google, 1s Blank"));

        Assert.True(push.Query.TryRead(out var row));
        Assert.Equal(
            ["kitchen@1700000001000", "kitchen", "Google", "OPEN", 1700000001000L, 1700000001200L, 3L, 95.0, null], row!.Values);
    }

    [Fact]
    public async Task Silence_ends_a_sighting_by_the_wall_clock()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(StartMs));
        await using var host = await SortingHost.StartAsync(time: time);
        host.Send(Frames("2s Google"));

        time.Advance(TimeSpan.FromSeconds(9));
        host.Engine.RunUntilIdle();
        host.Engine.AdvanceTime();
        var before = host.Records(SortingNames.Sightings).Count;
        time.Advance(TimeSpan.FromSeconds(2));
        host.Engine.AdvanceTime();

        Assert.Equal(1, before);
        Assert.Contains("\"CLOSED_BY\":\"SILENCE\"", host.Records(SortingNames.Sightings)[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stopped_after_any_batch_it_goes_on_where_it_was(int seed)
    {
        var frames = ScenarioMaker.Make(new() { WrongFrames = 0.1, Socks = (5, 8), HoldSeconds = (0.5, 5) }, seed, StartMs).Frames;
        var whole = new MemoryLog();
        await using (var host = await SortingHost.StartAsync(whole))
            host.Send(frames);

        var parts = new MemoryLog();
        foreach (var chunk in frames.Chunk(Math.Max(1, frames.Count / 9)))
        {
            await using var host = await SortingHost.StartAsync(parts);
            host.Send(chunk);
        }

        Assert.NotEmpty(SortingHost.RecordsOf(whole, SortingNames.Sightings));
        Assert.Equal(SortingHost.RecordsOf(whole, SortingNames.Sightings), SortingHost.RecordsOf(parts, SortingNames.Sightings));
        Assert.Equal(SortingHost.RecordsOf(whole, SortingNames.Ledger), SortingHost.RecordsOf(parts, SortingNames.Ledger));
    }

    [Fact]
    public async Task A_ledger_with_corrections_survives_a_restart()
    {
        var log = new MemoryLog();
        await using (var host = await SortingHost.StartAsync(log))
        {
            host.Send(Frames(Two));
            _ = await host.CorrectAsync(new("1", CorrectionKind.Relabel, 0) { Sighting = "kitchen@1700000003500", Sock = "Mongo" });
        }

        await using var again = await SortingHost.StartAsync(log);
        var refused = await again.CorrectAsync(new("2", CorrectionKind.Forget, 0) { Sighting = "kitchen@1700000003500" });

        Assert.Equal(
            ["Google 1 seen, 0 pairs, 1 odd, wash 1, 1 in all", "Mongo 1 seen, 0 pairs, 1 odd, wash 1, 1 in all"],
            await again.LedgerAsync());
        Assert.Equal(
            "sighting 'kitchen@1700000003500' was corrected already and counts as 'Mongo'; to change that, say so by WAS = 'Mongo'",
            refused);
    }

    [Fact]
    public async Task A_pair_that_a_correction_takes_back_is_taken_back_in_its_topic_and_SQL_sees_pairs_alone()
    {
        await using var host = await SortingHost.StartAsync();
        var push = (PushResult)await host.RunAsync("SELECT sock, pairs FROM pair_found EMIT CHANGES;");
        host.Send(Frames(Two));

        _ = await host.CorrectAsync(new("1", CorrectionKind.Forget, 0) { Sighting = "kitchen@1700000003500" });

        Assert.Equal("Google gone", host.Records(SortingNames.Pairs)[^1]);
        Assert.Equal(2, host.Records(SortingNames.Pairs).Count);
        Assert.True(push.Query.TryRead(out var row));
        Assert.Equal(["Google", 1L], row!.Values);
        Assert.False(push.Query.TryRead(out _));
    }

    [Fact]
    public async Task The_pair_of_a_name_that_is_merged_into_another_is_the_others()
    {
        await using var host = await SortingHost.StartAsync();
        host.Send(Frames(Two));

        _ = await host.CorrectAsync(new("1", CorrectionKind.Merge, 0) { Sock = "Google", IntoSock = "Mongo" });

        Assert.Equal("Google gone", host.Records(SortingNames.Pairs)[^1]);
        Assert.Equal(["Mongo 2 seen, 1 pairs, 0 odd, wash 1, 2 in all"], await host.LedgerAsync());
    }

    [Fact]
    public async Task The_programs_own_queries_are_not_terminated()
    {
        await using var host = await SortingHost.StartAsync();

        var error = await Assert.ThrowsAsync<SqlException>(() => host.RunAsync("TERMINATE SORTING_LEDGER;"));
        _ = await host.RunAsync("TERMINATE ALL;");

        Assert.Contains("query SORTING_LEDGER is the program's own", error.Message, StringComparison.Ordinal);
        Assert.Equal(["SORTING_SIGHTINGS", "SORTING_LEDGER"], host.Engine.Snapshot().Queries.Select(query => query.Id));
    }

    [Theory]
    [InlineData("DROP STREAM pair_found;", "'PAIR_FOUND' is used by the queries SORTING_LEDGER")]
    [InlineData("INSERT INTO sock_sightings (id, sock) VALUES ('a', 'b');", "cannot insert values into read-only stream: SOCK_SIGHTINGS")]
    public async Task Streams_of_sorting_are_written_by_sorting_alone(string statement, string problem)
    {
        await using var host = await SortingHost.StartAsync();

        var error = await Assert.ThrowsAsync<SqlException>(() => host.RunAsync(statement));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_is_read_as_it_was_at_any_time()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path);
        await using var host = await SortingHost.StartAsync(log);
        host.Send(Frames(Two));

        var then = LedgerHistory.Read(log, SortingNames.Ledger, DateTimeOffset.FromUnixTimeMilliseconds(StartMs + 3000));
        var now = LedgerHistory.Read(log, SortingNames.Ledger, until: null);

        Assert.Equal((1, 0), (then.Single().Seen, then.Single().Pairs));
        Assert.Equal((2, 1), (now.Single().Seen, now.Single().Pairs));
    }

    private static string Json(string text) => text.Replace('\'', '"');
}
