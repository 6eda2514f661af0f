using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SockSort.Edge.Cameras;
using SockSort.Edge.Loop;
using SockSort.Edge.Tests.Loop;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Edge.Tests.LiveView.Phone;

/// <summary>The page in chromium, whose own fake camera stands for the phone's; pictures are classified by a real model.</summary>
public sealed partial class PhoneInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(390, 844)]
    [InlineData(1280, 800)]
    public async Task A_phone_sends_what_its_camera_sees_shows_the_label_and_goes_on_after_it_was_loaded_again(int width, int height)
    {
        await using var camera = await PhoneClient.StartAsync();
        await using var run = new ClassifiedFrames(camera);
        await using var browser = await chromium.OpenAsync(width: width, height: height);
        await browser.Page.Context.GrantPermissionsAsync(["camera"]);

        await browser.GotoAsync($"https://localhost:{camera.View.Server.Port}/phone");
        await browser.Page.ClickAsync("#start");
        await browser.SeesAsync("#state-text", "live");
        await SeesLabelAsync(browser);
        var fits = await browser.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth");
        await browser.Page.ReloadAsync();
        await browser.SeesAsync("#state-text", "live");
        await SeesLabelAsync(browser);

        // Chromium's fake camera shows 640 x 480 where it is asked for no other, all of it green but for a disc and a clock.
        var (frame, label) = await run.FirstAsync();
        Assert.True(frame.Picture.Width >= 640, $"{frame.Picture.Width}");
        Assert.Equal("Confluent", label);
        Assert.True(fits);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Behind_a_password_the_page_works_too()
    {
        await using var camera = await PhoneClient.StartAsync(LiveViewClient.OnLoopback with { Password = "knows" });
        await using var browser = await chromium.OpenAsync("knows");
        await browser.Page.Context.GrantPermissionsAsync(["camera"]);

        await browser.GotoAsync($"https://localhost:{camera.View.Server.Port}/phone");
        await browser.Page.ClickAsync("#start");
        var frame = await camera.NextAsync();

        Assert.NotNull(frame);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_browser_that_may_not_use_the_camera_says_what_to_do()
    {
        await using var camera = await PhoneClient.StartAsync();
        await using var browser = await chromium.OpenAsync();

        await browser.GotoAsync($"https://localhost:{camera.View.Server.Port}/phone");
        await browser.Page.ClickAsync("#start");
        await browser.SeesAsync("#state-text", "refused");

        await browser.SeesAsync("#trouble strong", "The browser may not use the camera.");
        Assert.True(await browser.Page.IsVisibleAsync("#start"));
    }

    [Theory]
    [InlineData(
        "Object.defineProperty(window, 'isSecureContext', { value: false })", "The browser gives the camera only to pages over https.")]
    [InlineData("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })", "This browser gives no page a camera.")]
    [InlineData(
        "MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))", "This device has no camera.")]
    [InlineData(
        "MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'))",
        "The camera does not start.")]
    public async Task What_stands_in_the_way_is_told_in_words(string browserIs, string told)
    {
        await using var camera = await PhoneClient.StartAsync();
        await using var browser = await chromium.OpenAsync();
        await browser.Page.AddInitScriptAsync(browserIs);

        await browser.GotoAsync($"https://localhost:{camera.View.Server.Port}/phone");
        await browser.Page.ClickAsync("#start");

        await browser.SeesAsync("#trouble strong", told);
    }

    [Fact]
    public async Task The_page_comes_back_after_SockSort_was_away_and_stays_away_when_another_phone_took_over()
    {
        var port = FreePort.Next();
        using var folder = new TempFolder();
        var listening = LiveViewClient.On(IPAddress.Loopback, port) with { CertificateFolder = folder.Path };
        var first = await PhoneClient.StartAsync(listening);
        await using var browser = await chromium.OpenAsync();
        await browser.Page.Context.GrantPermissionsAsync(["camera"]);
        await browser.GotoAsync($"https://127.0.0.1:{port}/phone");
        await browser.Page.ClickAsync("#start");
        _ = await first.NextAsync();

        await first.DisposeAsync();
        await using var second = await PhoneClient.StartAsync(listening);
        _ = await second.NextAsync();
        using var other = await second.ConnectAsync();

        await browser.SeesAsync("#state-text", "taken");
        await browser.SeesAsync("#trouble strong", "Another phone has taken over.");
    }

    [Fact]
    public async Task The_live_view_says_that_a_phone_is_waited_for()
    {
        await using var camera = await PhoneClient.StartAsync();
        await using var browser = await chromium.OpenAsync();

        await browser.GotoAsync($"https://localhost:{camera.View.Server.Port}/");

        await browser.SeesAsync("#notice", "No phone is connected: open /phone of the live view's address on it");
    }

    private static Task SeesLabelAsync(ChromiumPage browser) => Assertions.Expect(browser.Page.Locator("#label")).ToHaveTextAsync(
        KnownLabel(), new LocatorAssertionsToHaveTextOptions { Timeout = 120_000 });

    [GeneratedRegex("^(Google|Confluent|Mongo|Blank)$")]
    private static partial Regex KnownLabel();

    /// <summary>The edge's loop over the camera, with a model that tells colours apart; its messages find no broker.</summary>
    private sealed class ClassifiedFrames : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Models.Inference.Classifier _classifier = ColourModel.Open();
        private readonly MqttPublisher _publisher = MqttPublisher.Start(
            new PublisherOptions { Endpoint = new MqttEndpoint { Host = "127.0.0.1", Port = FreePort.Next() } });

        private readonly TaskCompletionSource<(CameraFrame, string)> _first = new();
        private readonly Task _run;

        public ClassifiedFrames(PhoneClient camera)
        {
            var runner = new EdgeRunner(camera.Camera, _classifier, _publisher, new EdgeOptions());
            runner.FrameDone += done => _first.TrySetResult((done.Seen, done.Label));
            runner.ShowOn(camera.View.Server.Routes);
            _run = runner.RunAsync(_end.Token);
        }

        public Task<(CameraFrame Frame, string Label)> FirstAsync() => _first.Task;

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _run;
            await _publisher.DisposeAsync();
            _classifier.Dispose();
            _end.Dispose();
        }
    }
}
