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
using SockSort.Host.Listening.Access;
using SockSort.Host.Listening.Certificates;
using SockSort.Host.Listening.Protocols;

namespace SockSort.Host.Listening;

/// <summary>Serves a surface over HTTP. Every surface of the program listens through this class.</summary>
public sealed class WebListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly WebSurface _surface;
    private readonly ServedCertificate? _certificate;
    private readonly ListeningLog _log;
    private readonly Lazy<Task> _end;

    private WebListener(
        WebApplication app, WebSurface surface, WebListening listening, ServedCertificate? certificate, ListeningLog log)
    {
        (_app, _surface, _certificate, _log) = (app, surface, certificate, log);
        _end = new Lazy<Task>(EndAsync);
        Addresses = [.. listening.Addresses.Select(address => address.Port == 0 ? address with { Port = PortOf(app) } : address)];
        log.Started(Addresses);
    }

    /// <summary>The addresses in the order of the request, with their actual ports.</summary>
    public IReadOnlyList<WebAddress> Addresses { get; }

    /// <summary>The actual port of the first address.</summary>
    public int Port => Addresses[0].Port;

    /// <summary>The URL for a browser on this machine.</summary>
    public Uri Address => Addresses[0].LocalUri;

    /// <summary>The URLs for browsers on other machines of the network; none if the surface is for this machine only.</summary>
    public IReadOnlyList<Uri> AddressesElsewhere => [.. Addresses.SelectMany(address => address.RemoteUris)];

    /// <summary>Whether the certificate is self-signed, so that browsers warn and users have to compare its fingerprint.</summary>
    public bool IsCertificateSelfMade => _certificate is { IsSelfMade: true };

    /// <summary>The certificate's fingerprint as browsers show it: hexadecimal pairs separated by colons. Empty without https.</summary>
    public string CertificateSha256 => _certificate?.Sha256 ?? "";

    /// <exception cref="ListeningException">
    /// A port is in use or out of range, an address is not this machine's or needs a password, or the certificate cannot be stored or read.
    /// </exception>
    public static async Task<WebListener> StartAsync(WebSurface surface, WebListening listening, CancellationToken cancel)
    {
        listening.Check();
        var log = new ListeningLog(surface.Name, listening);
        listening = listening with { Note = log.Wrap(listening.Note) };
        var certificate = listening.Addresses.Any(address => address.IsTls) ? ServedCertificate.Open(listening) : null;
        try
        {
            return await StartOnAsync(surface, listening, certificate, log, cancel);
        }
        catch (IOException error) when (IsTaken(error) && listening.AnyPortIfTaken)
        {
            var anywhere = listening with { Addresses = [.. listening.Addresses.Select(address => address with { Port = 0 })] };
            return await StartOnAsync(surface, anywhere, certificate, log, cancel);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            certificate?.Dispose();
            var address = FailedAddress(listening, error);
            throw IsTaken(error)
                ? ListeningErrors.PortTaken(address.Port, listening.Words, error)
                : ListeningErrors.CannotListen(address, listening.Words, error);
        }
    }

    /// <summary>Ends the surface's running requests within its timeout, and releases the ports.</summary>
    public ValueTask DisposeAsync() => new(_end.Value);

    private async Task EndAsync()
    {
        await _surface.EndAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _certificate?.Dispose();
        _log.Ended();
    }

    private static async Task<WebListener> StartOnAsync(
        WebSurface surface, WebListening listening, ServedCertificate? certificate, ListeningLog log, CancellationToken cancel)
    {
        var app = Build(surface, listening, certificate, log);
        try
        {
            await app.StartAsync(cancel);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new WebListener(app, surface, listening, certificate, log);
    }

    private static WebApplication Build(
        WebSurface surface, WebListening listening, ServedCertificate? certificate, ListeningLog log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, surface, listening, certificate));
        builder.Services.Configure(surface.Sockets);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = surface.StopWithin);
        surface.Services(builder.Services);
        // DNS rebinding: a web page whose name resolves to 127.0.0.1 must not be able to use the server.
        if (!listening.IsBeyondLoopback)
            builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = [.. LocalHosts(listening)]);
        var app = builder.Build();
        if (!listening.IsBeyondLoopback)
            app.UseHostFiltering();
        surface.MapBeforePassword(app);
        app.Use(new PasswordCheck(listening.Password, surface, listening.Time, log).RequireAsync);
        surface.Map(app);
        return app;
    }

    private static void Configure(
        KestrelServerOptions kestrel, WebSurface surface, WebListening listening, ServedCertificate? certificate)
    {
        kestrel.AddServerHeader = false;
        surface.Limits(kestrel);
        var localHosts = LocalHosts(listening).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var address in listening.Addresses)
        {
            kestrel.Listen(address.Address, address.Port, Protocols);
            // Most programs resolve 'localhost' to ::1 first. A port chosen by the system is chosen for one address only.
            if (address.Address.Equals(IPAddress.Loopback) && address.Port != 0 && HostNames.HasIPv6Loopback())
                kestrel.Listen(IPAddress.IPv6Loopback, address.Port, Protocols);

            void Protocols(ListenOptions listen)
            {
                if (address.IsTls)
                {
                    listen.RedirectToHttps(host => listening.IsBeyondLoopback || localHosts.Contains(host));
                    certificate!.UseOn(listen);
                }
                else if (surface.TakesHttp2WithoutTls)
                    listen.UseCleartextHttp2();
            }
        }
    }

    private static IEnumerable<string> LocalHosts(WebListening listening) =>
        listening.Addresses.SelectMany(address => HostNames.LocalHosts(address.Address)).Distinct();

    private static bool IsTaken(Exception error) => error.InnerException is AddressInUseException;

    /// <summary>The address that an error names; the first address if it names none.</summary>
    private static WebAddress FailedAddress(WebListening listening, Exception error) =>
        listening.Addresses.FirstOrDefault(address => error.Message.Contains($":{address.Port}", StringComparison.Ordinal))
        ?? listening.Addresses[0];

    private static int PortOf(WebApplication app) => app.Services.GetRequiredService<IServer>()
        .Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address).Port).First();
}
