using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Host.Listening.Certificates;

/// <summary>
/// The program's own certificate, one for all that it serves, so that it is trusted once: ECDSA P-256, signed by itself, for the names and
/// addresses by which this machine is reached.
/// </summary>
internal static class OwnCertificate
{
    public const string FileName = "live-view.pem";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Browsers refuse certificates that live longer than 825 days, even self-made ones (Apple HT210176).
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(820);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>
    /// The one that is kept, while it is valid and for all the names; else a new one, with the same key: who trusts the key goes on
    /// trusting.
    /// </summary>
    /// <param name="folder">Keeps certificate and key in one PEM file of mode 600; made where absent (mode 700). Null = in memory
    /// only.</param>
    /// <param name="names">What it must be for.</param>
    /// <param name="time">Says what is still valid.</param>
    /// <exception cref="ListeningException">The folder cannot be written.</exception>
    public static X509Certificate2 LoadOrCreate(string? folder, CertificateNames names, TimeProvider time)
    {
        if (folder is null)
        {
            using var key = NewKey();
            return Create(names, key, time);
        }
        try
        {
            return LoadOrCreateIn(folder, names, time);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ListeningErrors.CertificateFolder(folder, error);
        }
    }

    /// <summary>Windows' TLS takes no key that exists in memory only.</summary>
    public static X509Certificate2 WithStoredKey(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private static X509Certificate2 LoadOrCreateIn(string folder, CertificateNames names, TimeProvider time)
    {
        var path = Path.Combine(folder, FileName);
        var kept = TryLoad(path);
        if (kept is not null && kept.NotAfter.ToUniversalTime() - RenewBefore > time.GetUtcNow() && names.AreIn(kept))
            return kept;
        using (kept)
        {
            using var key = kept?.GetECDsaPrivateKey() ?? NewKey();
            var certificate = Create(names, key, time);
            Keep(folder, path, certificate, key);
            return certificate;
        }
    }

    private static X509Certificate2? TryLoad(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return WithStoredKey(X509Certificate2.CreateFromPemFile(path));
        }
        catch (CryptographicException)
        {
            // Cut off or not ours to read: a new one takes its place.
            return null;
        }
    }

    private static void Keep(string folder, string path, X509Certificate2 certificate, ECDsa key)
    {
        CreateFolder(folder);
        var partial = path + ".new";
        File.Delete(partial);
        using (var file = new FileStream(partial, OwnerOnly()))
        using (var writer = new StreamWriter(file))
        {
            writer.WriteLine(certificate.ExportCertificatePem());
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }
        File.Move(partial, path, overwrite: true);
    }

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static X509Certificate2 Create(CertificateNames names, ECDsa key, TimeProvider time)
    {
        var request = new CertificateRequest("CN=SockSort", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(AlternativeNames(names));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        // A day back: clocks of clients may be slow.
        var from = time.GetUtcNow().AddDays(-1);
        return WithStoredKey(request.CreateSelfSigned(from, from + Lifetime));
    }

    private static X509Extension AlternativeNames(CertificateNames names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Dns)
            alternatives.AddDnsName(name);
        foreach (var address in names.Addresses)
            alternatives.AddIpAddress(address);
        return alternatives.Build();
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
