using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Edge.LiveView;

/// <summary>The certificate of the live view, for other servers of the same machine and data folder: one, so that it is trusted once.</summary>
public static class MachineCertificate
{
    private const string TrustFileName = "trust.crt";
    private const string LiveViewOptions = "--live-view-";

    /// <param name="folder">Keeps certificate and key; made where absent.</param>
    /// <param name="listen">Where the server listens: beyond loopback the certificate is for all of the machine's names and addresses.</param>
    /// <returns>The certificate with its key, and a PEM file without the key, for who is to trust it.</returns>
    /// <exception cref="LiveViewException">The folder cannot be written.</exception>
    public static (X509Certificate2 Certificate, string TrustFile) LoadOrMake(string folder, IPAddress listen)
    {
        var certificate = LiveViewCertificate.LoadOrCreate(folder, CertificateNames.For(listen), TimeProvider.System);
        var trustFile = Path.Combine(folder, TrustFileName);
        try
        {
            File.WriteAllText(trustFile, certificate.ExportCertificatePem() + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw LiveViewErrors.CertificateFolder(folder, error);
        }
        return (certificate, trustFile);
    }

    /// <summary>One that the user has.</summary>
    /// <param name="file">PEM: the certificate first, then what leads to its authority; the key too where no file is named for it.</param>
    /// <param name="keyFile">PEM of the key; null = it is in <paramref name="file"/>.</param>
    /// <param name="options">What the options that name the files begin with, as <c>--mqtt-</c>, for the error's text.</param>
    /// <exception cref="LiveViewException">A file cannot be read, or does not hold what it should.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read(string file, string? keyFile, string options)
    {
        try
        {
            return CertificateFiles.Read(file, keyFile);
        }
        catch (LiveViewException error)
        {
            throw new LiveViewException(error.Message.Replace(LiveViewOptions, options, StringComparison.Ordinal), error);
        }
    }
}
