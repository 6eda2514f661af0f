using System.Net;
using SockSort.Edge.LiveView;

namespace SockSort.Edge.Tests.LiveView;

public sealed class EmbeddingTests
{
    private const string Home = "https://home.example:8123";

    [Theory]
    [InlineData("/")]
    [InlineData("/stream.mjpg?parts=browser")]
    [InlineData("/frame.jpg")]
    [InlineData("/status.json")]
    public async Task By_default_no_page_of_another_site_may_show_any_of_it(string path)
    {
        await using var view = await LiveViewClient.StartAsync();
        view.Http.DefaultRequestHeaders.Add("Origin", Home);
        view.Http.DefaultRequestHeaders.Referrer = new Uri($"{Home}/socks");
        view.Server.Show(LiveViewClient.Frame(1));

        using var answer = await view.GetAsync(path);

        Assert.EndsWith("; frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_named_site_may_frame_it_read_it_and_show_its_picture()
    {
        await using var view = await StartAsync();
        view.Http.DefaultRequestHeaders.Add("Origin", Home);

        using var answer = await view.GetAsync("/status.json");

        Assert.EndsWith($"; frame-ancestors {Home} http://tablet.example", Header(answer, "Content-Security-Policy"));
        Assert.Null(Header(answer, "X-Frame-Options"));
        Assert.Equal("cross-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Equal(Home, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Equal("Origin, Referer", Header(answer, "Vary"));
    }

    [Theory]
    [InlineData(Home, "https://home.example:8123/", "cross-origin", null)]
    [InlineData(Home, "https://home.example:8123/lovelace/0", "cross-origin", null)]
    [InlineData(Home, "https://home.example/", "same-origin", null)]
    [InlineData(Home, "http://home.example:8123/", "same-origin", null)]
    [InlineData(Home, "https://home.example:8123@evil.example/", "same-origin", null)]
    [InlineData("http://tablet.example", "http://tablet.example:80/", "cross-origin", null)]
    public async Task A_picture_is_for_the_page_that_shows_it(string site, string referrer, string policy, string? allowed)
    {
        await using var view = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/frame.jpg");
        request.Headers.TryAddWithoutValidation("Referer", referrer);

        using var answer = await view.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((policy, allowed), (Header(answer, "Cross-Origin-Resource-Policy"), Header(answer, "Access-Control-Allow-Origin")));
        Assert.Contains(site, Header(answer, "Content-Security-Policy"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://home.example:8123.evil.example")]
    [InlineData("https://home.example")]
    [InlineData("null")]
    public async Task Another_site_than_the_named_ones_may_nothing(string origin)
    {
        await using var view = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/frame.jpg");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.TryAddWithoutValidation("Referer", Home);

        using var answer = await view.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(Home, HttpStatusCode.NoContent)]
    [InlineData("https://evil.example", HttpStatusCode.Unauthorized)]
    public async Task A_browser_that_asks_before_it_asks_is_answered_without_the_password_for_named_sites(
        string origin, HttpStatusCode expected)
    {
        await using var view = await StartAsync("knows");
        using var request = new HttpRequestMessage(HttpMethod.Options, "/status.json");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Headers", "authorization");

        using var answer = await view.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.NoContent ? "Authorization" : null, Header(answer, "Access-Control-Allow-Headers"));
    }

    [Theory]
    [InlineData("https://home.example:8123", "https://home.example:8123")]
    [InlineData("HTTPS://Home.Example:443/", "https://home.example")]
    [InlineData("http://192.0.2.1:3000", "http://192.0.2.1:3000")]
    [InlineData("http://[2001:DB8::1]:3000", "http://[2001:db8::1]:3000")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    public void An_origin_is_written_as_browsers_write_it(string given, string expected)
    {
        Assert.True(WebOrigin.TryParse(given, out var origin));
        Assert.Equal(expected, origin);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://*.example")]
    [InlineData("home.example")]
    [InlineData("https://home.example/lovelace")]
    [InlineData("https://home.example?x")]
    [InlineData("https://me@home.example")]
    [InlineData("ftp://home.example")]
    [InlineData("file:///home")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("https://home.example 'unsafe-inline'")]
    [InlineData("https://home.example; img-src *")]
    public void What_is_not_the_origin_of_one_site_is_none(string given) => Assert.False(WebOrigin.TryParse(given, out _));

    private static async Task<LiveViewClient> StartAsync(string? password = null)
    {
        var view = await LiveViewClient.StartAsync(
            new LiveViewOptions { Embedders = [Home, "http://tablet.example"] }, LiveViewClient.OnLoopback with { Password = password });
        view.Server.Show(LiveViewClient.Frame(1));
        return view;
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
