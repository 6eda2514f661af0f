using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using SockSort.Host.Listening;
using SockSort.Testing;

namespace SockSort.Host.Tests.Listening;

/// <summary>What a listener logs of itself.</summary>
public sealed class ListeningLogTests
{
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task Its_addresses_with_their_real_ports_and_its_end()
    {
        string address;
        await using (var listener = await StartAsync(password: null))
            address = listener.Addresses[0].ToString();

        Assert.Equal([7021, 7022], _log.Ids);
        Assert.All(_log.Events, logged => Assert.Equal((LogLevel.Information, "words"), (logged.Level, logged.Fields["Surface"])));
        Assert.Equal(address, _log.Events[0].Fields["Addresses"]);
    }

    [Fact]
    public async Task An_address_that_guesses_is_a_warning_and_no_password_stands_anywhere()
    {
        await using var listener = await StartAsync("s3cret");
        using var client = new HttpClient { BaseAddress = listener.Addresses[0].ExactUri };

        for (var guess = 0; guess < 20; guess++)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"gu3ss{guess}");
            using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);
        }

        var (refused, barred) = (_log.Single(7023), _log.Single(7024));
        Assert.Equal((LogLevel.Warning, 1L), (refused.Level, refused.Fields["Count"]));
        Assert.Equal((LogLevel.Warning, "127.0.0.1"), (barred.Level, barred.Fields["Address"]));
        Assert.InRange((int)barred.Fields["Seconds"]!, 50, 60);
        Assert.All(["s3cret", "gu3ss"], secret => Assert.DoesNotContain(secret, _log.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_browser_that_asks_for_the_password_first_is_no_guess()
    {
        await using var listener = await StartAsync("s3cret");
        using var client = new HttpClient { BaseAddress = listener.Addresses[0].ExactUri };

        using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal([7021], _log.Ids);
    }

    [Fact]
    public void What_is_told_of_the_certificate_is_logged_too()
    {
        var told = new List<string>();
        var listening = WebListening.At("http://127.0.0.1:0") with { Loggers = _log };

        new ListeningLog("words", listening).Wrap(told.Add)("the certificate is a new one");

        Assert.Equal(["the certificate is a new one"], told);
        Assert.Equal("the certificate is a new one", _log.Single(7025).Fields["Note"]);
    }

    private Task<WebListener> StartAsync(string? password)
    {
        var surface = new WebSurface { Name = "words", Map = app => app.MapGet("/", () => "words") };
        var listening = WebListening.At("http://127.0.0.1:0") with { Password = password, Loggers = _log };
        return WebListener.StartAsync(surface, listening, TestContext.Current.CancellationToken);
    }
}
