using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SockSort.Edge.LiveView;

/// <summary>Serves the newest frame with its label over https: a page, an endless picture, a single one, figures.</summary>
public sealed class LiveViewServer : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private readonly LiveViewEndpoints _endpoints;

    private LiveViewServer(WebApplication app, X509Certificate2 certificate, LiveViewEndpoints endpoints, int port)
    {
        _app = app;
        _certificate = certificate;
        _endpoints = endpoints;
        Port = port;
    }

    /// <summary>The port that it really listens on.</summary>
    public int Port { get; }

    /// <summary>What to type into a browser on this machine.</summary>
    public Uri Address => new($"https://localhost:{Port}/");

    /// <summary>As browsers show it: hexadecimal pairs parted by colons.</summary>
    public string CertificateSha256 => Convert.ToHexString(SHA256.HashData(_certificate.RawData)).Chunk(2)
        .Select(pair => new string(pair)).Aggregate((left, right) => $"{left}:{right}");

    /// <summary>Streams that are open now.</summary>
    public int Viewers => _endpoints.Viewers;

    /// <exception cref="LiveViewException">The port is taken or out of range, the address is not this machine's, the certificate cannot be kept.</exception>
    public static async Task<LiveViewServer> StartAsync(LiveViewOptions options, CancellationToken cancel)
    {
        if (options.Port is < 0 or > 65535)
            throw LiveViewErrors.PortOutOfRange(options.Port, options.PortFlag);
        var certificate = LiveViewCertificate.LoadOrCreate(options.CertificateFolder, options.Time);
        try
        {
            return await StartOnAsync(options.Port, certificate, options, cancel);
        }
        catch (IOException error) when (IsTaken(error) && options.AnyPortIfTaken)
        {
            return await StartOnAsync(0, certificate, options, cancel);
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
    }

    private static async Task<LiveViewServer> StartOnAsync(
        int port, X509Certificate2 certificate, LiveViewOptions options, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, port, certificate, options.Listen));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        if (IPAddress.IsLoopback(options.Listen))
            // A page elsewhere whose name was bent to 127.0.0.1 must not read the picture.
            builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", Dns.GetHostName()]);
        var app = builder.Build();
        var endpoints = new LiveViewEndpoints(options);
        if (IPAddress.IsLoopback(options.Listen))
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
        return new LiveViewServer(app, certificate, endpoints, PortOf(app));
    }

    private static void Listen(KestrelServerOptions kestrel, int port, X509Certificate2 certificate, IPAddress address)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxConcurrentConnections = 256;
        kestrel.Listen(address, port, listen => listen.UseHttps(certificate));
        // 'localhost' means ::1 first for most programs. A port chosen by the system is chosen for one address only.
        if (address.Equals(IPAddress.Loopback) && port != 0 && HasIPv6Loopback())
            kestrel.Listen(IPAddress.IPv6Loopback, port, listen => listen.UseHttps(certificate));
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
