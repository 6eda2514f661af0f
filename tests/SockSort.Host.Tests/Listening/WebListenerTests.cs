using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using SockSort.Host.Listening;
using SockSort.Testing;

namespace SockSort.Host.Tests.Listening;

public sealed class WebListenerTests
{
    [Fact]
    public async Task One_surface_answers_at_several_addresses_with_and_without_tls()
    {
        await using var listener = await TestSurface.StartAsync(new WebListening
        {
            Addresses = [WebAddress.Parse($"http://127.0.0.1:{FreePort.Next()}"), WebAddress.Parse($"https://127.0.0.1:{FreePort.Next()}")],
        });
        using var client = ClientOf(listener);

        var answers = await Task.WhenAll(listener.Addresses.Select(address => client.GetStringAsync(address.ExactUri)));

        Assert.Equal(["hello over HTTP/1.1", "hello over HTTP/1.1"], answers);
        Assert.True(listener.IsCertificateSelfMade);
    }

    [Fact]
    public async Task Localhost_reaches_it_by_both_of_its_addresses()
    {
        var port = FreePort.Next();
        await using var listener = await TestSurface.StartAsync(WebListening.At($"http://localhost:{port}"));
        using var client = new HttpClient();

        var answers = await Task.WhenAll(
            new[] { "127.0.0.1", "localhost" }.Select(host => client.GetStringAsync(new Uri($"http://{host}:{port}/"))));

        Assert.Equal(["hello over HTTP/1.1", "hello over HTTP/1.1"], answers);
    }

    [Fact]
    public async Task A_name_that_was_bent_to_this_machine_is_refused()
    {
        await using var listener = await TestSurface.StartAsync(WebListening.At("http://127.0.0.1:0"));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, listener.Addresses[0].ExactUri) { Headers = { Host = "evil.example" } };

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Who_does_not_know_the_password_is_asked_for_it()
    {
        await using var listener = await TestSurface.StartAsync(WebListening.At("http://127.0.0.1:0") with { Password = "sesame" });
        using var client = new HttpClient { BaseAddress = listener.Addresses[0].ExactUri };
        using var asked = await client.GetAsync("/", TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Add("Authorization", "Bearer sesame");

        var answer = await client.GetStringAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, "Basic realm=\"SockSort test\", charset=\"UTF-8\""),
            (asked.StatusCode, $"{asked.Headers.WwwAuthenticate}"));
        Assert.Equal("hello over HTTP/1.1", answer);
    }

    [Fact]
    public async Task Beyond_this_machine_a_password_is_needed()
    {
        var words = new ListeningWords { Surface = "the test", Password = "by --password-file FILE" };

        var error = await Assert.ThrowsAsync<ListeningException>(
            () => TestSurface.StartAsync(WebListening.At("http://0.0.0.0:0") with { Words = words }));

        Assert.Equal(
            "http://0.0.0.0:0 can be reached from other machines: set a password by --password-file FILE, or listen on 127.0.0.1",
            error.Message);
    }

    [Fact]
    public async Task A_taken_port_is_named_also_where_it_is_the_second_address()
    {
        await using var first = await TestSurface.StartAsync(WebListening.At("http://127.0.0.1:0"));
        var listening = new WebListening
        {
            Addresses = [WebAddress.Parse($"http://127.0.0.1:{FreePort.Next()}"), WebAddress.Parse($"http://127.0.0.1:{first.Port}")],
            Words = new ListeningWords { Surface = "the test", Port = "listen.test" },
        };

        var error = await Assert.ThrowsAsync<ListeningException>(() => TestSurface.StartAsync(listening));

        Assert.Equal($"port {first.Port} of the test is taken: choose another with listen.test (0 = a free one)", error.Message);
    }

    [Fact]
    public async Task An_address_that_this_machine_has_not_is_named()
    {
        var listening = WebListening.At("http://192.0.2.1:8088") with { IsOpenToAll = true };

        var error = await Assert.ThrowsAsync<ListeningException>(() => TestSurface.StartAsync(listening));

        Assert.StartsWith("the server cannot listen on 192.0.2.1:8088: ", error.Message);
    }

    [Fact]
    public async Task What_a_surface_has_under_way_ends_before_the_port_is_free()
    {
        var isEnded = false;
        var surface = TestSurface.Hello with
        {
            EndAsync = () =>
            {
                isEnded = true;
                return Task.CompletedTask;
            },
        };
        var listener = await TestSurface.StartAsync(WebListening.At("http://127.0.0.1:0"), surface);

        await listener.DisposeAsync();
        await listener.DisposeAsync();
        await using var next = await TestSurface.StartAsync(WebListening.At($"http://127.0.0.1:{listener.Port}"));

        Assert.True(isEnded);
    }

    private static HttpClient ClientOf(WebListener listener) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate!.GetCertHashString(HashAlgorithmName.SHA256)
                == listener.CertificateSha256.Replace(":", "", StringComparison.Ordinal),
        },
    });
}
