using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SockSort.Host.Listening;

namespace SockSort.Edge.Tests.LiveView;

public sealed class PasswordTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/stream.mjpg")]
    [InlineData("/frame.jpg")]
    [InlineData("/status.json")]
    [InlineData("/healthz")]
    [InlineData("/frames/a1/1.jpg")]
    [InlineData("/nowhere")]
    public async Task Nothing_is_answered_without_the_password(string path)
    {
        await using var view = await StartAsync();

        using var answer = await view.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Basic realm=\"SockSort live view\", charset=\"UTF-8\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal(
            "a password is needed: send it as HTTP Basic (with any user name) or as 'Authorization: Bearer'\n",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/stream.mjpg")]
    [InlineData("/frame.jpg")]
    [InlineData("/status.json")]
    [InlineData("/healthz")]
    public async Task All_is_answered_to_who_knows_the_password(string path)
    {
        await using var view = await StartAsync();
        Authorize(view, Basic("anybody", "sésame: 1"));

        using var answer = await view.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("Bearer sesame: 1", HttpStatusCode.OK)]
    [InlineData("Bearer sesame: 2", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("Basic !!!", HttpStatusCode.Unauthorized)]
    [InlineData("Basic bm9jb2xvbg==", HttpStatusCode.Unauthorized)]
    [InlineData("Digest username=\"x\"", HttpStatusCode.Unauthorized)]
    public async Task The_password_may_come_as_a_token_and_what_is_none_is_wrong(string header, HttpStatusCode expected)
    {
        await using var view = await LiveViewClient.StartAsync(listening: LiveViewClient.OnLoopback with { Password = "sesame: 1" });
        Authorize(view, header);

        using var answer = await view.GetAsync("/status.json");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task An_empty_password_is_none()
    {
        await using var view = await LiveViewClient.StartAsync(listening: LiveViewClient.OnLoopback with { Password = "" });

        using var answer = await view.GetAsync("/status.json");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Who_tries_many_passwords_waits_even_with_the_right_one_and_may_try_again_after_a_minute()
    {
        var time = new FakeTimeProvider();
        await using var view = await StartAsync(time);
        for (var guess = 0; guess < 20; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(view, $"guess {guess}")).StatusCode);
        time.Advance(TimeSpan.FromSeconds(50));

        using var barred = await AskAsync(view, "sésame: 1");
        time.Advance(TimeSpan.FromSeconds(10));
        using var later = await AskAsync(view, "sésame: 1");

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(10)), (barred.StatusCode, barred.Headers.RetryAfter!.Delta));
        Assert.Equal(
            "too many wrong passwords came from this address: try again in 10 s\n",
            await barred.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_that_comes_again_and_again_bars_nobody()
    {
        await using var view = await StartAsync();
        for (var time = 0; time < 40; time++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(view, "of yesterday")).StatusCode);

        using var answer = await AskAsync(view, "sésame: 1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task Beyond_this_machine_a_password_is_needed_or_the_word_that_none_is(string address)
    {
        var listening = LiveViewClient.On(IPAddress.Parse(address)) with { Password = "" };

        var error = await Assert.ThrowsAsync<ListeningException>(() => LiveViewClient.StartAsync(listening: listening));

        Assert.Equal(
            $"--live-view-listen {address} can be reached from other machines: set a password by --live-view-password-file "
                + "FILE or the environment " +
            "variable SOCKSORT_LIVE_VIEW_PASSWORD, or let everybody watch by --no-password",
            error.Message);
    }

    [Fact]
    public void A_password_for_nobody_is_an_error()
    {
        var error = Assert.Throws<ListeningException>(
            (LiveViewClient.OnLoopback with { Password = "x", IsOpenToAll = true }).Check);

        Assert.Equal(
            "--no-password lets everybody watch, and a password is set too (--live-view-password-file or "
                + "SOCKSORT_LIVE_VIEW_PASSWORD): leave out one of them",
            error.Message);
    }

    [Theory]
    [InlineData("0.0.0.0", true)]
    [InlineData("127.0.0.1", false)]
    public async Task The_page_says_where_everybody_may_watch(string address, bool saysSo)
    {
        await using var view = await LiveViewClient.StartAsync(
            listening: LiveViewClient.On(IPAddress.Parse(address)) with { IsOpenToAll = true });

        var page = await view.TextAsync("/");

        Assert.Equal(saysSo, page.Contains("Whoever can reach this address can watch", StringComparison.Ordinal));
    }

    [Fact]
    public void The_options_do_not_show_the_password() =>
        Assert.Equal("WebListening https://127.0.0.1:0", (LiveViewClient.OnLoopback with { Password = "sésame" }).ToString());

    private static async Task<LiveViewClient> StartAsync(TimeProvider? time = null)
    {
        var view = await LiveViewClient.StartAsync(
            listening: LiveViewClient.OnLoopback with { Password = "sésame: 1", Time = time ?? TimeProvider.System });
        view.Server.Show(LiveViewClient.Frame(1));
        return view;
    }

    private static async Task<HttpResponseMessage> AskAsync(LiveViewClient view, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/status.json");
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(Basic("me", password));
        return await view.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static void Authorize(LiveViewClient view, string header) =>
        view.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

    private static string Basic(string user, string password) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";
}
