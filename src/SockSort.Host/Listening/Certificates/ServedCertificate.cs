using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SockSort.Host.Listening.Certificates;

/// <summary>
/// The certificate that clients receive: the user's own, or a generated one, which is renewed when this machine gets another address.
/// </summary>
internal sealed class ServedCertificate : IDisposable
{
    private readonly Lock _gate = new();
    private readonly WebListening _options;
    private readonly Func<CertificateNames> _names;
    private readonly HashSet<IPAddress> _seen = [];
    private readonly List<X509Certificate2> _former = [];
    private readonly X509Certificate2Collection _chain;
    private X509Certificate2 _current;

    private ServedCertificate(
        WebListening options, Func<CertificateNames> names, X509Certificate2 first, X509Certificate2Collection chain) =>
        (_options, _names, _current, _chain) = (options, names, first, chain);

    /// <summary>Whether the certificate is generated and self-signed.</summary>
    public bool IsSelfMade => _options.CertificateFile is null;

    /// <summary>The fingerprint as browsers show it: hexadecimal pairs separated by colons.</summary>
    public string Sha256
    {
        get
        {
            lock (_gate)
                return Sha256Of(_current);
        }
    }

    /// <param name="options">Choose the certificate.</param>
    /// <param name="names">Returns the current names of this machine; null asks the machine itself.</param>
    /// <exception cref="ListeningException">The folder cannot be written, or the user's files lack a certificate or its key.</exception>
    public static ServedCertificate Open(WebListening options, Func<CertificateNames>? names = null)
    {
        var widest = (options.Addresses.FirstOrDefault(address => address.IsBeyondLoopback) ?? options.Addresses[0]).Address;
        names ??= () => CertificateNames.For(widest);
        var (certificate, chain) = options.CertificateFile is { } file
            ? CertificateFiles.Read(file, options.CertificateKeyFile, options.Words.CertificatePrefix)
            : (OwnCertificate.LoadOrCreate(options.CertificateFolder, names(), options.Time), []);
        if (options.CertificateFile is { } own && certificate.NotAfter.ToUniversalTime() <= options.Time.GetUtcNow())
            options.Note(ListeningErrors.CertificateEnded(options.Words, own, certificate.NotAfter.ToUniversalTime()));
        return new ServedCertificate(options, names, certificate, chain);
    }

    public void UseOn(ListenOptions listen) => listen.UseHttps(https =>
    {
        if (IsSelfMade)
            https.ServerCertificateSelector = (connection, _) => For((connection?.LocalEndPoint as IPEndPoint)?.Address);
        else
            (https.ServerCertificate, https.ServerCertificateChain) = (_current, _chain);
    });

    /// <summary>The certificate for a connection. It is renewed if this machine got another address after the start.</summary>
    /// <param name="local">The address of this machine that the client connected to.</param>
    public X509Certificate2 For(IPAddress? local)
    {
        lock (_gate)
        {
            if (local is not null && _options.IsBeyondLoopback && _seen.Add(local))
                RenewFor(_names());
            return _current;
        }
    }

    public void Dispose()
    {
        _current.Dispose();
        foreach (var certificate in _former.Concat(_chain))
            certificate.Dispose();
    }

    private void RenewFor(CertificateNames names)
    {
        if (names.AreIn(_current))
            return;
        try
        {
            var next = OwnCertificate.LoadOrCreate(_options.CertificateFolder, names, _options.Time);
            _former.Add(_current);
            _current = next;
            _options.Note(
                $"{_options.Words.Surface}'s certificate is a new one, for another address of this machine: SHA-256 {Sha256Of(next)}");
        }
        catch (ListeningException error)
        {
            // The current certificate stays in use.
            _options.Note(error.Message);
        }
    }

    private static string Sha256Of(X509Certificate2 certificate) =>
        string.Join(':', Convert.ToHexString(SHA256.HashData(certificate.RawData)).Chunk(2).Select(pair => new string(pair)));
}
