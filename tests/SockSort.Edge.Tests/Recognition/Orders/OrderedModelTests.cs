using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SockSort.Edge.Recognition;
using SockSort.Host.Listening;
using SockSort.Models.Package;
using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Recognition.Orders;

/// <summary>Another model is ordered over MQTT while a camera runs.</summary>
public sealed class OrderedModelTests : IDisposable
{
    private static readonly byte[] Bytes = SwappingEdge.Colours.Package.ToBytes();
    private static readonly string Hash = SwappingEdge.Colours.Sha256;

    private readonly TempFolder _temp = new();

    private ModelVersions Versions => new(_temp.File("models/model.tar.gz"));

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_package_beside_the_model_with_the_right_hash_takes_its_place()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp);
        SwappingEdge.Colours.Package.Write(_temp.File("models/new.tar.gz"));

        edge.Order($$"""{"path": "new.tar.gz", "sha256": "{{Hash}}"}""");
        await edge.RunsAsync(SwappingEdge.Colours);
        await edge.FramesAsync(4);
        await edge.EndAsync();

        Assert.Equal(Enumerable.Range(1, edge.Frames.Count).Select(number => (long?)number), edge.Frames.Select(frame => frame.Seq));
        Assert.Equal(Bytes, File.ReadAllBytes(Versions.Model));
        Assert.Equal((1, 0), (edge.Status.Taken, edge.Status.Refused));
        Assert.Equal(SwappingEdge.Socks.Version, Versions.Rollback().Version);
    }

    [Fact]
    public async Task Another_hash_than_the_files_is_refused_and_nothing_is_put_in_place()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp);
        SwappingEdge.Colours.Package.Write(_temp.File("models/new.tar.gz"));

        edge.Order($$"""{"path": "new.tar.gz", "sha256": "{{new string('0', 64)}}"}""");
        await edge.RefusesAsync(1);
        await edge.FramesAsync(4);

        Assert.Equal(
            $"{_temp.File("models/new.tar.gz")}: has the SHA-256 {Hash}, ordered was {new string('0', 64)}", edge.Status.Problem);
        Assert.Equal(SwappingEdge.Socks.Version, edge.Status.Version);
        Assert.Equal(SwappingEdge.Socks.Version, Versions.ReadInUse().Version);
    }

    [Fact]
    public async Task A_path_outside_and_an_address_that_is_not_named_are_refused()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp);
        SwappingEdge.Colours.Package.Write(_temp.File("elsewhere/new.tar.gz"));

        edge.Order($$"""{"path": "../elsewhere/new.tar.gz", "sha256": "{{Hash}}"}""");
        await edge.RefusesAsync(1);
        var path = edge.Status.Problem;
        edge.Order($$"""{"url": "https://localhost/new.tar.gz", "sha256": "{{Hash}}"}""");
        await edge.RefusesAsync(2);

        Assert.StartsWith("'../elsewhere/new.tar.gz' lies outside of where models may come from", path, StringComparison.Ordinal);
        Assert.StartsWith("https://localhost/new.tar.gz is none of the addresses", edge.Status.Problem, StringComparison.Ordinal);
        Assert.Equal(SwappingEdge.Socks.Version, edge.Status.Version);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_read()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp);
        using (var large = File.Create(_temp.File("models/new.tar.gz")))
            large.SetLength(ModelPackage.MostFileBytes + 1);

        edge.Order($$"""{"path": "new.tar.gz", "sha256": "{{Hash}}"}""");
        await edge.RefusesAsync(1);

        Assert.Contains($"has {ModelPackage.MostFileBytes + 1} bytes, at most {ModelPackage.MostFileBytes}", edge.Status.Problem);
    }

    [Fact]
    public async Task A_retained_order_counts_once_so_that_a_rollback_outlives_the_next_start()
    {
        SwappingEdge.Socks.Package.Write(Versions.Model);
        SwappingEdge.Colours.Package.Write(_temp.File("models/new.tar.gz"));
        await using (var first = await SwappingEdge.StartAsync(_temp))
        {
            first.Order($$"""{"path": "new.tar.gz", "sha256": "{{Hash}}"}""", retain: true);
            await first.RunsAsync(SwappingEdge.Colours);
        }
        _ = Versions.Rollback();

        await using var second = await SwappingEdge.StartAsync(_temp);
        second.Model.Order(System.Text.Encoding.UTF8.GetBytes($$"""{"path": "new.tar.gz", "sha256": "{{Hash}}"}"""), isRetained: true);

        Assert.Contains(SwappingEdge.Colours.Version, (await second.Log.WaitForAsync(2033)).Message, StringComparison.Ordinal);
        Assert.Equal((SwappingEdge.Socks.Version, 0), (second.Status.Version, second.Status.Taken));
    }

    [Fact]
    public async Task A_package_is_fetched_from_an_address_that_is_named()
    {
        await using var server = await ServeAsync(context => context.Response.Body.WriteAsync(Bytes).AsTask());
        await using var edge = await StartAsync(server);

        edge.Order($$"""{"url": "{{server.Address}}models/new.tar.gz", "sha256": "{{Hash}}"}""");

        await edge.RunsAsync(SwappingEdge.Colours);
        Assert.Equal(Bytes, File.ReadAllBytes(Versions.Model));
    }

    [Fact]
    public async Task What_a_server_gives_in_place_of_the_package_is_refused()
    {
        await using var server = await ServeAsync(AnswerAsync);
        await using var edge = await StartAsync(server);
        List<string?> problems = [];

        foreach (var name in (string[])["other", "moved", "absent", "large", "endless"])
        {
            edge.Order($$"""{"url": "{{server.Address}}models/{{name}}", "sha256": "{{Hash}}"}""");
            await edge.RefusesAsync(problems.Count + 1);
            problems.Add(edge.Status.Problem?.Replace($"{server.Address}models/", "", StringComparison.Ordinal));
        }

        Assert.Equal(
        [
            $"other: has the SHA-256 {SwappingEdge.Socks.Sha256}, ordered was {Hash}",
            "moved: the server answers with status 302, expected 200",
            "absent: the server answers with status 404, expected 200",
            $"large: has more than {ModelPackage.MostFileBytes} bytes, which no package needs",
            $"endless: has more than {ModelPackage.MostFileBytes} bytes, which no package needs",
        ], problems);
        Assert.Equal(SwappingEdge.Socks.Version, Versions.ReadInUse().Version);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_trusts_is_refused()
    {
        await using var server = await ServeAsync(context => context.Response.Body.WriteAsync(Bytes).AsTask());
        await using var edge = await SwappingEdge.StartAsync(_temp, new SharedModelOptions { From = [$"{server.Address}"] });

        edge.Order($$"""{"url": "{{server.Address}}models/new.tar.gz", "sha256": "{{Hash}}"}""");
        await edge.RefusesAsync(1);

        Assert.Contains("cannot be fetched (The remote certificate is invalid", edge.Status.Problem, StringComparison.Ordinal);
    }

    private static Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.RouteValues["name"])
        {
            case "other":
                return context.Response.Body.WriteAsync(SwappingEdge.Socks.Package.ToBytes()).AsTask();
            case "moved":
                context.Response.Redirect("https://localhost/new.tar.gz");
                return Task.CompletedTask;
            case "large":
                context.Response.ContentLength = ModelPackage.MostFileBytes + 1;
                return context.Response.Body.FlushAsync();
            case "endless":
                return GiveWithoutEndAsync(context);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private static async Task GiveWithoutEndAsync(HttpContext context)
    {
        var part = new byte[1 << 20];
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(part, context.RequestAborted);
    }

    private Task<SwappingEdge> StartAsync(WebListener server) => SwappingEdge.StartAsync(_temp, new SharedModelOptions
    {
        From = [$"{server.Address}models"],
        JudgesCertificates = (_, _, _, _) => true,
    });

    private static Task<WebListener> ServeAsync(RequestDelegate answer) => WebListener.StartAsync(
        new WebSurface { Name = "models", Map = app => app.MapGet("/models/{name}", answer) },
        WebListening.At($"https://127.0.0.1:{FreePort.Next()}"),
        TestContext.Current.CancellationToken);
}
