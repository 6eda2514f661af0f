using Microsoft.Extensions.Logging;
using SockSort.Edge.LiveView;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Listening;

namespace SockSort.Cli.Run;

/// <summary>Where the surfaces of a configuration listen, and who may come in.</summary>
/// <param name="configuration">Without mistakes.</param>
/// <param name="error">Told of a new certificate.</param>
/// <param name="loggers">Told of what happens to them.</param>
internal sealed class RunListening(RunConfiguration configuration, TextWriter error, ILoggerFactory loggers)
{
    private readonly ListenConfiguration _listen = configuration.Listen;

    /// <summary>Null where it is off.</summary>
    public WebListening? Sql => Of(_listen.Sql, "the SQL server", "listen.sql", isOpen: false);

    /// <inheritdoc cref="Sql"/>
    public WebListening? Connect => Of(_listen.Connect, "Kafka Connect's REST API", "listen.connect", isOpen: false);

    /// <inheritdoc cref="Sql"/>
    public WebListening? Endpoint => Of(_listen.Endpoint, "the model endpoint", "listen.endpoint", isOpen: false);

    /// <summary>Of a camera: the first is shown at the addresses themselves, each further one a port higher.</summary>
    /// <param name="camera">From 0.</param>
    public WebListening? ViewOf(int camera)
    {
        if (Of(_listen.View, "the live view", "listen.view", configuration.Auth.OpenView) is not { } view)
            return null;
        return view with
        {
            Addresses = [.. view.Addresses.Select(address => address.Port == 0 ? address : address with { Port = address.Port + camera })],
        };
    }

    /// <summary>The largest pictures of the live view.</summary>
    public LiveResolution ViewResolution => LiveResolution.Find(_listen.ViewResolution)!;

    /// <summary>Every address and the key that asks for it.</summary>
    public IEnumerable<(string Key, WebAddress Address)> All()
    {
        var views = Enumerable.Range(0, configuration.Cameras.Count).Select(ViewOf);
        var surfaces = views.Append(Sql).Append(Connect).Append(Endpoint).OfType<WebListening>();
        return surfaces.SelectMany(surface => surface.Addresses.Select(address => (surface.Words.Port, address)));
    }

    private WebListening? Of(IReadOnlyList<WebAddress> addresses, string surface, string key, bool isOpen)
    {
        if (addresses.Count == 0)
            return null;
        return new WebListening
        {
            Addresses = addresses,
            Password = isOpen ? null : configuration.Auth.Password,
            IsOpenToAll = isOpen,
            CertificateFolder = Path.Combine(configuration.Data, "certificate"),
            CertificateFile = _listen.Certificate,
            CertificateKeyFile = _listen.Key,
            Words = new ListeningWords
            {
                Surface = surface,
                Port = key,
                Password = "by auth.password",
                CertificatePrefix = "listen.",
            },
            Loggers = loggers,
            Note = text => error.WriteLine($"note: {text}"),
        };
    }
}
