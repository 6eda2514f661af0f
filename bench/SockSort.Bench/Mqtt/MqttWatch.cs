using System.Diagnostics;

namespace SockSort.Bench.Mqtt;

/// <summary>Measures a burst from its start to the last message in the counts.</summary>
/// <param name="server">Gets the burst.</param>
/// <param name="before">Messages that are in the counts already.</param>
internal sealed class MqttWatch(MqttServer server, int before)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _processor = server.Processor;

    /// <summary>Called when all is published; waits until all is counted, or nothing more comes.</summary>
    public async Task<MqttResult> EndAsync(MqttJob job, int messages, CancellationToken cancellation)
    {
        var published = _clock.Elapsed;
        var (counted, grownAt) = (0L, _clock.Elapsed);
        while (counted < messages && _clock.Elapsed - grownAt < Patience)
        {
            var now = await server.CountedAsync(cancellation) - before;
            if (now > counted)
                (counted, grownAt) = (now, _clock.Elapsed);
            if (counted < messages)
                await Task.Delay(Pause, cancellation);
        }
        return new MqttResult(messages, published, grownAt, counted, server.Processor - _processor, server.PeakBytes, job.Limit);
    }
}
