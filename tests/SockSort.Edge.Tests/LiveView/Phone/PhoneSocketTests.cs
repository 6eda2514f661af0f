using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using SockSort.Edge.LiveView;
using SockSort.Edge.Tests.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.LiveView.Phone;

/// <summary>The line on which a phone's pictures come, over https and in both versions of HTTP.</summary>
public sealed class PhoneSocketTests
{
    private const string NoTicket = "the ticket is missing, used or older than a minute: get a new one from /phone/ticket\n";

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Pictures_come_in_and_labels_go_back(string version)
    {
        await using var camera = await PhoneClient.StartAsync();
        using var phone = await camera.ConnectAsync(Version.Parse(version));

        var fps = await PhoneClient.HearAsync(phone, "fps");
        await PhoneClient.SendAsync(phone, colour: 2);
        var taken = await PhoneClient.HearAsync(phone, "taken");
        var frame = await camera.NextAsync();
        camera.Camera.Feed!.Answer("Mongo", 97.4, frame!.CapturedAt);
        var said = await PhoneClient.HearAsync(phone, "label");

        Assert.Equal("""{"fps":0}{"taken":1}""", $"{fps}{taken}");
        Assert.Equal(2, Pictures.ColourOf(frame.Picture));
        Assert.Matches("""^{"label":"Mongo","probability":97.4,"delayMs":\d+}$""", $"{said}");
    }

    [Fact]
    public async Task A_ticket_opens_one_line_and_what_is_none_opens_no_line()
    {
        await using var camera = await PhoneClient.StartAsync();
        var ticket = await camera.View.TextAsync("/phone/ticket");

        using var first = await camera.ConnectAsync(ticket, origin: null);
        using var again = await camera.ConnectAsync(ticket, origin: null);
        using var guessed = await camera.ConnectAsync("", origin: null);

        Assert.Equal(
            (WebSocketState.Open, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            (first.State, again.HttpStatusCode, guessed.HttpStatusCode));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("null")]
    public async Task A_page_of_another_site_is_refused_whatever_it_knows(string origin)
    {
        await using var camera = await PhoneClient.StartAsync();

        using var phone = await camera.ConnectAsync(await camera.View.TextAsync("/phone/ticket"), origin);

        Assert.Equal(HttpStatusCode.Forbidden, phone.HttpStatusCode);
        Assert.False(camera.Camera.Feed!.IsConnected);
    }

    [Theory]
    [InlineData("/phone")]
    [InlineData("/phone/ticket")]
    public async Task Page_and_ticket_need_the_password(string path)
    {
        await using var camera = await PhoneClient.StartAsync(LiveViewClient.OnLoopback with { Password = "knows" });

        using var answer = await camera.View.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_line_needs_the_ticket_alone_as_some_browsers_send_no_password_on_it()
    {
        await using var camera = await PhoneClient.StartAsync(LiveViewClient.OnLoopback with { Password = "knows" });
        camera.View.Http.DefaultRequestHeaders.Authorization = new("Bearer", "knows");

        using var phone = await camera.ConnectAsync();
        using var without = await camera.ConnectAsync("0123456789abcdef0123456789abcdef", origin: null);
        await PhoneClient.SendAsync(phone, colour: 1);

        Assert.Equal(1, Pictures.ColourOf((await camera.NextAsync())!.Picture));
        Assert.Equal(HttpStatusCode.Forbidden, without.HttpStatusCode);
    }

    [Fact]
    public async Task What_is_no_picture_is_told_and_the_line_stays_open()
    {
        await using var camera = await PhoneClient.StartAsync();
        using var phone = await camera.ConnectAsync();
        var next = camera.NextAsync();

        await PhoneClient.SendAsync(phone, "hello"u8.ToArray(), isText: true);
        var text = await PhoneClient.HearAsync(phone, "problem");
        await PhoneClient.SendAsync(phone, [1, 2, 3]);
        var bytes = await PhoneClient.HearAsync(phone, "problem");
        await PhoneClient.SendAsync(phone, []);
        var nothing = await PhoneClient.HearAsync(phone, "problem");
        await PhoneClient.SendAsync(phone, colour: 3);

        Assert.Equal("""{"problem":"it is text, expected a JPEG picture as a binary message"}""", $"{text}");
        Assert.Equal("""{"problem":"it is no JPEG picture (3 bytes)"}{"problem":"it is no JPEG picture (0 bytes)"}""", $"{bytes}{nothing}");
        Assert.Equal(3, Pictures.ColourOf((await next)!.Picture));
    }

    [Fact]
    public async Task A_message_that_is_too_long_ends_the_line()
    {
        await using var camera = await PhoneClient.StartAsync();
        using var phone = await camera.ConnectAsync();
        var piece = new byte[1 << 20];

        // Eight are let in. The ninth, without an end, is one too many.
        for (var sent = 0; sent < 9; sent++)
        {
            await phone.SendAsync(
                piece.AsMemory(), WebSocketMessageType.Binary, endOfMessage: false, TestContext.Current.CancellationToken);
        }
        var close = await PhoneClient.CloseAsync(phone);

        Assert.Equal((1009, "a message has at most 8 MB"), close);
    }

    [Fact]
    public async Task The_phone_that_comes_last_takes_over()
    {
        await using var camera = await PhoneClient.StartAsync();
        using var first = await camera.ConnectAsync();
        using var second = await camera.ConnectAsync();

        var close = await PhoneClient.CloseAsync(first);
        await PhoneClient.SendAsync(second, colour: 2);

        Assert.Equal((4001, "another phone has taken over"), close);
        Assert.Equal(2, Pictures.ColourOf((await camera.NextAsync())!.Picture));
    }

    [Fact]
    public async Task A_phone_that_goes_without_a_word_is_gone()
    {
        await using var camera = await PhoneClient.StartAsync();
        using var phone = await camera.ConnectAsync();
        _ = await PhoneClient.HearAsync(phone, "fps");
        Assert.True(camera.Camera.Feed!.IsConnected);

        phone.Abort();

        await Eventually.TrueAsync(() => !camera.Camera.Feed.IsConnected, "the phone is gone");
    }

    [Fact]
    public async Task The_phone_is_told_when_the_view_ends()
    {
        await using var camera = await PhoneClient.StartAsync();
        using var phone = await camera.ConnectAsync();

        camera.View.Server.Routes.EndStreams();

        Assert.Equal((1001, "SockSort ends"), await PhoneClient.CloseAsync(phone));
    }

    [Fact]
    public async Task Status_says_what_to_do_until_a_phone_is_there_and_the_log_who_came()
    {
        var log = new RecordedLog();
        await using var camera = await PhoneClient.StartAsync(options: new LiveViewOptions { CameraName = "desk", Loggers = log });

        var before = await camera.View.TextAsync("/status.json");
        using var phone = await camera.ConnectAsync();
        _ = await PhoneClient.HearAsync(phone, "fps");
        var after = await camera.View.TextAsync("/status.json");
        var told = await log.WaitForAsync(2022);

        Assert.EndsWith(""","hint":"no phone is connected: open /phone of the live view\u0027s address on it"}""", before);
        Assert.EndsWith(""","hint":null}""", after);
        Assert.Equal((LogLevel.Information, "desk", "127.0.0.1"), (told.Level, told.Fields["Camera"], told.Fields["Address"]));
    }

    [Theory]
    [InlineData("/phone")]
    [InlineData("/phone/ticket")]
    [InlineData("/phone/socket")]
    public async Task A_camera_that_is_no_phone_has_no_such_page_and_says_so(string path)
    {
        await using var view = await LiveViewClient.StartAsync();

        using var answer = await view.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(
            "this camera is no phone: start it as --camera browser, or browser:NAME\n",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_asks_for_the_line_without_a_WebSocket_is_told_what_it_is()
    {
        await using var camera = await PhoneClient.StartAsync();

        using var answer = await camera.View.GetAsync("/phone/socket");

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }
}
