using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Cli.Brokers;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Parts;
using SockSort.Mqtt.Broker;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Brokers;

public sealed class BrokerWebDoorTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PartHost _host = new(NullLoggerFactory.Instance);

    private EmbeddedBroker _broker = null!;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("ws", 4)]
    [InlineData("ws", 5)]
    [InlineData("wss", 5)]
    public async Task Messages_of_each_QoS_come_and_go_with_mqtt_js(string scheme, int version)
    {
        var url = await StartAsync($"{scheme}://127.0.0.1:0");

        var (code, lines) = await ClientAsync(url, version, _broker.Endpoint.Password!);

        Assert.Equal(["web/0 0 0", "web/1 100000 1", "web/2 200000 2"], lines);
        Assert.Equal(0, code);
        Assert.Equal(3, _broker.Counts.Received);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_as_at_every_door()
    {
        var url = await StartAsync("ws://127.0.0.1:0");

        var (code, lines) = await ClientAsync(url, 5, "wrong");

        Assert.Equal((1, "error: Connection refused: Bad User Name or Password"), (code, Assert.Single(lines)));
        Assert.Equal(1, _broker.Counts.RefusedConnections);
    }

    [Theory]
    [InlineData("/other", HttpStatusCode.NotFound, "MQTT over WebSockets is at /mqtt\n")]
    [InlineData("/mqtt", HttpStatusCode.UpgradeRequired, "MQTT over WebSockets is spoken here: connect with ws:// or wss://\n")]
    public async Task Who_comes_with_a_browser_is_told_what_is_there(string path, HttpStatusCode status, string text)
    {
        var url = new Uri(new Uri((await StartAsync("ws://127.0.0.1:0")).Replace("ws://", "http://")), path);

        using var answer = await new HttpClient().GetAsync(url, TestContext.Current.CancellationToken);

        Assert.Equal((status, text), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Without_the_subprotocol_there_is_no_connection()
    {
        var url = await StartAsync("ws://127.0.0.1:0");
        using var socket = new ClientWebSocket();

        var error = await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri(url), TestContext.Current.CancellationToken));

        Assert.Contains("400", error.Message);
    }

    [Fact]
    public async Task Text_ends_the_connection()
    {
        using var socket = await OpenAsync(await StartAsync("ws://127.0.0.1:0"));

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var received = await socket.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);

        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
    }

    [Fact]
    public async Task A_packet_may_be_cut_into_messages_anywhere()
    {
        using var socket = await OpenAsync(await StartAsync("ws://127.0.0.1:0"));
        // CONNECT of MQTT 3.1.1 without a user: refused, in one packet.
        byte[] connect = [0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 0, 0, 1, (byte)'a'];
        var answer = new byte[10];

        foreach (var one in connect)
            await socket.SendAsync(new[] { one }, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        var received = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);

        Assert.Equal([0x20, 2, 0, 4], answer[..received.Count]);
    }

    [Fact]
    public async Task The_end_of_the_broker_is_told_to_its_clients_there()
    {
        var url = await StartAsync("ws://127.0.0.1:0");
        using var socket = await OpenAsync(url);
        byte[] name = [(byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5, 0xC2, 0, 0, 0, 0, 1, (byte)'a'];
        byte[] rest = [0, 4, .. name, .. Text(_broker.Endpoint.User!), .. Text(_broker.Endpoint.Password!)];
        byte[] connect = [0x10, (byte)rest.Length, .. rest];
        var answer = new byte[200];
        await socket.SendAsync(connect, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        _ = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);

        var ending = _host.DisposeAsync();
        var received = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);

        Assert.Equal((WebSocketMessageType.Binary, 0xE0, 0x8B), (received.MessageType, answer[0], answer[2]));
        socket.Abort();
        await ending;
    }

    private static byte[] Text(string text) => [0, (byte)text.Length, .. System.Text.Encoding.UTF8.GetBytes(text)];

    private static async Task<ClientWebSocket> OpenAsync(string url)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri(url), TestContext.Current.CancellationToken);
        return socket;
    }

    private async Task<string> StartAsync(string address)
    {
        var asked = new BrokerConfiguration
        {
            Listen = [BrokerListenAddress.TryParse("127.0.0.1:0")!, BrokerListenAddress.TryParse(address)!],
        };
        var setup = BrokerSetup.Of(asked, _folder.Path, "--mqtt-");
        _broker = _host.Open("broker", () => ServerBroker.Open(setup, _folder.Path));
        return Assert.Single(await ServerBroker.AcceptClientsAsync(_host, _broker, setup, TestContext.Current.CancellationToken));
    }

    private async Task<(int Code, string[] Lines)> ClientAsync(string url, int version, string password)
    {
        var script = Repository.PathOf("tests/SockSort.Cli.Tests/Brokers/mqttjs.cjs");
        string[] arguments = [script, NpmPackages.Find("mqtt"), url, $"{version}", _broker.Endpoint.User!, password];
        using var process = Process.Start(new ProcessStartInfo(Programs.Find("node"), arguments) { RedirectStandardOutput = true })!;
        var lines = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
