using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using SockSort.Edge.Cameras;
using SockSort.Edge.LiveView;
using SockSort.Edge.Tests.Cameras;
using SockSort.Host.Listening;
using SockSort.Imaging.Encoding;

namespace SockSort.Edge.Tests.LiveView.Phone;

/// <summary>A camera that is a phone, the view on which it is served, and what a page does there, without a browser.</summary>
internal sealed class PhoneClient : IAsyncDisposable
{
    private PhoneClient(ICamera camera, LiveViewClient view) => (Camera, View) = (camera, view);

    public ICamera Camera { get; }

    public LiveViewClient View { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PhoneClient> StartAsync(WebListening? listening = null, LiveViewOptions? options = null)
    {
        var camera = CameraSource.Open("browser", new CameraOptions { Fps = 0 });
        options = (options ?? new LiveViewOptions()) with { Feed = camera.Feed, CameraStatus = () => camera.Status };
        return new PhoneClient(camera, await LiveViewClient.StartAsync(options, listening));
    }

    /// <summary>Opens the WebSocket as a page does: with a ticket of its own.</summary>
    public async Task<ClientWebSocket> ConnectAsync(Version? version = null) =>
        await ConnectAsync(await View.TextAsync("/phone/ticket"), origin: $"https://127.0.0.1:{View.Server.Port}", version);

    public async Task<ClientWebSocket> ConnectAsync(string ticket, string? origin, Version? version = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.HttpVersion = version ?? HttpVersion.Version11;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        var address = new Uri($"wss://127.0.0.1:{View.Server.Port}/phone/socket?ticket={ticket}");
        try
        {
            await socket.ConnectAsync(address, new HttpMessageInvoker(Handler()), Cancel);
        }
        catch (WebSocketException)
        {
            // The caller looks at the status.
        }
        return socket;
    }

    public static Task SendAsync(ClientWebSocket phone, int colour) => SendAsync(phone, Jpeg(colour));

    public static Task SendAsync(ClientWebSocket phone, byte[] message, bool isText = false) => phone.SendAsync(
        message.AsMemory(), isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, Cancel).AsTask();

    public static byte[] Jpeg(int colour) => JpegWriter.Encode(Pictures.Plain(Pictures.Colours[colour]), 90);

    public Task<CameraFrame?> NextAsync() => Camera.NextAsync(Cancel).AsTask();

    /// <summary>The next message to the page that has such a field.</summary>
    public static async Task<JsonElement> HearAsync(ClientWebSocket phone, string field)
    {
        var bytes = new byte[4096];
        while (true)
        {
            var read = await phone.ReceiveAsync(bytes.AsMemory(), Cancel);
            Assert.Equal(WebSocketMessageType.Text, read.MessageType);
            using var message = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 0, read.Count));
            if (message.RootElement.TryGetProperty(field, out _))
                return message.RootElement.Clone();
        }
    }

    /// <summary>Why the server closes the connection.</summary>
    public static async Task<(int Status, string Reason)> CloseAsync(ClientWebSocket phone)
    {
        var bytes = new byte[4096];
        while ((await phone.ReceiveAsync(bytes.AsMemory(), Cancel)).MessageType != WebSocketMessageType.Close)
        {
            // What was told before it.
        }
        return ((int)phone.CloseStatus!, phone.CloseStatusDescription!);
    }

    public async ValueTask DisposeAsync()
    {
        await View.DisposeAsync();
        await Camera.DisposeAsync();
    }

    private static SocketsHttpHandler Handler() => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    };
}
