using System.Diagnostics;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Demo;

public sealed class DemoTests : IDisposable
{
    private readonly DemoFolder _demo = new();

    [Fact]
    public async Task Every_frame_is_published_logged_and_read()
    {
        await using var demo = await _demo.StartAsync("14s");

        var exitCode = await demo.EndAsync();

        Assert.True(exitCode == 0, demo.Output);
        var figures = _demo.Figures();
        var frames = figures.GetProperty("frames").GetInt64();
        Assert.InRange(frames, 1, 60);
        Assert.Equal(frames, figures.GetProperty("published").GetInt64());
        Assert.Equal(frames, figures.GetProperty("logged").GetInt64());
        Assert.Equal(frames, figures.GetProperty("read").GetInt64());
        Assert.True(figures.GetProperty("log_ms_p50").GetDouble() > 0, demo.Output);
        Assert.True(figures.GetProperty("table_ms_p99").GetDouble() > 0, demo.Output);
    }

    [Fact]
    public async Task Without_arguments_synthetic_socks_are_recognised_and_paired_as_shown()
    {
        await using var demo = SocksortProcess.Start(
            ["demo", "--for", "35s", "--data", _demo.Data, "--report", _demo.Report, "--view-port", "0"]);
        var dashboard = (await demo.LineAsync(@"^dashboard +(https://\S+)$", TimeSpan.FromMinutes(10))).Groups[1].Value;
        using var anyCertificate = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
        using var browser = new HttpClient(anyCertificate);
        var teach = await browser.GetStringAsync(new Uri($"{dashboard}/teach"), TestContext.Current.CancellationToken);

        var exitCode = await demo.EndAsync();

        Assert.True(exitCode == 0, demo.Output);
        Assert.Contains("Train now", teach);
        var figures = _demo.Figures();
        Assert.Equal(figures.GetProperty("pairs_true").GetInt64(), figures.GetProperty("pairs_told").GetInt64());
        Assert.True(figures.GetProperty("right").GetInt32() >= 0.8 * figures.GetProperty("known").GetInt32(), demo.Output);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_all_figures()
    {
        await using var demo = await _demo.StartAsync("1h");
        _ = await demo.LineAsync("camera  ");

        demo.PressCtrlC();

        Assert.Equal(0, await demo.EndAsync(TimeSpan.FromMinutes(2)));
        Assert.True(_demo.Figures().GetProperty("frames").GetInt64() > 0, demo.Output);
    }

    [Fact]
    public async Task A_message_that_is_no_JSON_is_skipped_counted_and_shown()
    {
        var mosquittoPub = Programs.Find("mosquitto_pub");
        await using var demo = await _demo.StartAsync("1h");
        _ = await demo.LineAsync("camera  ");

        await PublishAsync(mosquittoPub, "this is no JSON");
        var shown = await demo.LineAsync("^skipped: .*data_mqtt");
        demo.PressCtrlC();

        Assert.True(shown.Success);
        Assert.Equal(0, await demo.EndAsync(TimeSpan.FromMinutes(2)));
        Assert.Equal(1, _demo.Figures().GetProperty("unreadable").GetInt64());
    }

    [Fact]
    public async Task A_second_client_sees_the_messages_and_the_log_can_be_printed_meanwhile()
    {
        var mosquittoSub = Programs.Find("mosquitto_sub");
        await using var demo = await _demo.StartAsync("1h");
        _ = await demo.LineAsync("camera  ");

        var heard = await RunAsync(mosquittoSub, [.. Access(), "-t", "sockfound", "-C", "4", "-W", "30"]);
        var (exitCode, printed) = await SocksortProcess.RunAsync(
            ["topic", "print", "data_mqtt", "--from-beginning", "--exit-at-end", "--data", _demo.Data]);

        Assert.Equal(0, exitCode);
        var messages = heard.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, messages.Length);
        Assert.All(messages, message => Assert.Matches("""^\{"image": "[^"]+", "probability": [0-9.]+\}$""", message));
        Assert.All(messages.Take(3), message => Assert.Contains(message, printed));
    }

    [Fact]
    public async Task On_real_photos_most_frames_of_the_real_camera_are_right()
    {
        await using var demo = SocksortProcess.Start(
        [
            "demo", "--photos", Repository.Shared("data/sock-photos"), "--camera", Repository.Shared("data/sock-camera"), "--for", "20s",
            "--data", _demo.Data, "--report", _demo.Report, "--view-port", "0",
        ]);

        var exitCode = await demo.EndAsync();

        Assert.True(exitCode == 0, demo.Output);
        // A busy machine sees fewer of the 42 in this time, an idle one begins again.
        var known = _demo.Figures().GetProperty("known").GetInt32();
        Assert.InRange(known, 10, 60);
        Assert.True(_demo.Figures().GetProperty("right").GetInt32() >= 0.75 * known, demo.Output);
    }

    public void Dispose() => _demo.Dispose();

    private Task PublishAsync(string mosquittoPub, string text) =>
        RunAsync(mosquittoPub, [.. Access(), "-t", "sockfound", "-q", "1", "-m", text]);

    /// <summary>As the demo's first lines tell a user.</summary>
    private string[] Access()
    {
        var broker = _demo.Broker();
        return ["-h", broker.Host, "-p", $"{broker.Port}", "-u", broker.User!, "-P", broker.Password!];
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
