using System.Globalization;
using System.Text;
using SockSort.EndToEnd.Tests.Server;
using SockSort.Log;
using SockSort.Log.Kafka;
using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Kafka;

/// <summary>The MQTT connector over Kafka: the broker of MQTT hears that a message is taken when Kafka has it.</summary>
public sealed class ConnectorOnKafkaTests
{
    private const int AtOnce = 500;

    [Fact]
    public async Task No_message_is_lost_when_the_server_or_kafka_is_killed_and_a_restart_goes_on_with_the_connector()
    {
        await using var kafka = await KafkaServer.StartAsync();
        await using var served = await ServedConnector.StartAsync();
        await StartAsync(served, kafka);
        _ = await served.KsqlAsync(served.Create());
        await served.StateAsync("RUNNING");

        await served.PublishAsync(1, AtOnce);
        await StoredAsync(kafka, AtOnce / 2);
        await served.Server.KillAsync();
        await served.PublishAsync(AtOnce + 1, AtOnce);
        await StartAsync(served, kafka);
        await StoredAsync(kafka, AtOnce + (AtOnce / 2));
        await kafka.KillAsync();
        await served.PublishAsync((2 * AtOnce) + 1, AtOnce);
        await kafka.StartAgainAsync();
        await StoredAsync(kafka, 3 * AtOnce);
        await served.StopServerAsync();

        // A kill repeats what was not acknowledged: by at least once, each is there, in the order in which they came.
        Assert.Equal(Enumerable.Range(1, 3 * AtOnce), Stored(kafka).Distinct());
    }

    private static async Task StartAsync(ServedConnector served, KafkaServer kafka) =>
        await served.StartServerAsync("--log", kafka.Address, "--connect-listen", "off");

    private static Task StoredAsync(KafkaServer kafka, int last) =>
        Eventually.TrueAsync(() => Stored(kafka).Contains(last), $"{last} is stored", TimeSpan.FromMinutes(5));

    private static List<int> Stored(KafkaServer kafka)
    {
        using var reader = KafkaLogReader.Open(KafkaAddress.Parse(kafka.Address));
        return
        [
            .. reader.Batches("data_mqtt", 0, 0).SelectMany(batch => batch)
                .Select(record => int.Parse(Encoding.UTF8.GetString(record.Value!.Value.Span), CultureInfo.InvariantCulture)),
        ];
    }
}
