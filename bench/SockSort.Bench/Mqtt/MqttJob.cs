namespace SockSort.Bench.Mqtt;

/// <summary>A burst of messages to the broker of a server, until all of them are in the counts of a window.</summary>
/// <param name="Name">What is published, in words.</param>
/// <param name="Qos">0 or 1.</param>
/// <param name="Publishers">How many publish at once.</param>
/// <param name="IsMosquitto">Whether <c>mosquitto_pub -l</c> publishes, one only; else a loader of ours.</param>
/// <param name="Limit">Messages a second that it has to reach, of all publishers.</param>
public sealed record MqttJob(string Name, int Qos, int Publishers, bool IsMosquitto, int Limit)
{
    public static readonly MqttJob[] All =
    [
        new("QoS 0, one publisher", 0, 1, IsMosquitto: false, 200_000),
        new("QoS 0, mosquitto_pub -l", 0, 1, IsMosquitto: true, 200_000),
        new("QoS 1, one publisher", 1, 1, IsMosquitto: false, 12_000),
        new("QoS 1, mosquitto_pub -l", 1, 1, IsMosquitto: true, 12_000),
        new("QoS 1, four publishers", 1, 4, IsMosquitto: false, 30_000),
    ];

    /// <param name="program">Starts this program with arguments, for the server.</param>
    /// <param name="folder">Where the server's data are made.</param>
    /// <param name="messages">Of all publishers together.</param>
    /// <param name="warmUp">Messages before them that are not measured.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="BenchException">The server does not start, or the publisher fails.</exception>
    public async Task<MqttResult> RunAsync(
        ProgramStart program, string folder, int messages, int warmUp, CancellationToken cancellation)
    {
        using var data = new BenchFolder(folder);
        var lines = IsMosquitto ? MqttPayloads.WriteLines(data.Path, messages) : "";
        MqttResult result;
        await using (var server = await MqttServer.StartAsync(program, data.Path, cancellation))
        {
            if (warmUp > 0)
                await WarmUpAsync(server, warmUp, cancellation);
            var watch = new MqttWatch(server, warmUp);
            if (IsMosquitto)
                await MosquittoLoader.RunAsync(server, lines, Qos, cancellation);
            else
                await LoadAsync(server, messages, cancellation);
            result = await watch.EndAsync(this, messages, cancellation);
        }
        return result with { InLog = MqttServer.CountInLog(data.Path) - warmUp };
    }

    private async Task WarmUpAsync(MqttServer server, int messages, CancellationToken cancellation)
    {
        var watch = new MqttWatch(server, before: 0);
        await LoadAsync(server, messages, cancellation);
        _ = await watch.EndAsync(this, messages, cancellation);
    }

    private Task LoadAsync(MqttServer server, int messages, CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, Publishers).Select(i => LoadAsync(server, i, messages, cancellation)));

    private Task LoadAsync(MqttServer server, int publisher, int messages, CancellationToken cancellation)
    {
        var each = messages / Publishers;
        // On a thread of its own each, as publishers in processes of their own would have one.
        return OwnThread.RunAsync(() => MqttLoader.Run(server, $"loader-{publisher}", Qos, publisher * each, each), cancellation);
    }
}
