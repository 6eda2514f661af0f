using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Host.Listening;
using SockSort.Models;
using SockSort.Models.Inference;
using SockSort.Models.Package;

namespace SockSort.Server.Endpoint;

/// <summary>Serves a model over HTTP like a SageMaker endpoint: <c>GET /ping</c>, <c>POST /invocations</c>.</summary>
public sealed class ModelEndpoint : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly ClassifierModel _model;
    private readonly RequestBatcher _batcher;
    private readonly PicturePreparer _preparer;
    private readonly InvocationRoute _route;
    private readonly EndpointOptions _options;
    private readonly Lazy<Task> _end;
    private WebListener? _listener;

    private ModelEndpoint(ModelPackage package, EndpointOptions options)
    {
        _options = options;
        _end = new Lazy<Task>(StopAsync);
        _model = new ClassifierModel(package, new InferenceOptions { Threads = options.Threads });
        _batcher = new RequestBatcher(_model, options);
        _preparer = new PicturePreparer(_model);
        var log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<ModelEndpoint>();
        _route = new InvocationRoute(_model, _batcher, _preparer, options, log);
    }

    /// <summary>The actual addresses.</summary>
    public IReadOnlyList<WebAddress> Addresses => _listener?.Addresses ?? [];

    /// <summary>The counters so far. Thread-safe.</summary>
    public EndpointCounts Counts => _route.Counts;

    /// <exception cref="ListeningException">The port is in use, or the address is not this machine's or needs a password.</exception>
    /// <exception cref="ModelException">ONNX Runtime rejects the model.</exception>
    public static async Task<ModelEndpoint> StartAsync(
        ModelPackage package, EndpointOptions options, WebListening listening, CancellationToken cancel)
    {
        var endpoint = new ModelEndpoint(package, options);
        try
        {
            endpoint._listener = await WebListener.StartAsync(endpoint.Surface(), listening, cancel);
            return endpoint;
        }
        catch
        {
            await endpoint.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Answers new requests with 503, completes running ones within <see cref="EndpointOptions.StopWithin"/>, then releases the port.
    /// </summary>
    public ValueTask DisposeAsync() => new(_end.Value);

    private async Task StopAsync()
    {
        _route.Stop();
        if (_listener is not null)
            await _listener.DisposeAsync();
        await _batcher.DisposeAsync();
        _preparer.Dispose();
        _model.Dispose();
    }

    private WebSurface Surface() => new()
    {
        Name = "model endpoint",
        Map = _route.MapTo,
        Limits = Limit,
        EndAsync = EndAsync,
    };

    private async Task EndAsync()
    {
        _route.Stop();
        var end = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(PollInterval);
        while (Counts.UnderWay > 0 && TimeProvider.System.GetElapsedTime(end) < _options.StopWithin)
            _ = await timer.WaitForNextTickAsync();
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        // BoundedBody limits the body instead.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxConcurrentConnections = 1024;
    }
}
