using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Models.Tests;
using SockSort.Server.Endpoint;
using SockSort.Testing;

namespace SockSort.Server.Tests.Endpoint;

/// <summary>What a model endpoint logs of its requests.</summary>
public sealed class EndpointLogTests
{
    private static readonly ModelPackage Model =
        SmallModels.Package(new LinearHead([4, 0, 0, 0, 4, 0, 0, 0, 4], [0, 0, 0]), "Red", "Green", "Blue");

    private readonly RecordedLog _log = new();

    [Fact]
    public async Task A_picture_on_which_the_endpoint_fails_is_an_error_with_its_type()
    {
        using var model = new ClassifierModel(Model);
        await using var batcher = new RequestBatcher(model, new EndpointOptions());
        var preparer = new PicturePreparer(model);
        preparer.Dispose();
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        new InvocationRoute(model, batcher, preparer, new EndpointOptions(), _log.CreateLogger("endpoint")).MapTo(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var picture = new StringContent("p4yload", MediaTypeHeaderValue.Parse("image/png"));

        using var answer = await client.PostAsync("/invocations", picture, TestContext.Current.CancellationToken);

        var failed = _log.Single(6021);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal((LogLevel.Error, "ObjectDisposedException"), (failed.Level, failed.Fields["Error"]));
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }
}
