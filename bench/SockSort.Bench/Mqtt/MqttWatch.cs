using System.Diagnostics;

namespace SockSort.Bench.Mqtt;

/// <summary>Measures a burst from its start to the last message in the counts.</summary>
/// <param name="server">Gets the burst.</param>
/// <param name="before">Messages that are in the counts already.</param>
internal sealed class MqttWatch(MqttServer server, int before)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly TimeSpan _processor = server.Processor;

    /// <summary>Called when all is published; waits until all is counted, or nothing more comes.</summary>
    public async Task<MqttResult> EndAsync(MqttJob job, int messages, CancellationToken cancellation)
    {
        var published = Stopwatch.GetElapsedTime(_begun);
        var (counted, grownAt) = await Growth.WaitAsync(
            async () => await server.CountedAsync(cancellation) - before, messages, Patience, Pause, cancellation);
        var last = Stopwatch.GetElapsedTime(_begun, grownAt);
        return new MqttResult(messages, published, last, counted, server.Processor - _processor, server.PeakBytes, job.Limit);
    }
}
