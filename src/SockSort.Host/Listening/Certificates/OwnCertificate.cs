using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Host.Listening.Certificates;

/// <summary>
/// The generated certificate, shared by everything that the program serves so that users trust it only once: ECDSA P-256, self-signed, for
/// the names and addresses of this machine.
/// </summary>
internal static class OwnCertificate
{
    public const string FileName = "live-view.pem";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Browsers refuse certificates that are valid for more than 825 days, even self-signed ones (Apple HT210176).
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(820);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>
    /// Loads the stored certificate if it is valid and covers all names; otherwise creates a new one with the same key, so that clients
    /// that trust the key continue to do so.
    /// </summary>
    /// <param name="folder">
    /// Stores certificate and key in one PEM file of mode 600; created if it does not exist (mode 700). Null for memory only.
    /// </param>
    /// <param name="names">The names that it must cover.</param>
    /// <param name="time">Clock for the validity.</param>
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

    /// <summary>Stores the key for Windows, whose TLS rejects a key that exists in memory only.</summary>
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
            // The file is truncated or not readable: a new certificate replaces it.
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
        // Valid since yesterday, because clocks of clients may be slow.
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
