using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SockSort.Edge.Tests.LiveView;

public sealed class PlainHttpTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", "https://localhost:{port}/")]
    [InlineData(
        "GET /stream.mjpg?parts=length&x=1 HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nAccept: */*\r\n\r\n",
        "https://127.0.0.1:{port}/stream.mjpg?parts=length&x=1")]
    [InlineData("HEAD /frame.jpg HTTP/1.1\r\nHost:\tlocalhost:8443 \r\n\r\n", "https://localhost:8443/frame.jpg")]
    [InlineData("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n", "https://localhost:{port}/a")]
    [InlineData("GET /a HTTP/1.0\r\n\r\n", "https://127.0.0.1:{port}/a")]
    [InlineData("GET /a HTTP/1.1\nHost: localhost\n\n", "https://localhost:{port}/a")]
    [InlineData("POST /a HTTP/1.1\r\nHost: [::1]:{port}\r\nContent-Length: 3\r\n\r\nabc", "https://[::1]:{port}/a")]
    [InlineData("GET http://evil.example/a HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", "https://localhost:{port}/a")]
    [InlineData("GET //evil.example/a HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", "https://localhost:{port}//evil.example/a")]
    public async Task Plain_http_is_led_to_https_on_the_same_port_of_the_same_host(string request, string expected)
    {
        await using var view = await LiveViewClient.StartAsync();

        var answer = await AskAsync(view, request);

        Assert.StartsWith("HTTP/1.1 308 Permanent Redirect\r\n", answer);
        Assert.Contains($"\r\nLocation: {OfPort(view, expected)}\r\n", answer);
        Assert.Contains("\r\nCache-Control: no-store\r\n", answer);
        Assert.EndsWith($"\r\n\r\nthis port speaks https: {OfPort(view, expected)}\n", answer);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "'evil.example' is no name of this machine: use https://localhost\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost/@evil.example\r\n\r\n", "'?' is no name of this machine: use https://localhost\n")]
    [InlineData("GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n", "this port speaks https\n")]
    [InlineData("GET /a HTTP/1.1 \r\nHost: localhost\r\n\r\n", "this port speaks https\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "this port speaks https\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", "this port speaks https\n")]
    public async Task What_cannot_be_led_to_this_machine_is_refused(string request, string expected)
    {
        await using var view = await LiveViewClient.StartAsync();

        var answer = await AskAsync(view, request);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer);
        Assert.DoesNotContain("Location:", answer);
        Assert.EndsWith($"\r\n\r\n{expected}", answer);
    }

    [Fact]
    public async Task Beyond_this_machine_a_name_that_the_client_has_found_us_by_is_led_to()
    {
        await using var view = await LiveViewClient.StartAsync(
            listening: LiveViewClient.On(IPAddress.Any) with { Password = "knows" });

        var answer = await AskAsync(view, "GET / HTTP/1.1\r\nHost: camera.example:4000\r\n\r\n");

        Assert.Contains("\r\nLocation: https://camera.example:4000/\r\n", answer);
    }

    [Fact]
    public async Task A_head_that_never_ends_is_read_no_further_than_its_limit()
    {
        await using var view = await LiveViewClient.StartAsync();

        var answer = await AskAsync(view, $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 9000)}");

        Assert.StartsWith("HTTP/1.1 308 Permanent Redirect\r\n", answer);
    }

    [Fact]
    public async Task A_browser_or_program_that_follows_comes_to_what_it_asked_for()
    {
        await using var view = await LiveViewClient.StartAsync();
        view.Server.Show(LiveViewClient.Frame(1));

        using var answer = await view.GetAsync($"http://127.0.0.1:{view.Server.Port}/healthz");

        Assert.Equal(
            (HttpStatusCode.OK, new Uri(view.Http.BaseAddress!, "/healthz")), (answer.StatusCode, answer.RequestMessage!.RequestUri));
    }

    private static string OfPort(LiveViewClient view, string text) =>
        text.Replace("{port}", $"{view.Server.Port}", StringComparison.Ordinal);

    private static async Task<string> AskAsync(LiveViewClient view, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, view.Server.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(OfPort(view, request)), TestContext.Current.CancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
