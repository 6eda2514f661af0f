using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SockSort.Server.Ksql;
using SockSort.Server.Ksql.Hosting;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

/// <summary>What the server logs of its clients.</summary>
public sealed class ServerLogTests
{
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task What_a_client_does_wrong_is_told_to_the_client_alone()
    {
        await using var server = await StartAsync(new KsqlServerOptions());

        _ = await server.PostAsync("/ksql", new JsonObject { ["ksql"] = "SELEKT 'p4yload';" }.ToJsonString());
        _ = await server.PostAsync("/nowhere", "p4yload");

        Assert.Empty(_log.Ids);
    }

    [Fact]
    public async Task A_client_who_does_not_read_its_answer_is_logged_as_cut_off()
    {
        await using var server = await StartAsync(new KsqlServerOptions { SendTimeout = TimeSpan.FromSeconds(1) });
        var body = new JsonObject { ["ksql"] = string.Concat(Enumerable.Repeat("SHOW FUNCTIONS;", 600)) }.ToJsonString();
        using var deaf = new TcpClient { ReceiveBufferSize = 8 << 10 };
        await deaf.ConnectAsync(IPAddress.Loopback, server.Address.Port);

        await deaf.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /ksql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        var cutOff = await _log.WaitForAsync(6002);

        Assert.Equal((LogLevel.Warning, 1L, "an answer"), (cutOff.Level, cutOff.Fields["Count"], cutOff.Fields["What"]));
    }

    [Fact]
    public void A_client_who_goes_by_itself_is_not_cut_off()
    {
        var log = new ServerLog(new KsqlServerOptions { Loggers = _log });
        using var gone = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        using var watch = log.Watch("an answer", end.Token, gone.Token);

        gone.Cancel();

        Assert.Empty(_log.Ids);
    }

    [Fact]
    public void A_request_that_fails_inside_is_logged_by_method_path_and_the_error_s_type()
    {
        var log = new ServerLog(new KsqlServerOptions { Loggers = _log });
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.QueryString) = ("GET", "/ws/que ry", new QueryString("?request=p4yload"));

        log.Failed(request, new InvalidOperationException("p4yload"));

        var failed = _log.Single(6001);
        Assert.Equal(LogLevel.Error, failed.Level);
        Assert.Equal(
            ("GET", "/ws/que%20ry", "InvalidOperationException"), (failed.Fields["Method"], failed.Fields["Path"], failed.Fields["Error"]));
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    private Task<RunningServer> StartAsync(KsqlServerOptions options) => RunningServer.StartAsync(options with { Loggers = _log });
}
