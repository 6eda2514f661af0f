using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SockSort.Edge.LiveView;

/// <summary>Serves the newest frame with its label over https: a page, an endless picture, a single one, figures.</summary>
public sealed class LiveViewServer : IAsyncDisposable
{
    private const double LeastBytesPerSecond = 2048;

    // Kestrel takes none of a second or less.
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly ServedCertificate _certificate;
    private readonly LiveViewEndpoints _endpoints;
    private readonly LiveViewOptions _options;
    private readonly LiveViewLog _log;

    private LiveViewServer(
        WebApplication app, ServedCertificate certificate, LiveViewEndpoints endpoints, LiveViewOptions options, LiveViewLog log)
    {
        _log = log;
        _app = app;
        _certificate = certificate;
        _endpoints = endpoints;
        _options = options;
        Port = PortOf(app);
        log.Started(Address);
    }

    /// <summary>The port that it really listens on.</summary>
    public int Port { get; }

    /// <summary>What to type into a browser on this machine.</summary>
    public Uri Address => new($"https://{ViewAddresses.HostHere(_options.Listen)}:{Port}/");

    /// <summary>What to type into a browser on other machines of the network; none where the view is for this machine only.</summary>
    public IReadOnlyList<Uri> AddressesElsewhere =>
        [.. ViewAddresses.HostsElsewhere(_options.Listen).Select(host => new Uri($"https://{host}:{Port}/"))];

    /// <summary>Whether the certificate was made here, so that browsers warn of it and its hash is to be compared.</summary>
    public bool IsCertificateSelfMade => _certificate.IsSelfMade;

    /// <summary>As browsers show it: hexadecimal pairs parted by colons.</summary>
    public string CertificateSha256 => _certificate.Sha256;

    /// <summary>Streams that are open now.</summary>
    public int Viewers => _endpoints.Places.Taken;

    /// <summary>Streams that were ended because their viewer did not read, or hardly.</summary>
    public long CutOff => _endpoints.Places.CutOff;

    /// <exception cref="LiveViewException">
    /// The port is taken or out of range, the address is not this machine's or needs a password, the certificate cannot be kept or read.
    /// </exception>
    public static async Task<LiveViewServer> StartAsync(LiveViewOptions options, CancellationToken cancel)
    {
        options.Check();
        var log = new LiveViewLog(options);
        var certificate = ServedCertificate.Open(options with { Note = log.And(options.Note) });
        try
        {
            return await StartOnAsync(options.Port, certificate, options, log, cancel);
        }
        catch (IOException error) when (IsTaken(error) && options.AnyPortIfTaken)
        {
            return await StartOnAsync(0, certificate, options, log, cancel);
        }
        catch (IOException error) when (IsTaken(error))
        {
            certificate.Dispose();
            throw LiveViewErrors.PortTaken(options.Port, options.PortFlag, error);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            certificate.Dispose();
            throw LiveViewErrors.CannotListen(options.Listen, options.Port, error);
        }
    }

    /// <summary>Makes this the frame that viewers see next; returns at once, and costs next to nothing while nobody watches.</summary>
    public void Show(LiveFrame frame) => _endpoints.Show(frame);

    /// <summary>Ends all streams and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        _endpoints.EndStreams();
        await _app.DisposeAsync();
        _endpoints.Dispose();
        _certificate.Dispose();
        _log.Stopped();
    }

    private static async Task<LiveViewServer> StartOnAsync(
        int port, ServedCertificate certificate, LiveViewOptions options, LiveViewLog log, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, port, certificate, options));
        builder.Services.Configure<SocketTransportOptions>(ViewerSockets.Configure);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        if (!options.IsBeyondLoopback)
            // A page elsewhere whose name was bent to 127.0.0.1 must not read the picture.
            builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = [.. ViewAddresses.LocalHosts(options.Listen)]);
        var app = builder.Build();
        var endpoints = new LiveViewEndpoints(options, log);
        if (!options.IsBeyondLoopback)
            app.UseHostFiltering();
        endpoints.MapTo(app);
        try
        {
            await app.StartAsync(cancel);
        }
        catch
        {
            await app.DisposeAsync();
            endpoints.Dispose();
            throw;
        }
        return new LiveViewServer(app, certificate, endpoints, options, log);
    }

    private static void Listen(KestrelServerOptions kestrel, int port, ServedCertificate certificate, LiveViewOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxConcurrentConnections = 256;
        kestrel.Limits.MaxResponseBufferSize = ViewerSockets.BufferBytes;
        // Of what is no stream: who does not read an answer, or a whole connection of HTTP/2, is cut off too. Later than a viewer, who is
        // counted.
        kestrel.Limits.MinResponseDataRate = new MinDataRate(LeastBytesPerSecond, LeastGrace + 2 * options.ReadWithin);
        var localHosts = ViewAddresses.LocalHosts(options.Listen);
        kestrel.Listen(options.Listen, port, Configure);
        // 'localhost' means ::1 first for most programs. A port chosen by the system is chosen for one address only.
        if (options.Listen.Equals(IPAddress.Loopback) && port != 0 && HasIPv6Loopback())
            kestrel.Listen(IPAddress.IPv6Loopback, port, Configure);

        void Configure(ListenOptions listen)
        {
            listen.LeadPlainHttpToHttps(host => options.IsBeyondLoopback || localHosts.Contains(host, StringComparer.OrdinalIgnoreCase));
            certificate.UseOn(listen);
        }
    }

    private static bool HasIPv6Loopback()
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsTaken(IOException error) => error.InnerException is AddressInUseException;

    private static int PortOf(WebApplication app) => app.Services.GetRequiredService<IServer>()
        .Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address).Port).First();

    /// <summary>The host's own would take Ctrl-C away from the command that serves the view.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
    }
}
