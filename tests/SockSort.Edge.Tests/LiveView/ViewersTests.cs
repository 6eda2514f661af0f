using System.Net;
using System.Text.Json;
using SockSort.Edge.LiveView;
using SockSort.Testing;

namespace SockSort.Edge.Tests.LiveView;

public sealed class ViewersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task One_viewer_too_many_is_told_so_and_a_place_that_gets_free_is_given_again()
    {
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions { MaxViewers = 1 });
        var first = await view.GetAsync("/stream.mjpg");
        using var refused = await view.GetAsync("/stream.mjpg");
        first.Dispose();
        await Eventually.TrueAsync(() => view.Server.Viewers == 0, "the first viewer is gone");

        using var second = await view.GetAsync("/stream.mjpg");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (refused.StatusCode, second.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(30), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(
            "all 1 places are taken: close another window of the live view, or try again in half a minute\n",
            await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET /stream.mjpg HTTP/1.1")]
    [InlineData("GET /stream.mjpg?parts=browser HTTP/1.1")]
    [InlineData("GET /stream.mjpg HTTP/1.0")]
    public async Task A_viewer_who_never_reads_is_cut_off_counted_and_his_place_given_to_another(string request)
    {
        await using var view = await StartAsync(places: 1);
        view.Server.Show(LiveViewClient.Noise(1));
        await using var deaf = await RawViewer.OpenAsync(view.Server.Port, request);
        await Eventually.TrueAsync(() => view.Server.Viewers == 1, "he has the place");

        await Eventually.TrueAsync(() => view.Server.Viewers == 0, "he is cut off");
        using var next = await view.GetAsync("/stream.mjpg");

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal((1, 1, 1, 0), await CountsAsync(view));
    }

    [Fact]
    public async Task A_viewer_of_HTTP_2_who_does_not_open_his_window_is_cut_off_alone_of_his_connection()
    {
        await using var view = await StartAsync(places: 2);
        view.Server.Show(LiveViewClient.Noise(1));
        view.Http.DefaultRequestVersion = HttpVersion.Version20;
        view.Http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var deaf = await view.GetAsync("/stream.mjpg");
        await Eventually.TrueAsync(() => view.Server.Viewers == 1, "he has the place");

        await Eventually.TrueAsync(() => view.Server.Viewers == 0, "he is cut off");

        Assert.Equal(HttpVersion.Version20, deaf.Version);
        Assert.Equal((0, 2, 1, 0), await CountsAsync(view));
    }

    [Fact]
    public async Task A_viewer_of_HTTP_2_who_opens_every_window_and_never_reads_is_cut_off()
    {
        await using var view = await StartAsync(places: 1);
        view.Server.Show(LiveViewClient.Noise(1));
        await using var deaf = await RawViewer.OpenHttp2Async(view.Server.Port);
        await Eventually.TrueAsync(() => view.Server.Viewers == 1, "he has the place");

        await Eventually.TrueAsync(() => view.Server.Viewers == 0, "he is cut off");

        Assert.Equal((0, 1, 1, 0), await CountsAsync(view));
    }

    [Fact]
    public async Task A_viewer_who_takes_a_byte_now_and_then_is_cut_off()
    {
        await using var view = await StartAsync(places: 1);
        view.Server.Show(LiveViewClient.Noise(1));
        await using var trickling = await RawViewer.OpenAsync(view.Server.Port);
        await Eventually.TrueAsync(() => view.Server.Viewers == 1, "he has the place");

        await Eventually.TrueAsync(
            async () =>
            {
                if (view.Server.Viewers > 0)
                    await trickling.ReadAsync(1);
                return view.Server.Viewers == 0;
            },
            "he is cut off");

        Assert.Equal((0, 1, 1, 0), await CountsAsync(view));
    }

    [Fact]
    public async Task A_viewer_who_reads_slowly_stays_though_one_picture_takes_him_longer_than_the_time_for_a_piece()
    {
        await using var view = await LiveViewClient.StartAsync(
            new LiveViewOptions { MaxViewers = 1, ReadWithin = TimeSpan.FromSeconds(4) });
        view.Server.Show(LiveViewClient.Noise(1));
        var length = (await view.Http.GetByteArrayAsync("/frame.jpg", TestContext.Current.CancellationToken)).Length;
        await using var slow = await RawViewer.OpenAsync(view.Server.Port);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));

        for (var tenths = 0; tenths < 70; tenths++)
        {
            await slow.ReadAsync(length / 70);
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal((1, 1, 0, 0), await CountsAsync(view));
    }

    [Fact]
    public async Task A_viewer_of_a_camera_that_stands_still_stays()
    {
        await using var view = await LiveViewClient.StartAsync(
            new LiveViewOptions { MaxViewers = 1, ReadWithin = TimeSpan.FromMilliseconds(200) });
        view.Server.Show(LiveViewClient.Frame(1));
        var still = await view.OpenStreamAsync();
        _ = await LiveViewClient.ReadPartAsync(still);
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));

        await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        view.Server.Show(LiveViewClient.Frame(2));

        Assert.NotEmpty(await LiveViewClient.ReadPartAsync(still));
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8", true)]
    [InlineData("/stream.mjpg", "multipart/x-mixed-replace; boundary=frame", false)]
    [InlineData("/frame.jpg", "image/jpeg", true)]
    [InlineData("/status.json", "application/json", true)]
    [InlineData("/healthz", "text/plain; charset=utf-8", true)]
    public async Task HEAD_is_answered_as_GET_is_with_the_head_alone_and_takes_no_place(string path, string type, bool hasLength)
    {
        await using var view = await StartAsync(places: 1);
        view.Server.Show(LiveViewClient.Frame(1));
        await using var asking = await RawViewer.OpenAsync(view.Server.Port, $"HEAD {path} HTTP/1.1\r\nConnection: close");

        var answer = await asking.ReadAllAsync();

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        Assert.Contains($"Content-Type: {type}\r\n", answer);
        Assert.Equal(hasLength, answer.Contains("Content-Length: ", StringComparison.Ordinal));
        Assert.EndsWith("\r\n\r\n", answer);
        Assert.Equal((0, 1, 0, 0), await CountsAsync(view));
    }

    [Fact]
    public async Task HEAD_of_the_stream_says_when_there_is_no_place_and_is_not_counted_as_refused()
    {
        await using var view = await StartAsync(places: 1);
        using var first = await view.GetAsync("/stream.mjpg");
        using var request = new HttpRequestMessage(HttpMethod.Head, "/stream.mjpg");

        using var answer = await view.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal((1, 1, 0, 0), await CountsAsync(view));
    }

    [Fact]
    public async Task Another_method_is_told_which_there_are()
    {
        await using var view = await StartAsync(places: 1);

        using var answer = await view.Http.PostAsync("/stream.mjpg", content: null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, HEAD"), (answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow)));
    }

    [Fact]
    public async Task A_page_can_ask_whether_its_own_stream_is_open()
    {
        await using var view = await StartAsync(places: 2);
        using var stream = await view.GetAsync("/stream.mjpg?viewer=me");

        var answers = new List<string>();
        foreach (var path in new[] { "/status.json?viewer=me", "/status.json?viewer=you", "/status.json" })
            answers.Add(JsonDocument.Parse(await view.TextAsync(path)).RootElement.GetProperty("watching").GetRawText());

        Assert.Equal(["true", "false", "null"], answers);
    }

    private static Task<LiveViewClient> StartAsync(int places) =>
        LiveViewClient.StartAsync(new LiveViewOptions { MaxViewers = places, ReadWithin = Patience });

    private static async Task<(int Viewers, int Places, int CutOff, int Refused)> CountsAsync(LiveViewClient view)
    {
        var status = JsonDocument.Parse(await view.TextAsync("/status.json")).RootElement;
        return (Of("viewers"), Of("places"), Of("cutOff"), Of("refused"));

        int Of(string name) => status.GetProperty(name).GetInt32();
    }
}
