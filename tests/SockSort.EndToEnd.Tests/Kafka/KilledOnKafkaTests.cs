using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Kafka;

/// <summary>
/// The server is killed with <c>kill -9</c> at random moments of its work on Kafka, and so is the broker, while records come in: what is
/// committed in the end is what an uninterrupted run writes.
/// </summary>
public sealed class KilledOnKafkaTests(ITestOutputHelper output)
{
    private static readonly bool All = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";
    private static readonly int Records = All ? 200_000 : 5_000;
    private static readonly int ServerKills = All ? 20 : 3;
    private static readonly int BrokerKills = All ? 5 : 1;

    [Fact]
    public async Task Server_and_broker_are_killed_at_random_moments_and_nothing_is_missing_or_there_twice()
    {
        using var folder = new TempFolder();
        await using var kafka = await KafkaServer.StartAsync();
        await using var queries = new QueriesOnKafka(
            kafka,
            Records,
            "CREATE TABLE totals AS SELECT image, COUNT(*) AS n, MAX(probability) AS best FROM sock_stream GROUP BY image EMIT CHANGES;",
            "CREATE STREAM doubtful AS SELECT image, probability FROM sock_stream WHERE probability < 60 EMIT CHANGES;");
        queries.CreateTopic();
        var server = await queries.StartAsync(folder);
        try
        {
            var isBrokers = Enumerable.Range(0, ServerKills + BrokerKills).Select(IsBrokers).ToArray();
            foreach (var (number, isBroker) in isBrokers.Index())
            {
                var (from, to) = (Place(number, isBrokers.Length + 1), Place(number + 1, isBrokers.Length + 1));
                var produced = Task.Run(() => queries.ProduceAsync(from, to));
                await queries.CommittedAsync(Random.Shared.Next(from, to));
                if (isBroker)
                    await RestartAsync(kafka);
                else
                    await server.KillAsync();
                await produced;
                output.WriteLine($"killed {(isBroker ? "the broker" : "the server")}; {queries.Committed()} of {to} records are committed");
                if (isBroker)
                    continue;
                await server.DisposeAsync();
                server = await queries.StartAsync(folder);
            }
            await queries.ProduceAsync(Place(isBrokers.Length, isBrokers.Length + 1), Records);
            await queries.CommittedAsync(Records);
            server.PressCtrlC();
            Assert.True(await server.EndAsync() == 0, server.Output);
        }
        finally
        {
            output.WriteLine(server.Output);
            await server.DisposeAsync();
        }

        Assert.Empty(queries.Missing());
        Assert.Equal(await queries.ExpectedAsync(), queries.Written());
    }

    /// <summary>The broker's turns lie evenly among the server's.</summary>
    private static bool IsBrokers(int number)
    {
        var stretch = (ServerKills + BrokerKills) / BrokerKills;
        return number % stretch == stretch / 2 && number / stretch < BrokerKills;
    }

    private static int Place(int stretch, int stretches) => (int)((long)Records * stretch / stretches);

    private static async Task RestartAsync(KafkaServer kafka)
    {
        await kafka.KillAsync();
        await kafka.StartAgainAsync();
    }
}
