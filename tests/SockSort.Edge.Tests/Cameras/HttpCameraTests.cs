using System.Net;
using System.Threading.Channels;
using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>Cameras at <c>http://</c> addresses, of every kind.</summary>
public sealed class HttpCameraTests
{
    private static readonly CameraOptions Unpaced = new() { Fps = 0 };

    private readonly Channel<byte[]> _pictures = Channel.CreateUnbounded<byte[]>();

    [Theory]
    [InlineData("multipart/x-mixed-replace; boundary=frame", "--frame", true)]
    [InlineData("multipart/x-mixed-replace;boundary=\"--odd boundary=;\"", "----odd boundary=;", false)]
    [InlineData("Multipart/X-Mixed-Replace", "--", false)]
    [InlineData("application/octet-stream", "--myboundary", true)]
    [InlineData("video/x-motion-jpeg", "", false)]
    public async Task Each_picture_of_an_MJPEG_camera_is_given_as_it_comes(string type, string boundary, bool withLength)
    {
        await using var server = new ScriptedCamera(async connection =>
        {
            await connection.BeginStreamAsync(type);
            await connection.StreamAsync(_pictures.Reader, boundary, withLength);
        });
        await using var camera = CameraSource.Open(server.Address, new CameraOptions { Fps = 240 });
        List<int> seen = [];

        foreach (var colour in new[] { 0, 1, 2, 3, 0 })
        {
            // The next picture is sent only when this one has arrived.
            _pictures.Writer.TryWrite(ScriptedCamera.Jpeg(colour));
            seen.Add(Pictures.ColourOf((await NextAsync(camera)).Picture));
        }

        Assert.Equal([0, 1, 2, 3, 0], seen);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_MJPEG_camera_that_closes_the_line_is_opened_again()
    {
        await using var server = new ScriptedCamera(async connection =>
        {
            await connection.BeginStreamAsync();
            await connection.SendPartAsync(ScriptedCamera.Jpeg(connection.Number % 4));
        });
        await using var camera = CameraSource.Open(server.Address, Unpaced);

        var seen = new[] { await NextAsync(camera), await NextAsync(camera), await NextAsync(camera) };

        Assert.Equal([1, 2, 3], seen.Select(frame => Pictures.ColourOf(frame.Picture)));
        Assert.Equal(2, camera.Counts.Reopened);
    }

    [Fact]
    public async Task An_MJPEG_camera_that_hangs_is_opened_again()
    {
        await using var server = new ScriptedCamera(async connection =>
        {
            await connection.BeginStreamAsync();
            await connection.SendPartAsync(ScriptedCamera.Jpeg(connection.Number % 4));
            await connection.HangAsync();
        });
        await using var camera = CameraSource.Open(server.Address, Unpaced with { FrameTimeout = TimeSpan.FromSeconds(0.2) });

        var seen = new[] { await NextAsync(camera), await NextAsync(camera) };

        Assert.Equal([1, 2], seen.Select(frame => Pictures.ColourOf(frame.Picture)));
    }

    [Fact]
    public async Task A_camera_that_is_not_there_at_the_start_is_waited_for()
    {
        var port = FreePort.Next();
        await using var camera = CameraSource.Open($"http://127.0.0.1:{port}/socks", Unpaced);
        var waiting = NextAsync(camera);
        await Eventually.TrueAsync(() => camera.Status.State == CameraState.Away, "the camera is away");
        Assert.Equal($"Connection refused (127.0.0.1:{port})", camera.Status.Problem);

        using var http = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        http.Start();
        var answered = AnswerAllAsync(http, context => Send(context, "image/jpeg", ScriptedCamera.Jpeg(2)));

        Assert.Equal(2, Pictures.ColourOf((await waiting).Picture));
        http.Stop();
        await answered;
    }

    [Theory]
    [InlineData("404 Not Found", "it answers 404 Not Found: is the path right?")]
    [InlineData("403 Forbidden", "it answers 403 Forbidden: are user and password right?")]
    [InlineData("401 Unauthorized", "it answers 401 Unauthorized: it wants a user and a password, as http://USER:PASSWORD@HOST/PATH")]
    public async Task A_camera_that_refuses_at_the_start_is_an_error(string status, string problem)
    {
        await using var server = new ScriptedCamera(connection => connection.AnswerAsync("text/plain", [], status));
        await using var camera = CameraSource.Open(server.Address, Unpaced);

        var error = await Assert.ThrowsAsync<CameraException>(() => NextAsync(camera));

        Assert.Equal($"camera '{server.Address}': {problem}", error.Message);
    }

    [Fact]
    public async Task An_address_of_a_page_is_an_error_that_says_so()
    {
        await using var server = new ScriptedCamera(
            connection => connection.AnswerAsync("text/html; charset=utf-8", "<html>Welcome</html>"u8.ToArray()));
        await using var camera = CameraSource.Open(server.Address, Unpaced);

        var error = await Assert.ThrowsAsync<CameraException>(() => NextAsync(camera));

        Assert.Equal(
            $"camera '{server.Address}': it answers with a page (text/html), no picture and no video: find the address "
                + "of its stream or snapshot",
            error.Message);
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("application/octet-stream")]
    public async Task A_snapshot_is_asked_for_again_and_again(string type)
    {
        await using var server = new ScriptedCamera(connection => connection.AnswerAsync(type, ScriptedCamera.Jpeg(connection.Number % 4)));
        await using var camera = CameraSource.Open(server.Address, new CameraOptions { Fps = 20 });

        var seen = new[] { await NextAsync(camera), await NextAsync(camera), await NextAsync(camera) };

        Assert.Equal([1, 2, 3], seen.Select(frame => Pictures.ColourOf(frame.Picture)));
        Assert.Equal(["socks#1", "socks#2", "socks#3"], seen.Select(frame => frame.Name));
    }

    [Fact]
    public async Task A_snapshot_may_be_of_another_format_and_stay_the_same()
    {
        var png = Imaging.Encoding.PngWriter.Encode(Pictures.Plain(Pictures.Colours[3]));
        await using var server = new ScriptedCamera(connection => connection.AnswerAsync("image/png", png));
        await using var camera = CameraSource.Open(server.Address, new CameraOptions { Fps = 20 });

        var seen = new[] { await NextAsync(camera), await NextAsync(camera) };

        Assert.Equal([3, 3], seen.Select(frame => Pictures.ColourOf(frame.Picture)));
    }

    [Fact]
    public async Task Given_a_refusal_between_two_snapshots_expect_the_camera_to_go_on()
    {
        await using var server = new ScriptedCamera(connection => connection.Number == 2
            ? connection.AnswerAsync("text/plain", [], "503 Service Unavailable")
            : connection.AnswerAsync("image/jpeg", ScriptedCamera.Jpeg(connection.Number % 4)));
        await using var camera = CameraSource.Open(server.Address, Unpaced);
        List<string?> problems = [];
        camera.StatusChanged += status => problems.Add(status.Problem);

        var seen = new[] { await NextAsync(camera), await NextAsync(camera) };

        Assert.Equal([1, 3], seen.Select(frame => Pictures.ColourOf(frame.Picture)));
        Assert.Equal([null, "it answers 503 Service Unavailable", null], problems);
    }

    [Fact]
    public async Task A_damaged_picture_is_counted_and_the_next_one_is_shown()
    {
        await using var server = new ScriptedCamera(async connection =>
        {
            await connection.BeginStreamAsync();
            await connection.SendPartAsync(ScriptedCamera.Jpeg(0));
            await connection.SendPartAsync(ScriptedCamera.Jpeg(1)[..300]);
            await connection.StreamAsync(_pictures.Reader);
        });
        await using var camera = CameraSource.Open(server.Address, Unpaced);

        _ = await NextAsync(camera);
        _pictures.Writer.TryWrite(ScriptedCamera.Jpeg(2));
        var second = await NextAsync(camera);

        Assert.Equal(2, Pictures.ColourOf(second.Picture));
        Assert.Equal(1, camera.Counts.Damaged);
    }

    [Fact]
    public async Task Parts_of_one_byte_of_100_MB_and_of_text_are_left_out_and_the_next_picture_is_shown()
    {
        await using var server = new ScriptedCamera(async connection =>
        {
            await connection.BeginStreamAsync();
            await connection.SendPartAsync(ScriptedCamera.Jpeg(0));
            await connection.SendPartAsync([0xff]);
            await connection.SendPartAsync("this is text"u8.ToArray());
            await connection.SendPartAsync([.. ScriptedCamera.Jpeg(1)[..300], .. new byte[100 << 20]]);
            await connection.StreamAsync(_pictures.Reader);
        });
        await using var camera = CameraSource.Open(server.Address, Unpaced);

        _ = await NextAsync(camera);
        for (var count = 0; count < 2; count++)
            _pictures.Writer.TryWrite(ScriptedCamera.Jpeg(2));
        var second = await NextAsync(camera);

        Assert.Equal(2, Pictures.ColourOf(second.Picture));
        Assert.InRange(camera.Counts.Damaged, 1, 4);
        Assert.Equal(0, camera.Counts.Reopened);
    }

    [Fact]
    public async Task A_camera_whose_pictures_nobody_can_read_is_away()
    {
        byte[] noPicture = [0xff, 0xd8, 0xff, 0xd9];
        await using var server = new ScriptedCamera(async connection =>
        {
            await connection.BeginStreamAsync();
            while (true)
            {
                await connection.SendPartAsync(noPicture);
                await Task.Delay(10, connection.Stopping);
            }
        });
        await using var camera = CameraSource.Open(server.Address, Unpaced with { FrameTimeout = TimeSpan.FromSeconds(0.2) });
        List<SkippedPicture> skipped = [];
        camera.Skipped += skipped.Add;
        var waiting = NextAsync(camera);

        await Eventually.TrueAsync(() => camera.Status.State == CameraState.Away, "the camera is away");

        Assert.StartsWith("gave no frame for 0.6 s", camera.Status.Problem);
        Assert.Equal("socks#1", skipped[0].Name);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task User_and_password_are_told_by_Digest_and_to_no_other_host()
    {
        await using var elsewhere = new ScriptedCamera(connection =>
            connection.AnswerAsync("text/plain", [], "401 Unauthorized", "WWW-Authenticate: Basic realm=\"elsewhere\"\n"));
        await using var server = new ScriptedCamera(connection => connection switch
        {
            _ when !connection.Head.Contains("Authorization: Digest ") => connection.AnswerAsync(
                "text/plain", [], "401 Unauthorized", "WWW-Authenticate: Digest realm=\"camera\", nonce=\"1\", qop=\"auth\"\n"),
            { Number: < 4 } => connection.AnswerAsync("image/jpeg", ScriptedCamera.Jpeg(1)),
            _ => connection.AnswerAsync("text/plain", [], "302 Found", $"Location: http://localhost:{elsewhere.Port}/\n"),
        });
        await using var camera = CameraSource.Open($"http://admin:S3cret#1@127.0.0.1:{server.Port}/socks", Unpaced);

        var frame = await NextAsync(camera);
        _ = NextAsync(camera);
        await Eventually.TrueAsync(() => camera.Status.State == CameraState.Away, "the camera is away");

        Assert.Equal(1, Pictures.ColourOf(frame.Picture));
        Assert.DoesNotContain("Authorization", string.Concat(elsewhere.Requests));
        Assert.DoesNotContain("S3cret", camera.Name + camera.Status.Problem);
    }

    private static async Task<CameraFrame> NextAsync(ICamera camera) =>
        (await camera.NextAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60)))!;

    private static void Send(HttpListenerContext context, string type, byte[] body)
    {
        context.Response.ContentType = type;
        context.Response.Close(body, willBlock: true);
    }

    private static async Task AnswerAllAsync(HttpListener http, Action<HttpListenerContext> answer)
    {
        try
        {
            while (true)
                answer(await http.GetContextAsync());
        }
        catch (Exception error) when (error is HttpListenerException or InvalidOperationException)
        {
            // The test is over; it may have stopped the listener while an answer was under way.
        }
    }
}
