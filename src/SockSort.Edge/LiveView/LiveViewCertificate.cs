using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Edge.LiveView;

/// <summary>The live view's own certificate: ECDSA P-256, signed by itself, for localhost, the loopback addresses and this machine's name.</summary>
internal static class LiveViewCertificate
{
    public const string FileName = "live-view.pem";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Browsers refuse certificates that live longer than 825 days, even self-made ones (Apple HT210176).
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(820);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <param name="folder">Keeps certificate and key in one PEM file of mode 600; made where absent (mode 700). Null = in memory only.</param>
    /// <param name="time">Says what is still valid.</param>
    /// <exception cref="LiveViewException">The folder cannot be written.</exception>
    public static X509Certificate2 LoadOrCreate(string? folder, TimeProvider time)
    {
        if (folder is null)
            return Create(time);
        try
        {
            var path = Path.Combine(folder, FileName);
            return TryLoad(path, time) ?? CreateIn(folder, path, time);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw LiveViewErrors.CertificateFolder(folder, error);
        }
    }

    private static X509Certificate2? TryLoad(string path, TimeProvider time)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            var certificate = WithStoredKey(X509Certificate2.CreateFromPemFile(path));
            if (certificate.NotAfter.ToUniversalTime() - RenewBefore > time.GetUtcNow() && certificate.MatchesHostname(Dns.GetHostName()))
                return certificate;
            certificate.Dispose();
            return null;
        }
        catch (CryptographicException)
        {
            // Cut off or not ours to read: a new one takes its place.
            return null;
        }
    }

    private static X509Certificate2 CreateIn(string folder, string path, TimeProvider time)
    {
        CreateFolder(folder);
        var certificate = Create(time);
        using var key = certificate.GetECDsaPrivateKey()!;
        var partial = path + ".new";
        File.Delete(partial);
        using (var file = new FileStream(partial, OwnerOnly()))
        using (var writer = new StreamWriter(file))
        {
            writer.WriteLine(certificate.ExportCertificatePem());
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }
        File.Move(partial, path, overwrite: true);
        return certificate;
    }

    private static X509Certificate2 Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=SockSort live view", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(AlternativeNames());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        // A day back: clocks of viewers may be slow.
        var from = time.GetUtcNow().AddDays(-1);
        return WithStoredKey(request.CreateSelfSigned(from, from + Lifetime));
    }

    private static X509Extension AlternativeNames()
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in new[] { "localhost", Dns.GetHostName() }.Distinct(StringComparer.OrdinalIgnoreCase))
            names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return names.Build();
    }

    /// <summary>Windows' TLS takes no key that exists in memory only.</summary>
    private static X509Certificate2 WithStoredKey(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
