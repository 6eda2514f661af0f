using System.Diagnostics;
using System.Net;
using System.Text;
using SockSort.Edge.LiveView;
using SockSort.Edge.Tests.Cameras;
using SockSort.Imaging.Decoding;
using SockSort.Testing;

namespace SockSort.Edge.Tests.LiveView;

public sealed class StreamFormsTests
{
    [Fact]
    public async Task A_program_gets_parts_that_tell_their_length_whole_and_at_once()
    {
        await using var view = await LiveViewClient.StartAsync();
        using var answer = await view.GetAsync("/stream.mjpg");
        await using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        view.Server.Show(LiveViewClient.Frame(1, colour: 1));
        var first = await ReadPartByLengthAsync(stream);
        view.Server.Show(LiveViewClient.Frame(2, colour: 2));
        var second = await ReadPartByLengthAsync(stream);

        Assert.Equal([1, 2], new[] { first, second }.Select(jpeg => Pictures.ColourOf(PictureReader.Read(jpeg, "part"))));
    }

    [Theory]
    [InlineData("/stream.mjpg", null, true)]
    [InlineData("/stream.mjpg", "image", false)]
    [InlineData("/stream.mjpg?parts=length", "image", true)]
    [InlineData("/stream.mjpg?parts=browser", null, false)]
    public async Task The_form_is_chosen_by_the_query_else_by_whether_a_browser_asks(string path, string? browserSays, bool tellsLength)
    {
        await using var view = await LiveViewClient.StartAsync();
        view.Server.Show(LiveViewClient.Frame(1));
        if (browserSays is not null)
            view.Http.DefaultRequestHeaders.Add("Sec-Fetch-Dest", browserSays);
        using var answer = await view.GetAsync(path);
        await using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        var head = await ReadHeadAsync(stream);

        Assert.StartsWith("--frame\r\nContent-Type: image/jpeg\r\n", head);
        Assert.Equal(tellsLength, head.Contains("\r\nContent-Length: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_may_tell_of_its_frame_so_that_label_and_picture_are_of_one_frame()
    {
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions
        {
            Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddSeconds(2)),
        });
        view.Server.Show(LiveViewClient.Frame(7, label: "Größe\r\nX: y", colour: 1));
        using var answer = await view.GetAsync("/stream.mjpg?parts=told");
        await using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        var head = (await ReadHeadAsync(stream)).Split("\r\n");

        Assert.Equal(
            "X-SockSort-Frame: {\"number\":7,\"name\":\"7.png\",\"capturedAt\":\"1970-01-01T00:00:00+00:00\",\"ageMs\":2000,"
                + "\"label\":\"Gr\\u00F6\\u00DFe\\r\\nX: y\",\"probability\":97.42}",
            head[3]);
        Assert.Equal(["", ""], head[4..]);
    }

    [Theory]
    [InlineData(1920, 1080, "480p", 853, 480)]
    [InlineData(1920, 1080, "", 1280, 720)]
    [InlineData(1920, 1080, "1080p", 1920, 1080)]
    [InlineData(1080, 1920, "480p", 480, 853)]
    [InlineData(1600, 1200, "480p", 640, 480)]
    [InlineData(320, 240, "1080p", 320, 240)]
    public async Task A_viewer_may_ask_for_a_resolution_in_which_no_picture_is_enlarged(
        int width, int height, string resolution, int shownWidth, int shownHeight)
    {
        await using var view = await LiveViewClient.StartAsync();
        view.Server.Show(LiveViewClient.Frame(1, width: width, height: height));
        using var answer = await view.GetAsync($"/stream.mjpg?resolution={resolution}");
        await using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        var streamed = PictureReader.Read(await ReadPartByLengthAsync(stream), "part");
        var one = await view.Http.GetByteArrayAsync(
            $"/frame.jpg?resolution={resolution}&download", TestContext.Current.CancellationToken);

        Assert.Equal((shownWidth, shownHeight), (streamed.Width, streamed.Height));
        Assert.Equal((shownWidth, shownHeight), (PictureReader.Read(one, "one").Width, PictureReader.Read(one, "one").Height));
    }

    [Theory]
    [InlineData("/stream.mjpg?resolution=4k")]
    [InlineData("/frame.jpg?resolution=4k")]
    public async Task Another_resolution_is_an_error_that_says_which_there_are(string path)
    {
        await using var view = await LiveViewClient.StartAsync();

        using var answer = await view.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            "resolution=4k is unknown: 480p, 720p, 1080p\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_form_is_an_error_that_says_which_there_are()
    {
        await using var view = await LiveViewClient.StartAsync();

        using var answer = await view.GetAsync("/stream.mjpg?parts=short");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            "parts=short is unknown: parts=length tells each picture's Content-Length, parts=browser shows each "
                + "picture at once in a browser, parts=told tells its label and age in the header X-SockSort-Frame\n",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, view.Server.Viewers);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("browser")]
    public async Task Ffmpeg_plays_the_stream(string parts)
    {
        var ffmpeg = Programs.Find("ffmpeg");
        using var folder = new TempFolder();
        await using var view = await LiveViewClient.StartAsync(
            listening: LiveViewClient.OnLoopback with { Password = "knows" });
        view.Server.Show(LiveViewClient.Frame(1, colour: 0));
        using var player = Process.Start(new ProcessStartInfo(
            ffmpeg,
            ["-hide_banner", "-loglevel", "error", "-f", "mpjpeg", "-i", $"https://me:knows@127.0.0.1:{view.Server.Port}"
                + $"/stream.mjpg?parts={parts}",
            "-frames:v", "8", "-fps_mode", "passthrough", folder.File("%d.png")])
        { RedirectStandardError = true })!;
        var said = player.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        // A player that has begun asks for no frame: they come as long as it runs.
        await Eventually.TrueAsync(
            () =>
            {
                view.Server.Show(LiveViewClient.Frame(2, colour: 1));
                return player.HasExited;
            },
            "ffmpeg has its frames");

        Assert.Equal("", await said);
        Assert.Equal(8, Directory.GetFiles(folder.Path, "*.png").Length);
        Assert.Equal(1, Pictures.ColourOf(PictureReader.Read(File.ReadAllBytes(folder.File("8.png")), "8.png")));
    }

    [Fact]
    public async Task Curl_sees_each_pictures_length()
    {
        var curl = Programs.Find("curl");
        await using var view = await LiveViewClient.StartAsync(
            listening: LiveViewClient.OnLoopback with { Password = "knows" });
        view.Server.Show(LiveViewClient.Frame(1));
        using var client = Process.Start(new ProcessStartInfo(
            curl, ["-skN", "-u", "me:knows", $"https://127.0.0.1:{view.Server.Port}/stream.mjpg"])
        { RedirectStandardOutput = true })!;

        var jpeg = await ReadPartByLengthAsync(client.StandardOutput.BaseStream);

        client.Kill();
        Assert.Equal((640, 360), (PictureReader.Read(jpeg, "part").Width, PictureReader.Read(jpeg, "part").Height));
    }

    /// <summary>As recorders do: line by line up to the empty one, then so many bytes as were told, then the end of the line.</summary>
    private static async Task<byte[]> ReadPartByLengthAsync(Stream stream)
    {
        var head = await ReadHeadAsync(stream);
        var told = head.Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
        var jpeg = new byte[int.Parse(told["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(jpeg, TestContext.Current.CancellationToken);
        var end = new byte[2];
        await stream.ReadExactlyAsync(end, TestContext.Current.CancellationToken);
        Assert.Equal("\r\n"u8, end);
        return jpeg;
    }

    private static async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var letter = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(letter, TestContext.Current.CancellationToken);
            head.Append((char)letter[0]);
        }
        return head.ToString();
    }
}
