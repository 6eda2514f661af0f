using System.Diagnostics;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

namespace SockSort.Bench.Mqtt;

/// <summary>
/// Publishers as those of cameras, which must not wait, are given many times of what the chain takes, beside a subscriber that reads
/// slowly: at each place what came in must have gone on, or be counted as dropped.
/// </summary>
/// <param name="Times">How many times of what the broker has acknowledged is offered, at any moment.</param>
/// <param name="Duration">How long.</param>
public sealed record OverloadJob(int Times, TimeSpan Duration)
{
    private const int Publishers = 4;

    // What is offered before anything is acknowledged: more than is in flight, so that the queues are never empty.
    private const int Ahead = 4000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc cref="CameraJob.RunAsync(ProgramStart, string, CancellationToken)"/>
    public async Task<OverloadResult> RunAsync(ProgramStart program, string folder, CancellationToken cancellation)
    {
        using var data = new BenchFolder(folder);
        OverloadResult result;
        await using (var server = await MqttServer.StartAsync(program, data.Path, cancellation))
        {
            var publishers = Enumerable.Range(0, Publishers).Select(i => Start(server, i)).ToArray();
            try
            {
                result = await RunAsync(server, publishers, cancellation);
            }
            finally
            {
                foreach (var publisher in publishers)
                    await publisher.DisposeAsync();
            }
        }
        return result with { InLog = MqttServer.CountInLog(data.Path) };
    }

    private static MqttPublisher Start(MqttServer server, int number) => MqttPublisher.Start(new PublisherOptions
    {
        Endpoint = MqttEndpoint.Parse($"mqtt://127.0.0.1:{server.Port}", server.User, server.Password),
        ClientId = $"publisher-{number}",
    });

    private async Task<OverloadResult> RunAsync(MqttServer server, MqttPublisher[] publishers, CancellationToken cancellation)
    {
        using var slow = new SlowSubscriber(server);
        var clock = Stopwatch.StartNew();
        await OwnThread.RunAsync(() => Offer(publishers, cancellation), CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        var (offered, taken) = (Sum(publishers, status => status.Enqueued), Sum(publishers, status => status.Acknowledged));
        foreach (var publisher in publishers)
            _ = await publisher.FlushAsync(Patience, cancellation);
        slow.Hurry();
        var acknowledged = Sum(publishers, status => status.Acknowledged);
        var inSql = await SettleAsync(() => server.CountedAsync(cancellation), acknowledged, cancellation);
        var metrics = await server.MetricsAsync(cancellation);
        var received = metrics["socksort_broker_received_total"] - metrics["socksort_broker_redelivered_total"];
        var dropped = metrics["socksort_broker_queue_dropped_total"];
        var slowReceived = await SettleAsync(() => Task.FromResult(slow.Received), received - dropped, cancellation);
        var lost = Sum(publishers, status => status.Lost);
        return new OverloadResult(
            taken / seconds, offered / seconds, offered, acknowledged, lost, received, inSql, slowReceived, dropped, server.PeakBytes,
            Process.GetCurrentProcess().PeakWorkingSet64);
    }

    private void Offer(MqttPublisher[] publishers, CancellationToken cancellation)
    {
        var (clock, number) = (Stopwatch.StartNew(), 0L);
        while (clock.Elapsed < Duration && !cancellation.IsCancellationRequested)
        {
            for (var due = Times * (Sum(publishers, status => status.Acknowledged) + Ahead); number < due; number++)
                _ = publishers[number % publishers.Length].Publish(MqttPayloads.Topic, MqttPayloads.Of((int)number));
            Thread.Sleep(1);
        }
    }

    private static async Task<long> SettleAsync(Func<Task<long>> countAsync, long wanted, CancellationToken cancellation) =>
        (await Growth.WaitAsync(countAsync, wanted, Patience, Pause, cancellation)).Count;

    private static long Sum(MqttPublisher[] publishers, Func<PublisherStatus, long> count) =>
        publishers.Sum(publisher => count(publisher.Status));
}
