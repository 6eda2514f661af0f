using System.Text;
using Microsoft.Extensions.Time.Testing;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Tests.Clients;

/// <summary>Clients that read slowly.</summary>
public sealed class PushQueryTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryLog _topics = new();
    private readonly SqlEngine _engine;

    public PushQueryTests() => _engine = new(_topics, new() { Time = _time, PushPatience = Patience });

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_query_pauses_when_its_client_s_buffer_is_full_and_goes_on_when_half_of_it_is_read()
    {
        var push = await OpenAsync(records: 40_000);

        _engine.RunUntilIdle();
        var before = Read(push, 1000);
        _engine.RunUntilIdle();
        var lagBefore = LagOf(push);
        var rest = Read(push, int.MaxValue);
        _engine.RunUntilIdle();

        Assert.Equal((1000, 14_000), (before, rest));
        Assert.Equal(25_000, lagBefore);
        Assert.Equal(10_000, LagOf(push));
        Assert.Null(push.Failure);
    }

    [Fact]
    public async Task A_client_that_makes_no_room_for_a_minute_is_told_so_and_counted()
    {
        var push = await OpenAsync(records: 40_000);
        _engine.RunUntilIdle();

        _engine.AdvanceTime();
        _time.Advance(Patience - TimeSpan.FromSeconds(1));
        _engine.AdvanceTime();
        var before = push.Failure;
        _time.Advance(TimeSpan.FromSeconds(1));
        _engine.AdvanceTime();

        Assert.Null(before);
        Assert.Equal(
            $"query {push.Id} was ended: its client has made no room for 60 s, and the 15000 rows that waited for it are dropped "
                + "[SQL0321]; read faster, select fewer rows, or write into a stream and read its topic",
            push.Failure);
        Assert.True(push.Failed.IsCancellationRequested);
        Assert.Equal(0, Read(push, int.MaxValue));
        Assert.Equal(1, _engine.SlowClientsEnded);
    }

    [Fact]
    public async Task A_client_that_reads_slowly_but_makes_room_keeps_its_query()
    {
        var push = await OpenAsync(records: 200_000);

        for (var seconds = 0; seconds < 200; seconds += 20)
        {
            _engine.RunUntilIdle();
            _engine.AdvanceTime();
            _time.Advance(TimeSpan.FromSeconds(20));
            _engine.AdvanceTime();
            _ = Read(push, 5000);
        }

        Assert.Null(push.Failure);
        Assert.Equal(0, _engine.SlowClientsEnded);
    }

    private async Task<PushQuery> OpenAsync(int records)
    {
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        var statements = SqlParser.Parse(
            new SourceText(
                "test",
                "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); SELECT a FROM s EMIT CHANGES;"));
        _ = await _engine.ExecuteAsync(statements[0], session);
        _topics.Append(
            "s", [.. Enumerable.Range(0, records).Select(i => NewRecord.Of(i, null, Encoding.UTF8.GetBytes($$"""{"a":{{i}}}""")))]);
        return ((PushResult)await _engine.ExecuteAsync(statements[1], session)).Query;
    }

    private long LagOf(PushQuery push) => _engine.Snapshot().Queries.Single(query => query.Id == push.Id).Lag();

    private static int Read(PushQuery push, int most)
    {
        var read = 0;
        while (read < most && push.TryRead(out _))
            read++;
        return read;
    }
}
