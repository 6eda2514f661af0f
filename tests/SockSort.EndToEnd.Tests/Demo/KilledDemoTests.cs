using System.Text;
using SockSort.Connect.Tests.Durability;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Mqtt;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Demo;

/// <summary>The demo is killed at random moments and started again, while a publisher outside notes what was acknowledged.</summary>
public sealed class KilledDemoTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all" ? 10 : 3;

    private readonly DemoFolder _demo = new();
    private SocksortProcess? _running;

    [Fact]
    public async Task With_its_own_broker_the_log_misses_no_acknowledged_message()
    {
        string[] options = ["--mqtt-port", $"{FreePort.Next()}"];
        _running = await StartAsync(options);
        var publisher = new OutsidePublisher(_demo.Broker());

        var stored = await KillAndReadAsync(publisher, options);

        Assert.Empty(publisher.Acknowledged.Keys.Except(stored));
        Assert.Subset(publisher.CutOff.Keys.ToHashSet(), Twice(stored).ToHashSet());
    }

    [Fact]
    public async Task With_Mosquitto_the_log_misses_no_acknowledged_message()
    {
        using var folder = new TempFolder();
        await using var mosquitto = await Mosquitto.StartAsync(folder);
        string[] options = ["--mqtt", $"mqtt://{Mosquitto.User}:{Mosquitto.Password}@127.0.0.1:{mosquitto.Port}"];
        _running = await StartAsync(options);
        var publisher = new OutsidePublisher(MqttEndpoint.Parse(mosquitto.Uri, Mosquitto.User, Mosquitto.Password));

        var stored = await KillAndReadAsync(publisher, options);

        Assert.Empty(publisher.Acknowledged.Keys.Except(stored));
        output.WriteLine($"twice: {Twice(stored).Count()}, sent again by the broker after a kill cut off the acknowledgement");
    }

    public void Dispose() => _demo.Dispose();

    private async Task<List<int>> KillAndReadAsync(OutsidePublisher publisher, string[] options)
    {
        var publishing = publisher.RunAsync();
        for (var kill = 0; kill < Kills; kill++)
        {
            var goal = publisher.Acknowledged.Count + Random.Shared.Next(200, 1500);
            await Eventually.TrueAsync(
                () => publisher.Acknowledged.Count >= goal, $"{goal} messages are acknowledged", TimeSpan.FromSeconds(60));
            await _running!.KillAsync();
            _running = await StartAsync(options);
        }
        publisher.Finish();
        await publishing.WaitAsync(TimeSpan.FromSeconds(60));
        using var reader = SqliteLogReader.Open(_demo.Data);
        await Eventually.TrueAsync(
            () => !publisher.Acknowledged.Keys.Except(Read(reader)).Any(), "all that was acknowledged is in the log",
            TimeSpan.FromMinutes(2));
        _running!.PressCtrlC();
        _ = await _running.EndAsync(TimeSpan.FromMinutes(2));
        await _running.DisposeAsync();
        output.WriteLine($"{Kills} kills: acknowledged {publisher.Acknowledged.Count}, cut off {publisher.CutOff.Count}, twice "
            + $"{Twice(Read(reader)).Count()}");
        return Read(reader);
    }

    private async Task<SocksortProcess> StartAsync(string[] options)
    {
        var demo = await _demo.StartAsync("1h", options);
        // A first labelled frame: broker, connector and queries are up.
        _ = await demo.LineAsync("camera  ");
        return demo;
    }

    /// <summary>The numbers among the records: the camera's own messages are none.</summary>
    private static List<int> Read(ILogReader reader) =>
        [.. reader.Batches("data_mqtt", 0, 0).SelectMany(batch => batch)
            .Select(record => int.TryParse(Encoding.UTF8.GetString(record.Value!.Value.Span), out var number) ? number : 0)
            .Where(number => number > 0)];

    private static IEnumerable<int> Twice(List<int> stored) =>
        stored.GroupBy(number => number).Where(same => same.Count() > 1).Select(same => same.Key);
}
