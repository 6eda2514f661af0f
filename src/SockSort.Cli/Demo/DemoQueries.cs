using SockSort.Sorting.Queries;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Demo;

/// <summary>The SQL part of the demo: runs the script's statements on the log and passes the rows of its last query to the meter.</summary>
internal sealed class DemoQueries : IAsyncDisposable
{
    private readonly SqlEngine _engine;
    private readonly CancellationTokenSource _stop = new();
    private long _unreadableBefore;
    private Task _reading = Task.CompletedTask;

    /// <param name="engine">The engine; its owner disposes of it after this.</param>
    public DemoQueries(SqlEngine engine) => _engine = engine;

    /// <summary>The path of the script that the demo runs.</summary>
    public static string ScriptPath => Path.Combine(AppContext.BaseDirectory, "samples", "sock.ksql");

    /// <summary>The number of records that the queries could not deserialise since the demo started.</summary>
    public long Unreadable => Skipped - _unreadableBefore;

    // Sightings read the frames, too, and count what they cannot read once more.
    private long Skipped => _engine.Metrics().Where(query => query.Key != SightingQuery.Id).Sum(query => query.Value.Skipped);

    /// <summary>The last deserialisation error, with topic and offset; null if there is none.</summary>
    public string? LastError =>
        Unreadable == 0 ? null : _engine.Metrics().Values.Select(query => query.LastError).FirstOrDefault(error => error is not null);

    /// <summary>Runs the script; its queries continue after the method returns.</summary>
    /// <exception cref="SockSort.Sql.SqlException">A statement is wrong.</exception>
    public async Task StartAsync(DemoMeter meter, Action<string> note, CancellationToken cancel)
    {
        _engine.Start();
        var session = new SqlSession();
        var parser = new SqlParser(new SourceText("samples/sock.ksql", await File.ReadAllTextAsync(ScriptPath, cancel)), session.Variables);
        while (parser.Next() is { } statement)
        {
            switch (await _engine.ExecuteAsync(statement, session, cancel))
            {
                case PushResult push:
                    _reading = ReadAsync(push.Query, meter);
                    break;
                case MessageResult message:
                    foreach (var text in message.Notes)
                        note(text);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Excludes records that were unreadable in an earlier demo from the count.</summary>
    public void BeginCounting() => _unreadableBefore = Skipped;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ReadAsync(PushQuery query, DemoMeter meter)
    {
        var columns = query.Columns.Select((column, index) => (column.Name, index))
            .ToDictionary(column => column.Name, column => column.index);
        await foreach (var row in query.ReadAsync(_stop.Token))
        {
            if (row.Values[columns["IMAGE"]] is string image && !row.IsTombstone)
                meter.OnPair(
                    new PairRow(image, $"{row.Values[columns["PAIR_SEEN"]]}", Convert.ToInt64(row.Values[columns["NUMBER_SOCKS_SEEN"]])));
        }
    }
}
