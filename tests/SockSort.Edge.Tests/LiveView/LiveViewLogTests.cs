using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using SockSort.Edge.LiveView;
using SockSort.Testing;

namespace SockSort.Edge.Tests.LiveView;

/// <summary>What the live view logs of itself.</summary>
public sealed class LiveViewLogTests
{
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task Its_address_and_its_end()
    {
        Uri address;
        await using (var view = await StartAsync(new LiveViewOptions()))
            address = view.Server.Address;

        Assert.Equal([2021, 2022], _log.Ids);
        Assert.Equal(address.ToString(), _log.Events[0].Fields["Address"]);
    }

    [Fact]
    public async Task A_viewer_who_does_not_read_is_a_warning()
    {
        await using var view = await StartAsync(new LiveViewOptions { ReadWithin = TimeSpan.FromMilliseconds(500) });
        view.Server.Show(LiveViewClient.Noise(1));
        await using var deaf = await RawViewer.OpenAsync(view.Server.Port, "GET /stream.mjpg HTTP/1.1");

        var cutOff = await _log.WaitForAsync(2023);

        Assert.Equal((LogLevel.Warning, 1L), (cutOff.Level, cutOff.Fields["Count"]));
    }

    [Fact]
    public async Task An_address_that_guesses_is_a_warning_and_no_password_stands_anywhere()
    {
        await using var view = await StartAsync(new LiveViewOptions { Password = "s3cret" });

        for (var guess = 0; guess < 20; guess++)
        {
            view.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"gu3ss{guess}");
            using var answer = await view.GetAsync("/status.json");
        }

        var barred = _log.Single(2024);
        Assert.Equal((LogLevel.Warning, "127.0.0.1"), (barred.Level, barred.Fields["Address"]));
        Assert.All(["s3cret", "gu3ss"], secret => Assert.DoesNotContain(secret, _log.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_told_of_the_certificate_is_logged_too()
    {
        var told = new List<string>();

        new LiveViewLog(new LiveViewOptions { Loggers = _log }).And(told.Add)("the certificate is a new one");

        Assert.Equal(["the certificate is a new one"], told);
        Assert.Equal("the certificate is a new one", _log.Single(2025).Fields["Note"]);
    }

    private Task<LiveViewClient> StartAsync(LiveViewOptions options) => LiveViewClient.StartAsync(options with { Loggers = _log });
}
