using Microsoft.AspNetCore.Builder;
using SockSort.Dashboard.Serving;
using SockSort.Dashboard.Watching;
using SockSort.Edge.Kept;
using SockSort.Edge.LiveView;
using SockSort.Edge.LiveView.Phone;
using SockSort.Host.Listening;

namespace SockSort.Cli.Parts;

/// <summary>The live view's routes, served.</summary>
internal sealed class ServedLiveView : IAsyncDisposable
{
    private readonly LiveViewEndpoints _routes;
    private readonly WebListener _listener;

    private ServedLiveView(LiveViewEndpoints routes, WebListener listener) => (_routes, _listener) = (routes, listener);

    /// <summary>What to type into a browser on this machine.</summary>
    public Uri Address => _listener.Address;

    public IReadOnlyList<Uri> AddressesElsewhere => _listener.AddressesElsewhere;

    public bool IsCertificateSelfMade => _listener.IsCertificateSelfMade;

    public string CertificateSha256 => _listener.CertificateSha256;

    public LiveViewEndpoints Routes => _routes;

    /// <summary>Where a phone becomes the camera, or why it cannot; none where the camera is no phone.</summary>
    /// <param name="advice">The settings by which other machines reach the view.</param>
    public IEnumerable<string> PhoneLines(string advice)
    {
        if (_routes.Feed is null)
            yield break;
        if (PhoneAddresses.Of(AddressesElsewhere) is [var address, ..])
            yield return $"open {address} on the phone";
        else
            yield return $"open {PhoneAddresses.At(Address)} in a browser of this machine; phones reach it over https only, by {advice}";
    }

    /// <summary>Where a phone becomes the camera, for the dashboard; null where the camera is no phone.</summary>
    public PhoneDoor? Phone => _routes.Feed is { } feed
        ? new PhoneDoor(feed, PhoneAddresses.At(Address), PhoneAddresses.Of(AddressesElsewhere), IsCertificateSelfMade)
        : null;

    /// <summary>Whether everybody who reaches it may watch.</summary>
    public bool IsShownToAll { get; private init; }

    /// <param name="options">What is shown.</param>
    /// <param name="frames">Served beside the view, by run and number.</param>
    /// <param name="listening">Where, and to whom.</param>
    /// <param name="dashboard">Served at the same addresses; null for none.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="ListeningException">The port is taken, the address needs a password, …</exception>
    public static async Task<ServedLiveView> StartAsync(
        LiveViewOptions options, IKeptFrames frames, WebListening listening, DashboardSurface? dashboard, CancellationToken cancel)
    {
        var routes = new LiveViewEndpoints(options with { IsShownToAll = listening.IsShownToAll });
        var surface = new WebSurface
        {
            Name = "live view",
            MapBeforePassword = routes.MapHeaders,
            Services = services => dashboard?.AddServices(services),
            Map = Map,
            Limits = routes.Limit,
            Sockets = LiveViewEndpoints.ConfigureSockets,
            EndAsync = () =>
            {
                routes.EndStreams();
                return Task.CompletedTask;
            },
        };
        void Map(WebApplication app)
        {
            routes.Map(app);
            KeptFrameRoutes.Map(app, frames);
            dashboard?.Map(app);
        }

        try
        {
            var listener = await WebListener.StartAsync(surface, listening, cancel);
            return new ServedLiveView(routes, listener) { IsShownToAll = listening.IsShownToAll };
        }
        catch
        {
            routes.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _routes.Dispose();
    }
}
