using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SockSort.Mqtt;

namespace SockSort.Bench.Edge.Glass;

/// <summary><c>socksort edge run</c> in a process of its own.</summary>
internal sealed partial class EdgeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private EdgeProcess(Process process, Uri view) => (_process, View) = (process, view);

    /// <summary>Address of its live view.</summary>
    public Uri View { get; }

    /// <summary>Processor time since its start.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The memory that it has now.</summary>
    public long Bytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <exception cref="BenchException">It does not start.</exception>
    public static async Task<EdgeProcess> StartAsync(
        ProgramStart program, string model, string camera, double fps, MqttEndpoint broker, CancellationToken cancellation)
    {
        var start = program(
        [
            "edge", "run", "--model", model, "--camera", camera, "--fps", fps.ToString(CultureInfo.InvariantCulture),
            "--mqtt", $"mqtt://{broker.User}@{broker.Host}:{broker.Port}", "--fields", "run,seq", "--no-buffer", "--live-view-port", "0",
        ]);
        start.Environment["MQTT_PASSWORD"] = broker.Password;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            var view = await ViewAsync(process, cancellation)
                ?? throw new BenchException($"the edge has ended at its start: {await errors}");
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new EdgeProcess(process, view);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<Uri?> ViewAsync(Process process, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartTime);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (ViewLine().Match(line) is { Success: true } match)
                return new Uri(match.Groups[1].Value);
        }
        return null;
    }

    [GeneratedRegex(@"^live view\s+(https://\S+)")]
    private static partial Regex ViewLine();
}
