using System.Text.Json;
using System.Text.RegularExpressions;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Kafka;

/// <summary>Servers on Kafka share four partitions; they come, go and are killed, and the broker is, while records come in.</summary>
public sealed partial class SharedOnKafkaTests(ITestOutputHelper output)
{
    // A killed server's transaction is ended soon, and nobody waits for more members.
    private const string Broker = """
        group.initial.rebalance.delay.ms=0
        transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
        """;

    private static readonly bool All = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";
    private static readonly int Records = All ? 200_000 : 4_000;
    private static readonly int Kills = All ? 20 : 2;
    private static readonly int BrokerKills = All ? 5 : 1;

    [Fact]
    public async Task Of_two_servers_one_is_killed_and_the_other_goes_on_then_the_broker_is_and_nothing_is_missing_or_there_twice()
    {
        using var folder = new TempFolder();
        await using var kafka = await KafkaServer.StartAsync(Broker);
        await using var topics = new SharedTopics(kafka, Records);
        var servers = new List<SocksortProcess>();
        try
        {
            await StartTwoAsync(topics, folder, servers);
            for (var number = 0; number < Kills; number++)
            {
                var (from, to) = (Place(number), Place(number + 1));
                var produced = Task.Run(() => topics.ProduceAsync(from, to));
                await topics.CommittedAsync("TOTALS", Random.Shared.Next(from, to));
                var killed = servers[number % 2];
                await killed.KillAsync();
                output.WriteLine($"killed {number % 2}; {topics.CountOf("TOTALS")} of {to} records are committed");
                await produced;
                // The other one alone does all of it.
                await topics.CommittedAsync("TOTALS", to);
                await killed.DisposeAsync();
                servers[number % 2] = await topics.StartAsync(folder, $"server-{number + 2}");
            }
            for (var number = Kills; number < Kills + BrokerKills; number++)
            {
                var (from, to) = (Place(number), Place(number + 1));
                var produced = Task.Run(() => topics.ProduceAsync(from, to));
                await topics.CommittedAsync("TOTALS", Random.Shared.Next(from, to));
                await kafka.KillAsync();
                await kafka.StartAgainAsync();
                output.WriteLine($"killed the broker; {topics.CountOf("TOTALS")} of {to} records are committed");
                await produced;
            }
            await topics.ProduceAsync(Place(Kills + BrokerKills), Records);
            await topics.AllCommittedAsync();
        }
        finally
        {
            await EndAsync(servers);
        }

        Assert.Empty(topics.Mistakes());
    }

    [Fact]
    public async Task A_third_server_comes_and_goes_and_one_that_was_held_up_writes_nothing_that_is_another_ones_by_then()
    {
        using var folder = new TempFolder();
        await using var kafka = await KafkaServer.StartAsync(Broker);
        await using var topics = new SharedTopics(kafka, Records);
        var servers = new List<SocksortProcess>();
        try
        {
            await StartTwoAsync(topics, folder, servers);
            var produced = Task.Run(() => topics.ProduceAsync(0, Records));
            await topics.CommittedAsync("TOTALS", Records / 8);
            servers.Add(await topics.StartAsync(folder, "server-2"));
            await WorksAsync(servers[2]);
            await topics.CommittedAsync("TOTALS", Records / 4);
            servers[2].PressCtrlC();
            Assert.True(await servers[2].EndAsync() == 0, servers[2].Output);

            // Longer than the broker waits for a sign of life: its partitions are given to the other one.
            servers[0].Stop();
            await produced;
            await topics.CommittedAsync("TOTALS", Records);
            servers[0].Continue();
            _ = await servers[0].LineAsync("Sql 5014");
            await WorksAsync(servers[0]);
            await topics.AllCommittedAsync();
        }
        finally
        {
            await EndAsync(servers);
        }

        Assert.Empty(topics.Mistakes());
    }

    private static int Place(int stretch) => (int)((long)Records * stretch / (Kills + BrokerKills + 1));

    /// <summary>Starts two servers, and waits until both have partitions.</summary>
    private static async Task StartTwoAsync(SharedTopics topics, TempFolder folder, List<SocksortProcess> servers)
    {
        topics.CreateTopic();
        for (var number = 0; number < 2; number++)
            servers.Add(await topics.StartAsync(folder, $"server-{number}"));
        foreach (var server in servers)
            await WorksAsync(server);
    }

    /// <summary>Waits until a server answers for partitions of its own, and says that the others have the rest.</summary>
    private static Task WorksAsync(SocksortProcess server) => Eventually.TrueAsync(
        async () => OwnPartitions().IsMatch(await NoteAsync(server)), $"server {server.Id} has partitions", TimeSpan.FromMinutes(3));

    private static async Task<string> NoteAsync(SocksortProcess server)
    {
        var address = (await server.LineAsync("listening on (http://[^;]+);")).Groups[1].Value;
        using var client = new HttpClient();
        var body = JsonSerializer.Serialize(new { sql = "SELECT * FROM TOTALS;" });
        using var answer = await client.PostAsync(new Uri($"{address}/query-stream"), new StringContent(body));
        return answer.Headers.TryGetValues("SockSort-Note", out var notes) ? string.Join("; ", notes) : "";
    }

    private async Task EndAsync(List<SocksortProcess> servers)
    {
        foreach (var server in servers)
        {
            output.WriteLine(server.Output);
            await server.DisposeAsync();
        }
    }

    [GeneratedRegex(@"\Arows of the partitions [0-3](, [0-3])* of 4: ask the other servers of 'pair' for those of theirs\z")]
    private static partial Regex OwnPartitions();
}
