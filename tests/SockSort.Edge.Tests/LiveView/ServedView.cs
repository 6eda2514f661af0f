using SockSort.Edge.Kept;
using SockSort.Edge.LiveView;
using SockSort.Host.Listening;

namespace SockSort.Edge.Tests.LiveView;

/// <summary>The live view's routes on the host's listener, as the program serves them.</summary>
internal sealed class ServedView : IAsyncDisposable
{
    private readonly WebListener _listener;

    private ServedView(LiveViewEndpoints routes, WebListener listener) => (Routes, _listener) = (routes, listener);

    public LiveViewEndpoints Routes { get; }

    public int Port => _listener.Port;

    public string CertificateSha256 => _listener.CertificateSha256;

    public int Viewers => Routes.Viewers;

    public long CutOff => Routes.CutOff;

    public static async Task<ServedView> StartAsync(
        LiveViewOptions options, WebListening listening, IKeptFrames? frames = null)
    {
        var routes = new LiveViewEndpoints(options with { IsShownToAll = listening.IsShownToAll });
        var surface = new WebSurface
        {
            Name = "live view",
            MapBeforePassword = routes.MapHeaders,
            Map = app =>
            {
                routes.Map(app);
                KeptFrameRoutes.Map(app, frames ?? new FrameStores());
            },
            Limits = routes.Limit,
            Sockets = LiveViewEndpoints.ConfigureSockets,
            EndAsync = () =>
            {
                routes.EndStreams();
                return Task.CompletedTask;
            },
        };
        return new ServedView(routes, await WebListener.StartAsync(surface, listening, TestContext.Current.CancellationToken));
    }

    public void Show(LiveFrame frame) => Routes.Show(frame);

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        Routes.Dispose();
    }
}
