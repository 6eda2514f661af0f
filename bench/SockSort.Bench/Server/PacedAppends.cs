using System.Diagnostics;
using System.Globalization;
using System.Text;
using SockSort.Log;

namespace SockSort.Bench.Server;

/// <summary>
/// Appends records at a constant rate, in batches one millisecond apart; each record holds its sequence number and its send time.
/// </summary>
internal sealed class PacedAppends(ILog log, int perSecond)
{
    public const string Topic = "bench_socks";

    /// <summary>The statement that declares the records as a stream.</summary>
    public const string Stream =
        "CREATE STREAM socks (seq BIGINT, sent BIGINT, image STRING) WITH (kafka_topic='bench_socks', value_format='json', partitions=1);";

    private Task _last = Task.CompletedTask;

    /// <summary>The number of records sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Runs on a thread of its own, because the thread pool belongs to the server and its clients.</summary>
    public Task RunAsync(TimeSpan duration, CancellationToken cancellation) =>
        OwnThread.RunAsync(() => Run(duration, cancellation), CancellationToken.None);

    /// <summary>Appends records without a pause.</summary>
    public void Fill(int count)
    {
        const int Batch = 5000;
        for (var left = count; left > 0; left -= Batch)
            Append(Math.Min(left, Batch));
        _last.GetAwaiter().GetResult();
    }

    private void Run(TimeSpan duration, CancellationToken cancellation)
    {
        var (clock, before) = (Stopwatch.StartNew(), Sent);
        while (clock.Elapsed < duration && !cancellation.IsCancellationRequested)
        {
            var due = (int)((long)(clock.Elapsed.TotalSeconds * perSecond) - (Sent - before));
            if (due > 0)
                Append(due);
            Thread.Sleep(1);
        }
        _last.GetAwaiter().GetResult();
    }

    /// <summary>Does not wait for the commit: records from a broker come whether or not the disk has stored the earlier ones.</summary>
    private void Append(int count)
    {
        var now = Stopwatch.GetTimestamp();
        var records = new NewRecord[count];
        for (var i = 0; i < count; i++)
            records[i] = new NewRecord(
                default(ReadOnlyMemory<byte>?),
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $$"""{"seq":{{Sent++}},"sent":{{now}},"image":"Google"}""")));
        _last = log.AppendAsync(Topic, records);
    }
}
