using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Dashboard.Layout;
using SockSort.Dashboard.Watching;
using SockSort.Edge.LiveView.Phone;
using SockSort.Edge.Tests.LiveView.Phone;

namespace SockSort.Dashboard.Tests.Layout;

/// <summary>What the page Now says of a camera that is a phone.</summary>
public sealed class PhoneCodeTests
{
    private static readonly Uri Here = new("https://localhost:4000/phone");
    private static readonly Uri View = new("https://192.168.178.25:4000/");

    [Fact]
    public async Task A_code_leads_to_the_address_that_phones_reach()
    {
        await using var camera = await PhoneClient.StartAsync();
        var elsewhere = PhoneAddresses.Of([View]);

        var html = await RenderAsync(new PhoneDoor(camera.Camera.Feed!, Here, elsewhere, IsCertificateSelfMade: true));

        Assert.Contains("<h2>Take a phone as the camera</h2>", html);
        Assert.Contains("aria-label=\"QR code of https://192.168.178.25:4000/phone\"", html);
        Assert.Contains($"<path d=\"{QrCode.Of("https://192.168.178.25:4000/phone").Path}\"", html);
        Assert.Contains("<a href=\"https://192.168.178.25:4000/phone\">", html);
        Assert.Contains("the phone warns of it", html);
    }

    [Fact]
    public async Task Where_no_phone_can_come_it_says_what_to_do_and_shows_no_code()
    {
        await using var camera = await PhoneClient.StartAsync();

        var html = await RenderAsync(new PhoneDoor(camera.Camera.Feed!, Here, [], IsCertificateSelfMade: true));

        Assert.DoesNotContain("<svg", html);
        Assert.Contains("<code>listen.view: https://0.0.0.0:4000</code>", html);
        Assert.Contains("<a href=\"https://localhost:4000/phone\">", html);
    }

    [Fact]
    public async Task A_connected_phone_is_told_of_and_the_code_is_put_away()
    {
        await using var camera = await PhoneClient.StartAsync();
        using var phone = await camera.ConnectAsync();
        _ = await PhoneClient.HearAsync(phone, "fps");

        var html = await RenderAsync(new PhoneDoor(camera.Camera.Feed!, Here, PhoneAddresses.Of([View]), IsCertificateSelfMade: false));

        Assert.Contains("A phone is the camera.", html);
        Assert.Contains("<summary>Take another phone</summary>", html);
        Assert.DoesNotContain("certificate", html);
    }

    [Fact]
    public void The_address_that_most_phones_reach_comes_first_and_one_without_https_never()
    {
        Uri[] elsewhere =
        [
            new("https://pi4:4000/"), new("https://[fd00::5]:4000/"), new("http://192.168.178.25:8080/"), View,
            new("https://10.8.0.2:4000/"),
        ];

        Assert.Equal(
            [
                "https://192.168.178.25:4000/phone", "https://10.8.0.2:4000/phone", "https://pi4:4000/phone",
                "https://[fd00::5]:4000/phone",
            ],
            PhoneAddresses.Of(elsewhere).Select(address => $"{address}"));
    }

    private static async Task<string> RenderAsync(PhoneDoor door)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(PhoneCode.Door)] = door, [nameof(PhoneCode.Camera)] = "desk" });
        return await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<PhoneCode>(parameters)).ToHtmlString());
    }
}
