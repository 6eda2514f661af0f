using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SockSort.Host.Listening.Certificates;

/// <summary>
/// The certificate that clients get: the user's own, or one made here, which is renewed when this machine has got another address.
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

    /// <summary>Made by this program, so that nobody but the user can vouch for it.</summary>
    public bool IsSelfMade => _options.CertificateFile is null;

    /// <summary>As browsers show it: hexadecimal pairs parted by colons.</summary>
    public string Sha256
    {
        get
        {
            lock (_gate)
                return Sha256Of(_current);
        }
    }

    /// <param name="options">Say which one.</param>
    /// <param name="names">By which this machine is reached now; from the machine itself where it is not given.</param>
    /// <exception cref="ListeningException">The folder cannot be written; the user's files hold no certificate and its key.</exception>
    public static ServedCertificate Open(WebListening options, Func<CertificateNames>? names = null)
    {
        var widest = (options.Addresses.FirstOrDefault(address => address.IsBeyondLoopback) ?? options.Addresses[0]).Address;
        names ??= () => CertificateNames.For(widest);
        var (certificate, chain) = options.CertificateFile is { } file
            ? CertificateFiles.Read(file, options.CertificateKeyFile, options.Words.CertificatePrefix)
            : (OwnCertificate.LoadOrCreate(options.CertificateFolder, names(), options.Time), []);
        return new ServedCertificate(options, names, certificate, chain);
    }

    public void UseOn(ListenOptions listen) => listen.UseHttps(https =>
    {
        if (IsSelfMade)
            https.ServerCertificateSelector = (connection, _) => For((connection?.LocalEndPoint as IPEndPoint)?.Address);
        else
            (https.ServerCertificate, https.ServerCertificateChain) = (_current, _chain);
    });

    /// <summary>A machine may be given its address after the start, or another one.</summary>
    /// <param name="local">Of this machine: where the client has come in.</param>
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
            // What there is serves on.
            _options.Note(error.Message);
        }
    }

    private static string Sha256Of(X509Certificate2 certificate) =>
        string.Join(':', Convert.ToHexString(SHA256.HashData(certificate.RawData)).Chunk(2).Select(pair => new string(pair)));
}
