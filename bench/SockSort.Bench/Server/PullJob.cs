using System.Diagnostics;
using System.Globalization;
using System.Text;
using SockSort.Log;

namespace SockSort.Bench.Server;

/// <summary>Measures pull queries by key at a steady rate, alone and beside a client that reads the whole table again and again.</summary>
public static class PullJob
{
    private const string Table =
        "CREATE TABLE socks (id STRING PRIMARY KEY, owner STRING, n INT) WITH (kafka_topic='socks', value_format='json', partitions=1);";

    private const int BatchSize = 5000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <exception cref="BenchException">An answer was wrong.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        string folder, int rows, int perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        using var data = new BenchFolder(folder);
        await using var served = await ServedLog.StartAsync(data.Path, cancellation);
        await served.RunAsync(Table, cancellation);
        foreach (var numbers in Enumerable.Range(0, rows).Chunk(BatchSize))
            _ = served.Log.Append("socks", [.. numbers.Select(RecordOf)]);
        _ = await LookUpAsync(served, rows, perSecond, WarmUp, cancellation);
        var alone = await LookUpAsync(served, rows, perSecond, duration, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var scans = ScanAsync(served, rows, stop.Token);
        var beside = await LookUpAsync(served, rows, perSecond, duration, cancellation);
        await stop.CancelAsync();
        return
        [
            $"{perSecond} by key a second, alone: {alone}",
            $"beside a client that reads all {rows.ToString(CultureInfo.InvariantCulture)} rows: {beside}",
            $"  reading all rows: {await scans}",
        ];
    }

    private static NewRecord RecordOf(int number) => new(
        Encoding.UTF8.GetBytes(KeyOf(number)), Encoding.UTF8.GetBytes($"{{\"OWNER\":\"owner {number % 97}\",\"N\":{number}}}"));

    private static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"sock-{number:0000000}");

    private static async Task<Latencies> LookUpAsync(
        ServedLog served, int rows, int perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var (latencies, gate, asked, clock) = (new Latencies(), new Lock(), new List<Task>(), Stopwatch.StartNew());
        while (clock.Elapsed < duration)
        {
            // What is due is asked for whether or not those before have their answers.
            for (var due = (int)(clock.Elapsed.TotalSeconds * perSecond); asked.Count < due;)
                asked.Add(AskAsync(asked.Count));
            await Task.Delay(1, cancellation);
        }
        await Task.WhenAll(asked);
        return latencies;

        async Task AskAsync(int number)
        {
            var since = Stopwatch.GetTimestamp();
            var wanted = (int)((number * 7919L) % rows);
            var answer = await QueryAsync(served, $"SELECT n FROM socks WHERE id = '{KeyOf(wanted)}';", cancellation);
            if (!answer.Contains($"[{wanted}]", StringComparison.Ordinal))
                throw new BenchException($"'{KeyOf(wanted)}' was not found: {answer}");
            lock (gate)
                latencies.Add(Stopwatch.GetElapsedTime(since));
        }
    }

    private static async Task<Latencies> ScanAsync(ServedLog served, int rows, CancellationToken cancellation)
    {
        var latencies = new Latencies();
        while (!cancellation.IsCancellationRequested)
        {
            var since = Stopwatch.GetTimestamp();
            try
            {
                if (await CountLinesAsync(served, "SELECT * FROM socks;", cancellation) < rows)
                    throw new BenchException("not all rows were read");
            }
            catch (OperationCanceledException)
            {
                break;
            }
            latencies.Add(Stopwatch.GetElapsedTime(since));
        }
        return latencies;
    }

    private static async Task<string> QueryAsync(ServedLog served, string sql, CancellationToken cancellation)
    {
        using var answer = await KsqlRequests.QueryAsync(served.Client, sql, properties: null, cancellation);
        return await answer.Content.ReadAsStringAsync(cancellation);
    }

    /// <summary>Does not keep the answer: client and server share a collector here, which a server has for itself.</summary>
    private static async Task<int> CountLinesAsync(ServedLog served, string sql, CancellationToken cancellation)
    {
        using var answer = await KsqlRequests.QueryAsync(served.Client, sql, properties: null, cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var (part, lines) = (new byte[16 << 10], 0);
        while (await body.ReadAsync(part, cancellation) is > 0 and var length)
            lines += part.AsSpan(0, length).Count((byte)'\n');
        return lines;
    }
}
