using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SockSort.Host.Listening;
using SockSort.Imaging;
using SockSort.Imaging.Encoding;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Models.Tests;
using SockSort.Server.Endpoint;
using SockSort.Testing;

namespace SockSort.Server.Tests.Endpoint;

public sealed class ModelEndpointTests : IAsyncLifetime
{
    private const int MostBytes = 4000;

    /// <summary>Class k sees the k-th colour.</summary>
    private static readonly ModelPackage Model = SmallModels.Package(
        new LinearHead([4, 0, 0, 0, 4, 0, 0, 0, 4], [0, 0, 0]), "Red", "Green", "Blue");

    private ModelEndpoint _endpoint = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await ModelEndpoint.StartAsync(
            Model, new EndpointOptions { MostRequestBytes = MostBytes }, OnPort(0), CancellationToken.None);
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_endpoint.Addresses[0].Port}") };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Ping_is_answered_with_200_and_nothing(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/ping");

        using var answer = await _client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("application/x-image")]
    [InlineData("image/png")]
    [InlineData("image/jpeg")]
    [InlineData("Image/PNG; charset=x")]
    public async Task A_picture_is_answered_with_the_probabilities_in_the_order_of_the_labels(string type)
    {
        using var answer = await PostAsync(Png(0, 255, 0), type);

        using var classifier = new Classifier(Model);
        classifier.Classify(Plain(0, 255, 0));
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            classifier.Probabilities.ToArray(), JsonSerializer.Deserialize<float[]>(await answer.Content.ReadAsStringAsync())!,
            (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Theory]
    [InlineData("application/json;verbose=1")]
    [InlineData("application/json; verbose")]
    [InlineData("text/html, application/json;verbose=1;q=0.5")]
    public async Task The_verbose_form_adds_labels(string accept)
    {
        using var answer = await PostAsync(Png(0, 0, 255), "image/png", accept);

        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("Blue", json.GetProperty("predicted_label").GetString());
        Assert.Equal(["Red", "Green", "Blue"], json.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!));
        Assert.Equal(1, json.GetProperty("probabilities").EnumerateArray().Sum(share => share.GetDouble()), 1e-5);
    }

    [Theory]
    [InlineData("*/*", HttpStatusCode.OK)]
    [InlineData("application/*", HttpStatusCode.OK)]
    [InlineData("text/html", HttpStatusCode.NotAcceptable)]
    public async Task A_client_that_takes_no_form_of_ours_is_told_so(string accept, HttpStatusCode status)
    {
        using var answer = await PostAsync(Png(0, 0, 255), "image/png", accept);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/csv", "the content type 'text/csv' is no picture, expected application/x-image, image/jpeg or image/png")]
    [InlineData(null, "the content type is missing, expected application/x-image, image/jpeg or image/png")]
    public async Task What_is_no_picture_by_its_type_is_refused_with_415(string? type, string reason)
    {
        using var answer = await PostAsync(Png(0, 0, 255), type);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, reason), (answer.StatusCode, await ErrorOf(answer)));
    }

    [Fact]
    public async Task A_broken_picture_is_refused_with_400_and_the_reason()
    {
        using var text = await PostAsync("no picture"u8.ToArray(), "image/png");
        using var nothing = await PostAsync([], "image/png");
        using var cut = await PostAsync(Png(0, 0, 255)[..60], "image/png");

        Assert.Equal(
            (HttpStatusCode.BadRequest,
                "picture: not a picture of a format that can be read (JPEG, PNG, WebP, GIF, TIFF, AVIF, HEIC, BMP)"),
            (text.StatusCode, await ErrorOf(text)));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "picture: the file is empty, expected a picture"), (nothing.StatusCode, await ErrorOf(nothing)));
        Assert.Equal(HttpStatusCode.BadRequest, cut.StatusCode);
        Assert.StartsWith("picture: the picture is cut off or damaged", await ErrorOf(cut));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_picture_above_the_limit_is_refused_with_413(bool isChunked)
    {
        using var answer = await PostAsync(new byte[MostBytes + 1], "image/png", isChunked: isChunked);

        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "the picture is larger than 4000 bytes: send a smaller one"),
            (answer.StatusCode, await ErrorOf(answer)));
    }

    [Fact]
    public async Task A_chunked_picture_is_read()
    {
        using var answer = await PostAsync(Png(0, 255, 0), "image/png", isChunked: true);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Other_addresses_and_methods_are_refused()
    {
        using var elsewhere = await _client.GetAsync("/models");
        using var got = await _client.GetAsync("/invocations");

        Assert.Equal(
            (HttpStatusCode.NotFound, "no such address: the endpoint has GET /ping and POST /invocations"),
            (elsewhere.StatusCode, await ErrorOf(elsewhere)));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, got.StatusCode);
    }

    [Fact]
    public async Task Requests_that_come_together_go_through_the_model_together_and_each_gets_its_own_answer()
    {
        (byte Red, byte Green, byte Blue)[] colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255)];

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var (red, green, blue) = colours[i % 3];
            using var answer = await PostAsync(Png(red, green, blue), "image/png");
            var shares = JsonSerializer.Deserialize<float[]>(await answer.Content.ReadAsStringAsync())!;
            return (i % 3, Array.IndexOf(shares, shares.Max()));
        }));

        Assert.All(answers, answer => Assert.Equal(answer.Item1, answer.Item2));
        Assert.Equal((60, 0, 0), (_endpoint.Counts.Answered, _endpoint.Counts.Refused, _endpoint.Counts.UnderWay));
        Assert.InRange(_endpoint.Counts.Runs, 1, 60);
    }

    [Fact]
    public async Task While_it_stops_what_is_under_way_is_answered_and_the_rest_refused_with_503()
    {
        var picture = Png(0, 255, 0);
        using var slow = await StartRequestAsync(picture);
        await Eventually.TrueAsync(() => _endpoint.Counts.UnderWay == 1, "the request is under way");

        var stopped = _endpoint.DisposeAsync().AsTask();
        using var ping = await _client.GetAsync("/ping");
        using var late = await PostAsync(picture, "image/png");
        await slow.GetStream().WriteAsync(picture.AsMemory(10));
        var answer = await new StreamReader(slow.GetStream()).ReadLineAsync();
        slow.Close();
        await stopped;

        Assert.Equal("HTTP/1.1 200 OK", answer);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ping.StatusCode);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "the endpoint is stopping: send the picture to another one"),
            (late.StatusCode, await ErrorOf(late)));
        await Assert.ThrowsAsync<HttpRequestException>(() => new HttpClient().GetAsync(new Uri(_client.BaseAddress!, "/ping")));
    }

    [Fact]
    public async Task A_client_that_leaves_halfway_disturbs_nobody()
    {
        var gone = await StartRequestAsync(Png(0, 255, 0));
        await Eventually.TrueAsync(() => _endpoint.Counts.UnderWay == 1, "the request is under way");

        gone.Close();
        await Eventually.TrueAsync(() => _endpoint.Counts.UnderWay == 0, "the request has ended");
        using var answer = await PostAsync(Png(0, 255, 0), "image/png");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_taken_port_says_how_to_choose_another()
    {
        var port = _endpoint.Addresses[0].Port;

        var error = await Assert.ThrowsAsync<ListeningException>(
            () => ModelEndpoint.StartAsync(Model, new EndpointOptions(), OnPort(port), CancellationToken.None));

        Assert.Equal($"port {port} of the model endpoint is taken: choose another with --port (0 = a free one)", error.Message);
    }

    [Fact]
    public async Task A_page_under_a_foreign_name_cannot_use_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ping") { Headers = { Host = "evil.example" } };

        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body, string? type, string? accept = null, bool isChunked = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/invocations") { Content = new ByteArrayContent(body) };
        if (type is not null)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TransferEncodingChunked = isChunked;
        return _client.SendAsync(request);
    }

    /// <summary>Sends the head and the first 10 bytes of a request.</summary>
    private async Task<TcpClient> StartRequestAsync(byte[] picture)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _endpoint.Addresses[0].Port);
        var head = $"POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: {picture.Length}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        await client.GetStream().WriteAsync(picture.AsMemory(0, 10));
        return client;
    }

    private static WebListening OnPort(int port) => WebListening.At($"http://127.0.0.1:{port}") with
    {
        Words = new ListeningWords { Surface = "the model endpoint", Port = "--port" },
    };

    private static async Task<string?> ErrorOf(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString();

    private static byte[] Png(byte red, byte green, byte blue) => PngWriter.Encode(Plain(red, green, blue));

    private static Frame Plain(byte red, byte green, byte blue)
    {
        var frame = new Frame(40, 30);
        for (var i = 0; i < frame.Rgb.Length; i += 3)
            (frame.Rgb[i], frame.Rgb[i + 1], frame.Rgb[i + 2]) = (red, green, blue);
        return frame;
    }
}
