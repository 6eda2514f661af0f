using System.Net;
using System.Text;
using SockSort.Edge.Cameras;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>Cameras with passwords, through a real ffmpeg.</summary>
public sealed class NetworkCameraTests : IDisposable
{
    private const string Password = "S3cret#Part?1/2@3:4%'5 6";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_RTSP_camera_takes_the_password_and_nobody_sees_it_in_the_process_list()
    {
        await using var server = await RtspCamera.StartAsync(_folder, "admin", Password);
        await using var camera = CameraSource.Open(
            $"rtsp://admin:{Password}@127.0.0.1:{server.Port}/stream?x=1", new CameraOptions { Fps = 0 });

        var frame = await camera.NextAsync(TestContext.Current.CancellationToken);
        var seen = CameraProcesses();

        Assert.Equal((64, 36), (frame!.Picture.Width, frame.Picture.Height));
        Assert.Equal($"rtsp://admin:***@127.0.0.1:{server.Port}/stream", camera.Name);
        Assert.Contains("-f concat", seen);
        Assert.DoesNotContain("S3cret", seen + Uri.UnescapeDataString(seen));
    }

    [Fact]
    public async Task The_password_may_be_given_apart_from_the_address_and_is_not_in_the_child_s_environment()
    {
        Environment.SetEnvironmentVariable("SOCKSORT_CAMERA_PASSWORD", Password);
        await using var server = await RtspCamera.StartAsync(_folder, "admin", Password);
        var options = new CameraOptions { Fps = 0, Account = new CameraAccount("admin", Password) };
        await using var camera = CameraSource.Open($"rtsp://127.0.0.1:{server.Port}/apart", options);

        var frame = await camera.NextAsync(TestContext.Current.CancellationToken);
        var seen = CameraProcesses();
        Environment.SetEnvironmentVariable("SOCKSORT_CAMERA_PASSWORD", null);

        Assert.NotNull(frame);
        Assert.Contains("\nPATH=", seen);
        Assert.DoesNotContain("S3cret", seen);
    }

    [Fact]
    public async Task Given_a_wrong_password_expect_the_camera_s_answer_and_the_password_in_no_word_of_it()
    {
        await using var server = await RtspCamera.StartAsync(_folder, "admin", "another");
        await using var camera = CameraSource.Open(
            $"rtsp://admin:{Password}@127.0.0.1:{server.Port}/stream?token=S3cretToo", new CameraOptions());

        var error = await Assert.ThrowsAsync<CameraException>(() => camera.NextAsync(TestContext.Current.CancellationToken).AsTask());

        var shown = $"rtsp://admin:***@127.0.0.1:{server.Port}/stream";
        Assert.Equal(
            $"camera '{shown}': ffmpeg ended with status 1: {shown}: Server returned 401 Unauthorized (authorization failed)",
            error.Message);
    }

    [Fact]
    public async Task An_HTTP_camera_takes_the_password_in_a_header_or_in_the_query()
    {
        Programs.Find("ffmpeg");
        using var http = new HttpListener();
        var port = FreePort.Next();
        http.Prefixes.Add($"http://127.0.0.1:{port}/");
        http.Start();
        var asked = AnswerAsync(http);
        await using var camera = CameraSource.Open($"http://admin:{Password}@127.0.0.1:{port}/video?pwd={{password}}", new CameraOptions());

        _ = await Assert.ThrowsAsync<CameraException>(() => camera.NextAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Equal((Password, $"admin:{Password}"), await asked);
    }

    /// <summary>The password in the query, and user and password in the header.</summary>
    private static async Task<(string? Query, string Header)> AnswerAsync(HttpListener http)
    {
        var first = await http.GetContextAsync();
        (first.Response.StatusCode, first.Response.Headers["WWW-Authenticate"]) = (401, "Basic realm=\"camera\"");
        first.Response.Close();
        var second = await http.GetContextAsync();
        (second.Response.StatusCode, var header) = (404, second.Request.Headers["Authorization"]!);
        second.Response.Close();
        var query = second.Request.RawUrl!.Split("pwd=")[1];
        return (Uri.UnescapeDataString(query), Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..])));
    }

    /// <summary>
    /// What is seen of the ffmpeg of cameras. That of other tests, which makes their videos, has this process's whole environment.
    /// </summary>
    private static string CameraProcesses() =>
        string.Join('\n', ChildProcesses.Of(Environment.ProcessId, "ffmpeg").Where(child => child.Contains("-f concat")));
}
