using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SockSort.Edge.LiveView;
using SockSort.Edge.Tests.Cameras;
using SockSort.Host.Listening;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Tests.LiveView;

public sealed class LiveViewServerTests
{
    [Fact]
    public async Task The_page_is_whole_in_itself_and_says_so_to_the_browser()
    {
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions { CameraName = "desk" });

        using var answer = await view.GetAsync("/");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        Assert.Contains("<title>SockSort live view – desk</title>", page);
        Assert.Matches("<img id=\"picture\" class=\"gone\" data-viewer=\"[0-9a-f]{16}\"", page);
        Assert.Contains("<option>480p</option><option selected>720p</option><option>1080p</option>", page);
        Assert.DoesNotContain("{{", page);
        Assert.Matches(
            "default-src 'none'; img-src 'self' data: blob:; .*script-src 'sha256-",
            answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task The_cameras_name_is_text_and_never_html()
    {
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions { CameraName = "<script>alert(1)</script>\"" });

        var page = await view.TextAsync("/");

        Assert.DoesNotContain("alert(1)</script>", page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;", page);
    }

    [Fact]
    public async Task The_stream_sends_each_frame_as_a_part_together_with_the_head_of_the_next_one()
    {
        await using var view = await LiveViewClient.StartAsync();
        var stream = await view.OpenStreamAsync();

        view.Server.Show(LiveViewClient.Frame(1, colour: 1));
        var first = await LiveViewClient.ReadPartAsync(stream);
        view.Server.Show(LiveViewClient.Frame(2, colour: 2));
        var second = await LiveViewClient.ReadPartAsync(stream);

        Assert.Equal([1, 2], new[] { first, second }.Select(jpeg => Pictures.ColourOf(PictureReader.Read(jpeg, "part"))));
    }

    [Fact]
    public async Task The_stream_says_that_each_part_replaces_the_one_before()
    {
        await using var view = await LiveViewClient.StartAsync();

        using var answer = await view.GetAsync("/stream.mjpg");

        Assert.Equal("multipart/x-mixed-replace; boundary=frame", answer.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_new_viewer_sees_the_newest_frame_at_once()
    {
        await using var view = await LiveViewClient.StartAsync();
        view.Server.Show(LiveViewClient.Frame(1, colour: 1));
        view.Server.Show(LiveViewClient.Frame(2, colour: 2));

        var jpeg = await LiveViewClient.ReadPartAsync(await view.OpenStreamAsync());

        Assert.Equal(2, Pictures.ColourOf(PictureReader.Read(jpeg, "part")));
    }

    [Fact]
    public async Task Frame_jpg_is_the_newest_frame_with_its_label_drawn_on_it()
    {
        await using var view = await LiveViewClient.StartAsync();
        using var before = await view.GetAsync("/frame.jpg");
        var shown = LiveViewClient.Frame(1, colour: 2);
        var clean = shown.Picture.Rgb.ToArray();
        view.Server.Show(shown);

        var jpeg = await view.Http.GetByteArrayAsync("/frame.jpg", TestContext.Current.CancellationToken);
        var picture = PictureReader.Read(jpeg, "frame.jpg");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Equal((640, 360), (picture.Width, picture.Height));
        Assert.Equal(2, Pictures.ColourOf(picture));
        // The colour is even: any bright pixel is of the label.
        Assert.Contains(Enumerable.Range(0, picture.Rgb.Length / 3), at => picture.Rgb.AsSpan(at * 3, 3).ToArray().Min() > 200);
        Assert.Equal(clean, shown.Picture.Rgb);
    }

    [Fact]
    public async Task Status_json_tells_frame_rate_history_and_panels()
    {
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions
        {
            CameraName = "desk",
            Panels = () => [new LivePanel("Pairs", ["Sock", "State"], [["Google", "Pair"], ["Mongo", "Un-matched"]])],
            Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddSeconds(1.5)),
        });
        view.Server.Show(LiveViewClient.Frame(1, "Blank", 60));
        view.Server.Show(LiveViewClient.Frame(2));

        var status = JsonDocument.Parse(await view.TextAsync("/status.json")).RootElement;

        Assert.Equal(("desk", "live"), (status.GetProperty("camera").GetString(), status.GetProperty("state").GetString()));
        Assert.Equal(
            """
            {"number":2,"name":"2.png","capturedAt":"1970-01-01T00:00:00+00:00","ageMs":1500,"label":"Google","probability":97.42}
            """,
            status.GetProperty("frame").GetRawText());
        Assert.Equal(
            """[{"label":"Blank","probability":60},{"label":"Google","probability":97.42}]""", status.GetProperty("recent").GetRawText());
        Assert.Equal(
            """[{"title":"Pairs","columns":["Sock","State"],"rows":[["Google","Pair"],["Mongo","Un-matched"]]}]""",
            status.GetProperty("panels").GetRawText());
    }

    [Fact]
    public async Task The_newest_picture_can_be_had_without_the_label_on_it()
    {
        await using var view = await LiveViewClient.StartAsync();
        view.Server.Show(LiveViewClient.Frame(1, colour: 1));

        var labelled = await ReadAsync("/frame.jpg");
        var plain = await ReadAsync("/frame.jpg?plain");

        Assert.True(Spread(labelled) > 100, "a label is drawn");
        Assert.InRange(Spread(plain), 0, 6);
        Assert.Equal(1, Pictures.ColourOf(plain));

        async Task<Imaging.Frame> ReadAsync(string path) =>
            PictureReader.Read(await view.Http.GetByteArrayAsync(path, TestContext.Current.CancellationToken), path);

        static int Spread(Imaging.Frame picture)
        {
            var reds = picture.Rgb.Chunk(3).Select(pixel => (int)pixel[0]).ToList();
            return reds.Max() - reds.Min();
        }
    }

    [Fact]
    public async Task Health_is_bad_before_the_first_frame_and_when_frames_stay_away()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions { Time = time });
        List<(HttpStatusCode, string)> answers = [await HealthAsync(view)];

        view.Server.Show(LiveViewClient.Frame(1));
        answers.Add(await HealthAsync(view));
        time.Advance(TimeSpan.FromSeconds(11));
        answers.Add(await HealthAsync(view));

        Assert.Equal(
            [
                (HttpStatusCode.ServiceUnavailable, "waiting\n"),
                (HttpStatusCode.OK, "ok\n"),
                (HttpStatusCode.ServiceUnavailable, "stalled\n"),
            ],
            answers);
    }

    [Fact]
    public async Task A_taken_port_is_an_error_that_names_the_flag()
    {
        await using var first = await LiveViewClient.StartAsync();
        var listening = LiveViewClient.On(IPAddress.Loopback, first.Server.Port);

        var error = await Assert.ThrowsAsync<ListeningException>(() => LiveViewClient.StartAsync(listening: listening));

        Assert.Equal(
            $"port {first.Server.Port} of the live view is taken: choose another with --view-port (0 = a free one)", error.Message);
    }

    [Fact]
    public async Task Given_any_port_if_taken_expect_another_port()
    {
        await using var first = await LiveViewClient.StartAsync();
        var listening = LiveViewClient.On(IPAddress.Loopback, first.Server.Port) with { AnyPortIfTaken = true };

        await using var second = await LiveViewClient.StartAsync(listening: listening);

        Assert.NotEqual(first.Server.Port, second.Server.Port);
    }

    [Fact]
    public async Task A_request_for_a_foreign_host_name_is_refused()
    {
        await using var view = await LiveViewClient.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/frame.jpg") { Headers = { Host = "evil.example" } };

        using var answer = await view.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_viewer_who_does_not_read_holds_up_nobody_and_skips_frames()
    {
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions { ReadWithin = TimeSpan.FromHours(1) });
        var slow = await view.OpenStreamAsync();
        var quick = await view.OpenStreamAsync();

        for (var number = 1; number <= 30; number++)
        {
            view.Server.Show(LiveViewClient.Noise(number));
            await LiveViewClient.ReadPartAsync(quick);
        }
        view.Server.Show(LiveViewClient.Frame(31, colour: 1));
        var skipped = await PartsUntilColourAsync(slow, colour: 1);

        Assert.InRange(skipped, 1, 25);
    }

    [Fact]
    public async Task Stopping_ends_open_streams_at_once()
    {
        var view = await LiveViewClient.StartAsync();
        using var stream = await view.GetAsync("/stream.mjpg");

        var stopping = view.Server.DisposeAsync().AsTask();

        await stopping.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_view_listens_on_loopback_only()
    {
        await using var view = await LiveViewClient.StartAsync();

        var addresses = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(point => point.Port == view.Server.Port).Select(point => point.Address);

        Assert.Equal([IPAddress.Loopback], addresses);
    }

    [Fact]
    public async Task Localhost_answers_over_IPv4_and_IPv6()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        var port = SockSort.Testing.FreePort.Next();
        await using var view = await LiveViewClient.StartAsync(listening: LiveViewClient.On(IPAddress.Loopback, port));

        var addresses = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(point => point.Port == port).Select(point => point.Address.ToString()).Order();

        Assert.Equal(["127.0.0.1", "::1"], addresses);
    }

    private static async Task<(HttpStatusCode, string)> HealthAsync(LiveViewClient view)
    {
        using var answer = await view.GetAsync("/healthz");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Parts that were read before one of the wanted colour came.</summary>
    private static async Task<int> PartsUntilColourAsync(PipeReader stream, int colour)
    {
        for (var count = 0; ; count++)
        {
            var picture = PictureReader.Read(await LiveViewClient.ReadPartAsync(stream), "part");
            if (picture.Width == 640 && Pictures.ColourOf(picture) == colour)
                return count;
        }
    }
}
