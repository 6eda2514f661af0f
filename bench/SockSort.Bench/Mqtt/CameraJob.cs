using System.Diagnostics;

namespace SockSort.Bench.Mqtt;

/// <summary>
/// Many cameras at a server: each message is counted in the log and as a row of a push query, with the time that it took.
/// </summary>
/// <param name="Cameras">Connections.</param>
/// <param name="PerSecond">Messages a second of each.</param>
/// <param name="Duration">How long it is measured, after a warm-up.</param>
public sealed record CameraJob(int Cameras, double PerSecond, TimeSpan Duration)
{
    private const string Stream =
        "CREATE STREAM cameras (number BIGINT, sent BIGINT) WITH (kafka_topic = 'data_mqtt', value_format = 'json');";
    private const string Query = "SELECT number, sent FROM cameras EMIT CHANGES;";

    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <param name="program">Starts this program with arguments, for the server.</param>
    /// <param name="folder">Where the server's data are made.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="BenchException">The server does not start, or closes a connection.</exception>
    public async Task<CameraResult> RunAsync(ProgramStart program, string folder, CancellationToken cancellation)
    {
        using var data = new BenchFolder(folder);
        CameraResult result;
        await using (var server = await MqttServer.StartAsync(program, data.Path, cancellation))
            result = await RunAsync(server, cancellation);
        return result with { InLog = MqttServer.CountInLog(data.Path) };
    }

    private async Task<CameraResult> RunAsync(MqttServer server, CancellationToken cancellation)
    {
        var warmUp = Duration < LongestWarmUp ? Duration : LongestWarmUp;
        var most = (int)((Math.Ceiling(PerSecond * warmUp.TotalSeconds) + Math.Ceiling(PerSecond * Duration.TotalSeconds)) * Cameras);
        var rows = new NumberedRows(most);
        await server.RunAsync(Stream, cancellation);
        await using var query = await PushQuery.OpenAsync(
            server.Client, Query, fromBeginning: true, TimeSpan.Zero, rows.Take, cancellation);
        using var fleet = new CameraFleet(server, Cameras);
        await fleet.RunAsync(PerSecond, warmUp, cancellation);
        await ReachAsync(rows, fleet.Sent, cancellation);
        var (processor, clock, before) = (server.Processor, Stopwatch.StartNew(), fleet.Sent);
        _ = rows.TakeLatencies();
        await fleet.RunAsync(PerSecond, Duration, cancellation);
        var published = clock.Elapsed;
        await ReachAsync(rows, fleet.Sent, cancellation);
        return new CameraResult(
            fleet.Sent, fleet.Acknowledged, rows.Count, rows.Wrong, (fleet.Sent - before) / published.TotalSeconds, rows.TakeLatencies(),
            (server.Processor - processor) / (fleet.Sent - before), server.PeakBytes);
    }

    private static Task ReachAsync(NumberedRows rows, long count, CancellationToken cancellation) =>
        Growth.WaitAsync(() => Task.FromResult((long)rows.Count), count, Patience, Pause, cancellation);
}
