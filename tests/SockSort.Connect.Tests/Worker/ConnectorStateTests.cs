using System.Net;
using System.Net.Sockets;
using SockSort.Connect.Classes;
using SockSort.Testing;

namespace SockSort.Connect.Tests.Worker;

/// <summary>A connector runs while it gets and stores messages; else its state says what is wrong, and it goes on by itself.</summary>
public class ConnectorStateTests
{
    [Fact]
    public async Task While_its_broker_is_away_it_has_failed_and_afterwards_it_runs()
    {
        await using var bench = await SessionBench.StartAsync();
        await bench.StopBrokerAsync();
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration());
        var atFirst = await bench.FailedAsync();

        await bench.StartBrokerAsync();
        await bench.RunningAsync();
        Assert.Null(bench.Info.Trace);
        await bench.StopBrokerAsync();
        var later = await bench.FailedAsync();
        await bench.StartBrokerAsync();
        await bench.RunningAsync();

        Assert.StartsWith($"no MQTT broker answers at {bench.BrokerUri}: ", atFirst);
        Assert.Contains(bench.BrokerUri, later);
        Assert.Equal(1, bench.Info.Counts.Reconnects);
        Assert.NotNull(bench.Info.LastError);
    }

    [Fact]
    public async Task A_subscription_that_is_refused_is_a_failure_that_names_it()
    {
        using var broker = new RefusingBroker();
        await using var bench = await SessionBench.StartAsync();

        var made = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration(changes: ("mqtt.server.uri", broker.Uri)));
        var trace = await bench.FailedAsync();

        Assert.Equal(ConnectorState.Unassigned, made.State);
        Assert.StartsWith($"{broker.Uri} refuses the subscription to 'socks': NotAuthorized", trace);
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task A_password_that_is_put_right_in_its_file_is_used_at_the_next_try(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind, password: "wrong");
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration());
        await Eventually.TrueAsync(() => bench.InfoOf("mqtt-source").State == ConnectorState.Failed, "the connector has failed");

        bench.WriteCredentials(bench.Endpoint.Password!);
        await bench.ConnectedAsync("mqtt-source");
        _ = bench.Publisher.Publish("sockfound", "after");
        await Eventually.TrueAsync(() => bench.InfoOf("mqtt-source").Counts.Stored == 1, "the message is stored");

        Assert.Null(bench.InfoOf("mqtt-source").Trace);
        Assert.EndsWith("wrong user or password", bench.InfoOf("mqtt-source").LastError);
    }

    [Fact]
    public async Task Secrets_that_are_missing_at_a_start_are_looked_up_until_they_are_there()
    {
        await using var bench = await SessionBench.StartAsync();
        var configuration = bench.Configuration(changes: ("mqtt.password", "${file:/late.properties:PASSWORD}"));
        _ = bench.Write("late.properties", $"PASSWORD={Mosquitto.Password}");
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", configuration);
        await bench.RunningAsync();
        await bench.StopAsync();
        await bench.PublishAsync("socks", "meanwhile");
        File.Delete(bench.Write("late.properties", ""));

        _ = await (await bench.NextWorkerAsync()).RestoreAsync("c", configuration, isPaused: false);
        var noFile = await bench.FailedAsync();
        _ = bench.Write("late.properties", "OTHER=1");
        await Eventually.TrueAsync(
            () => bench.Info.Trace?.Contains("which") == true && bench.Info.Trace.Contains("lacks"), "the entry is missed");
        _ = bench.Write("late.properties", $"PASSWORD={Mosquitto.Password}");
        await bench.StoredAsync(1);

        Assert.Matches("^connector 'c': 'mqtt.password' asks for a secret of .*late.properties, which does not exist$", noFile);
        Assert.Equal(["meanwhile"], bench.Values());
    }

    [Fact]
    public async Task A_secret_that_changes_while_it_runs_is_used_when_it_connects_again()
    {
        await using var bench = await SessionBench.StartAsync();
        var secrets = bench.Write("now.properties", $"PASSWORD={Mosquitto.Password}");
        _ = await (await bench.NextWorkerAsync())
            .CreateAsync("c", bench.Configuration(changes: ("mqtt.password", "${file:/now.properties:PASSWORD}")));
        await bench.RunningAsync();

        await File.WriteAllTextAsync(secrets, "PASSWORD=wrong");
        Assert.Equal(ConnectorState.Running, bench.Info.State);
        await bench.StopBrokerAsync();
        await bench.StartBrokerAsync();
        await Eventually.TrueAsync(() => bench.Info.Trace?.EndsWith("wrong user or password") == true, "the password is wrong");
        File.Delete(secrets);
        await Eventually.TrueAsync(() => bench.Info.Trace?.EndsWith("which does not exist") == true, "the file is missed");
        await File.WriteAllTextAsync(secrets, $"PASSWORD={Mosquitto.Password}");
        await bench.RunningAsync();
    }

    [Fact]
    public async Task Of_two_with_one_client_id_one_says_so_and_what_to_do()
    {
        await using var bench = await SessionBench.StartAsync();
        await using var other = await SessionBench.StartAsync();
        var configuration = bench.Configuration(changes: ("mqtt.client.id", "attic"));
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", configuration);
        _ = await (await other.NextWorkerAsync()).CreateAsync("c", configuration);

        await Eventually.TrueAsync(() => Others(bench, other).Loser is not null, "one has given way");
        var (loser, winner) = Others(bench, other);
        var trace = loser!.Info.Trace;
        await winner!.StopAsync();
        await loser.Worker.RestartAsync("c");
        await loser.RunningAsync();

        Assert.Contains("'attic'", trace);
        Assert.EndsWith("; RESTART CONNECTOR `c` tries it at once", trace);
    }

    [Fact]
    public async Task A_paused_one_stays_paused_through_a_restart_and_a_start_and_gets_what_was_kept_when_it_is_resumed()
    {
        await using var bench = await SessionBench.StartAsync();
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration());
        await bench.RunningAsync();

        await bench.Worker.PauseAsync("c");
        await bench.Worker.RestartAsync("c");
        Assert.Equal(ConnectorState.Paused, bench.Info.State);
        await bench.PublishAsync("socks", "first");
        _ = await (await bench.NextWorkerAsync()).RestoreAsync("c", bench.Configuration(), isPaused: true);
        Assert.Equal(ConnectorState.Paused, bench.Info.State);
        await bench.PublishAsync("socks", "second");
        Assert.Empty(bench.Values());
        await bench.Worker.ResumeAsync("c");
        await bench.StoredAsync(2);

        Assert.Equal(["first", "second"], bench.Values());
    }

    [Fact]
    public async Task One_of_an_earlier_run_whose_configuration_is_refused_now_is_there_and_says_why()
    {
        await using var bench = await SessionBench.StartAsync();

        _ = await (await bench.NextWorkerAsync()).RestoreAsync("c", bench.Configuration(changes: ("mqtt.qos", "9")), isPaused: false);

        Assert.Equal(
            (ConnectorState.Failed, "connector 'c': the value of 'mqtt.qos' is '9'; use a whole number from 0 to 2"),
            (bench.Info.State, bench.Info.Trace));
        Assert.Null((await bench.Worker.DropAsync("c")).Problem?.Length > 0 ? null : "a problem is expected");
        Assert.Empty(bench.Worker.List());
    }

    private static (SessionBench? Loser, SessionBench? Winner) Others(SessionBench one, SessionBench two) =>
        (HasGivenWay(one), HasGivenWay(two)) switch
        {
            (true, false) => (one, two),
            (false, true) => (two, one),
            _ => (null, null),
        };

    private static bool HasGivenWay(SessionBench bench) =>
        bench.Info.Trace?.Contains("same client id") == true || bench.Info.Trace?.Contains("the same id") == true;

    /// <summary>Lets everybody in and refuses each subscription.</summary>
    private sealed class RefusingBroker : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public RefusingBroker()
        {
            _listener.Start();
            _ = ServeAsync();
        }

        public string Uri => $"mqtt://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public void Dispose() => _listener.Stop();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await AnswerAsync(client.GetStream());
                }
            }
            catch (SocketException)
            {
                // It is disposed of.
            }
        }

        private static async Task AnswerAsync(NetworkStream stream)
        {
            var packet = new byte[256];
            try
            {
                _ = await stream.ReadAsync(packet);
                await stream.WriteAsync(Convert.FromHexString("2003000000"));
                _ = await stream.ReadAsync(packet);
                // SUBACK with the packet's own identifier: not authorized.
                await stream.WriteAsync(new byte[] { 0x90, 4, packet[2], packet[3], 0, 0x87 });
                _ = await stream.ReadAsync(packet);
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }
}
