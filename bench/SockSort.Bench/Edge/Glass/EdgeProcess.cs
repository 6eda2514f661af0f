using System.Globalization;
using System.Text.RegularExpressions;
using SockSort.Mqtt;

namespace SockSort.Bench.Edge.Glass;

/// <summary><c>socksort edge run</c> in a process of its own.</summary>
internal sealed partial class EdgeProcess : IAsyncDisposable
{
    private readonly BenchProcess _process;

    private EdgeProcess(BenchProcess process, Uri view) => (_process, View) = (process, view);

    /// <summary>Address of its live view.</summary>
    public Uri View { get; }

    /// <inheritdoc cref="BenchProcess.Processor"/>
    public TimeSpan Processor => _process.Processor;

    /// <inheritdoc cref="BenchProcess.Bytes"/>
    public long Bytes => _process.Bytes;

    /// <exception cref="BenchException">It does not start.</exception>
    public static Task<EdgeProcess> StartAsync(
        ProgramStart program, string model, string camera, double fps, MqttEndpoint broker, CancellationToken cancellation)
    {
        var start = program(
        [
            "edge", "run", "--model", model, "--camera", camera, "--fps", fps.ToString(CultureInfo.InvariantCulture),
            "--mqtt", $"mqtt://{broker.User}@{broker.Host}:{broker.Port}", "--fields", "run,seq", "--no-buffer", "--live-view-port", "0",
        ]);
        start.Environment["MQTT_PASSWORD"] = broker.Password;
        return BenchProcess.StartAsync(start, "the edge", async process =>
            new EdgeProcess(process, new Uri(await process.LineAsync(ViewLine(), cancellation))));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"^live view\s+(https://\S+)")]
    private static partial Regex ViewLine();
}
