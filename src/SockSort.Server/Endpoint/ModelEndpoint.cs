using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Models;
using SockSort.Models.Inference;
using SockSort.Models.Package;
using SockSort.Server.Hosting;

namespace SockSort.Server.Endpoint;

/// <summary>Serves a model over HTTP as a SageMaker endpoint does: <c>GET /ping</c>, <c>POST /invocations</c>.</summary>
public sealed class ModelEndpoint : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication _app;
    private readonly ClassifierModel _model;
    private readonly RequestBatcher _batcher;
    private readonly PicturePreparer _preparer;
    private readonly InvocationRoute _route;
    private readonly EndpointOptions _options;
    private readonly ILogger _log;

    private ModelEndpoint(ModelPackage package, EndpointOptions options)
    {
        _options = options;
        _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<ModelEndpoint>();
        _model = new ClassifierModel(package, new InferenceOptions { Threads = options.Threads });
        _batcher = new RequestBatcher(_model, options);
        _preparer = new PicturePreparer(_model);
        _route = new InvocationRoute(_model, _batcher, _preparer, options, _log);
        _app = Build(options);
        _route.MapTo(_app);
    }

    /// <summary>The port that it really listens on.</summary>
    public int Port => _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>()
        .Addresses.Select(address => new Uri(address).Port).First();

    /// <summary>Readable at any time.</summary>
    public EndpointCounts Counts => _route.Counts;

    /// <exception cref="EndpointException">The port is taken, or the address is not this machine's.</exception>
    /// <exception cref="ModelException">ONNX Runtime refuses the model.</exception>
    public static async Task<ModelEndpoint> StartAsync(ModelPackage package, EndpointOptions options, CancellationToken cancel)
    {
        var endpoint = new ModelEndpoint(package, options);
        var address = new IPEndPoint(options.Listen, options.Port);
        try
        {
            await endpoint._app.StartAsync(cancel);
            endpoint._log.EndpointStarted(options.Listen.ToString(), endpoint.Port);
            return endpoint;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await endpoint.DisposeAsync();
            throw error.InnerException is AddressInUseException
                ? EndpointErrors.PortTaken(address, error)
                : EndpointErrors.CannotListen(address, error);
        }
        catch
        {
            await endpoint.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Answers what is under way, for as long as the options allow, and new requests with 503; then frees the port.
    /// </summary>
    public async Task StopAsync(CancellationToken cancel = default)
    {
        _route.Stop();
        var end = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        while (Counts.UnderWay > 0 && TimeProvider.System.GetElapsedTime(end) < _options.StopWithin)
            _ = await timer.WaitForNextTickAsync(cancel);
        await _app.StopAsync(cancel);
        _log.EndpointStopped(Counts.Answered);
    }

    public async ValueTask DisposeAsync()
    {
        _route.Stop();
        await _app.DisposeAsync();
        await _batcher.DisposeAsync();
        _preparer.Dispose();
        _model.Dispose();
    }

    private static WebApplication Build(EndpointOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        return builder.BuildFor(options.Listen);
    }

    private static void Listen(KestrelServerOptions kestrel, EndpointOptions options)
    {
        kestrel.AddServerHeader = false;
        // By BoundedBody.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxConcurrentConnections = 1024;
        kestrel.ListenToo(options.Listen, options.Port);
    }
}
