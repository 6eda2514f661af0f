using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;

namespace SockSort.Bench.Edge;

/// <summary>A live view on a free port of loopback, by plain http, and somebody who watches its stream.</summary>
internal sealed class WatchedView : IAsyncDisposable
{
    private readonly LiveViewEndpoints _routes = new(new LiveViewOptions());
    private readonly HttpClient _client = new();
    private readonly WebApplication _app;
    private Task _watching = Task.CompletedTask;

    private WatchedView()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(_routes.Limit);
        _app = builder.Build();
        _routes.Map(_app);
    }

    public static async Task<WatchedView> StartAsync(EdgeRunner runner, CancellationToken cancellation)
    {
        var view = new WatchedView();
        runner.ShowOn(view._routes);
        await view._app.StartAsync(cancellation);
        var stream = await view._client.GetStreamAsync($"{view._app.Urls.First()}/stream.mjpg", cancellation);
        view._watching = stream.CopyToAsync(Stream.Null, CancellationToken.None);
        return view;
    }

    public async ValueTask DisposeAsync()
    {
        _routes.EndStreams();
        await _app.DisposeAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _routes.Dispose();
    }
}
